/** The machine's state in the words shown to people. Pure. */
import type { SyncPhase } from "../../shared/domain.ts";
import { waitingKind } from "./failures.ts";
import type { SyncState } from "./state.ts";

/**
 * A routine poll of one page is not worth a word: `syncing` is said for a first sync, for a pass that
 * takes several pages and while threads are still being downloaded.
 */
export function phaseOf(state: SyncState): SyncPhase {
  const { hold, list } = state;
  if (hold.kind === "blocked")
    return { kind: "attention", code: hold.failure.code, detail: { ...hold.failure.detail } };
  if (hold.kind === "asleep") return { kind: "offline" };
  if (hold.kind === "wait") {
    const { code, detail } = hold.failure;
    const kind = waitingKind(code);
    if (kind === "offline") return { kind };
    return kind === "waiting" ? { kind, until: hold.until, reason: code } : { kind, code, detail: { ...detail } };
  }
  const first = state.lastCompletedAt === null;
  if (first || (list !== null && list.pages > 0)) {
    return { kind: "syncing", first, done: list?.seen ?? 0, total: null };
  }
  if (state.threadFailure !== null) {
    return { kind: "attention", code: state.threadFailure.code, detail: { ...state.threadFailure.detail } };
  }
  // Up to date is a promise: not before it is known that no thread is left, and not during a larger catch-up.
  if (!state.threadsCaughtUp || state.threadsDone > 2) {
    return { kind: "syncing", first: false, done: state.threadsDone, total: null };
  }
  return { kind: "up_to_date" };
}
