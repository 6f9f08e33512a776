/**
 * Gathers what changed into one push: a busy sync must not make the window refetch for every page.
 *
 * Invariant: every id reported is pushed within `delayMs`, once.
 */
import type { ConversationId } from "../../shared/domain.ts";
import type { Clock } from "../sync/ports.ts";

/** Above this many ids "anything may have changed" is shorter and cheaper. */
const MANY = 200;

export interface Changes {
  add(ids: readonly ConversationId[]): void;
  all(): void;
}

export function createChanges(
  clock: Clock,
  delayMs: number,
  push: (conversationIds: ConversationId[] | null) => void,
): Changes {
  let ids = new Set<ConversationId>();
  let everything = false;
  let scheduled = false;

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    clock.schedule(delayMs, () => {
      scheduled = false;
      const changed = everything || ids.size > MANY ? null : [...ids];
      ids = new Set();
      everything = false;
      push(changed);
    });
  }

  return {
    add(more) {
      if (more.length === 0) return;
      for (const id of more) ids.add(id);
      schedule();
    },
    all() {
      everything = true;
      schedule();
    },
  };
}
