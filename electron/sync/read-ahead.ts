/**
 * Reading ahead: the next page is asked for while the one before it is being stored. Pure.
 *
 * It is asked for only if it is what would be asked for once that page is stored, out of the same budget, and it is
 * still the one request in flight. Invariants: what was read ahead is looked at only after the commit before it has
 * answered, and only if it is still what comes next, so that pages are stored in order and a crash loses nothing but
 * the reading; anything else (sleep, a new key, a store that failed, a thread that was opened) lets go of it; a
 * refusal read ahead is a refusal and never forgotten.
 */
import type { Step } from "./plan.ts";
import type { Ahead, Job, SyncEffect, SyncEvent, SyncState } from "./state.ts";

/** `planned`: what comes next if the commit that `begun` has begun goes well. */
export function askAhead(begun: Step, planned: Step): Step {
  const [effect] = planned.effects;
  const { busy } = begun.state;
  if (effect?.type !== "fetch" || busy?.doing !== "commit" || !isSamePlace(effect.job, busy.job)) return begun;
  const { seq, tokens, tokensAt } = planned.state;
  const ahead: Ahead = { seq: effect.seq, job: effect.job, answer: null };
  return { state: { ...begun.state, seq, tokens, tokensAt, ahead }, effects: [...begun.effects, effect] };
}

/** The answer to what was asked ahead waits for its turn. Any other is a late one. */
export function hearAhead(state: SyncState, event: SyncEvent): SyncState {
  const { ahead } = state;
  if (event.type !== "listPage" && event.type !== "threadPage" && event.type !== "failed") return state;
  return ahead?.seq === event.seq ? { ...state, ahead: { ...ahead, answer: event } } : state;
}

/** The request for `job`, where it was made ahead: it becomes the one that is awaited. Null: it has to be made. */
export function takeAhead(state: SyncState, job: Job): SyncState | null {
  const { ahead } = state;
  if (ahead === null || !isSamePlace(ahead.job, job)) return null;
  return { ...state, ahead: null, busy: { seq: ahead.seq, doing: "fetch", job } };
}

/** Lets go of what was asked ahead; `effects` are those that come after. */
export function dropAhead(state: SyncState, effects: readonly SyncEffect[]): Step {
  const { ahead } = state;
  if (ahead === null) return { state, effects };
  const isUnderWay = ahead.answer === null;
  return { state: { ...state, ahead: null }, effects: isUnderWay ? [{ type: "abort" }, ...effects] : effects };
}

/** The very same walk at the very same page: one that began anew at the same cursor is another. */
function isSamePlace(one: Job, other: Job): boolean {
  if (one.kind === "thread") return other.kind === "thread" && one.walk === other.walk;
  if (one.kind !== "list" && one.kind !== "sweep") return false;
  return one.kind === other.kind && "pass" in other && one.pass === other.pass;
}
