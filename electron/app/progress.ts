/**
 * Tells how sync stands: at once where it matters, at a readable pace where only a number has grown.
 *
 * Invariant: the last status is always told, `everyMs` late at most.
 */
import type { SyncStatus } from "../../shared/domain.ts";
import type { Clock } from "../sync/ports.ts";

export interface Progress {
  /** One account's status changed. */
  changed(status: SyncStatus): void;
}

/** @param tell  tells how all accounts stand, as of then */
export function createProgress(clock: Clock, everyMs: number, tell: () => void): Progress {
  const told = new Map<SyncStatus["accountId"], string>();
  let scheduled = false;

  return {
    changed(status) {
      const { phase, lastCompletedAt } = status;
      const isFirst = phase.kind === "syncing" && phase.first;
      const now = phase.kind === "syncing" ? `syncing ${isFirst} ${lastCompletedAt}` : JSON.stringify(status);
      const isProgress = told.get(status.accountId) === now;
      told.set(status.accountId, now);
      if (!isProgress) return tell();
      if (scheduled) return;
      scheduled = true;
      clock.schedule(everyMs, () => {
        scheduled = false;
        tell();
      });
    },
  };
}
