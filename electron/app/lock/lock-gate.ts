/**
 * What passes between window and main while the app is locked: nothing but unlocking. Pure.
 *
 * Invariants: the list of what passes is closed; a locked app shows the stage `locked` in place of `ready`, and no
 * path, name or reason beside it.
 */
import type { AppState, CallName, PushName } from "../../../shared/ipc.ts";

const OPEN_CALLS: ReadonlySet<CallName> = new Set<CallName>([
  "app.state",
  "app.language",
  "app.setLanguage",
  // Only for a cache that could not be opened behind the lock.
  "app.retryVault",
  // Theme and language of the lock screen; names and texts are not among them.
  "settings.get",
  "lock.state",
  "lock.unlock",
  "lock.touchId",
  "lock.reset",
  // Inwards only: the half-typed reply of the person who was just locked out is kept.
  "drafts.save",
]);
const OPEN_PUSHES: ReadonlySet<PushName> = new Set<PushName>(["app.changed", "language.changed"]);

export const passesLock = (name: CallName): boolean => OPEN_CALLS.has(name);
export const pushPassesLock = (name: PushName): boolean => OPEN_PUSHES.has(name);

/** What the window is told of the app's stage. */
export function shownState(state: AppState, isLocked: boolean): AppState {
  if (!isLocked || state.stage !== "ready") return state;
  return { ...state, stage: "locked", setAside: null, disk: null };
}
