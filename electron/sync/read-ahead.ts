/**
 * Reading ahead: while pages are being stored the ones after them are asked for, one request at a time. Pure.
 *
 * A page is asked for only if it is what would be asked for once all before it are stored, out of the same budget, and
 * no more than `aheadPages` wait. Invariants: what was read ahead is looked at only after the commit before it has
 * answered, and only if it is still what comes next, so that pages are stored in order and a crash loses nothing but
 * the reading; anything else (sleep, a new key, a store that failed, a thread that was opened) lets go of it; a
 * refusal read ahead is a refusal and never forgotten.
 */
import type { StepContext } from "./machine.ts";
import type { Step } from "./plan.ts";
import type { SavedPass } from "./ports.ts";
import type { Ahead, Job, SyncEffect, SyncEvent, SyncState } from "./state.ts";

/** `planned`: what comes next once everything up to `after` is stored. */
export function askAhead(begun: Step, after: Job, planned: Step, { config }: StepContext): Step {
  const [effect] = planned.effects;
  const { ahead } = begun.state;
  // A thread's pages are stored one by one: more of them would only wait.
  const most = after.kind === "thread" ? 1 : config.aheadPages;
  if (effect?.type !== "fetch" || !isSamePlace(effect.job, after) || ahead.length >= most) return begun;
  const { seq, tokens, tokensAt } = planned.state;
  const asked: Ahead = { seq: effect.seq, job: effect.job, answer: null };
  return {
    state: { ...begun.state, seq, tokens, tokensAt, ahead: [...ahead, asked] },
    effects: [...begun.effects, effect],
  };
}

/** The answer to what was asked ahead waits for its turn. Any other is a late one. */
export function hearAhead(state: SyncState, event: SyncEvent): SyncState {
  if (event.type !== "listPage" && event.type !== "threadPage" && event.type !== "failed") return state;
  const hears = (asked: Ahead) => asked.seq === event.seq;
  if (!state.ahead.some(hears)) return state;
  return { ...state, ahead: state.ahead.map((asked) => (hears(asked) ? { ...asked, answer: event } : asked)) };
}

/** The request for `job`, where it was made ahead: it becomes the one that is awaited. Null: it has to be made. */
export function takeAhead(state: SyncState, job: Job): SyncState | null {
  const [next, ...rest] = state.ahead;
  if (next === undefined || !isSamePlace(next.job, job)) return null;
  return { ...state, ahead: rest, busy: { seq: next.seq, doing: "fetch", job } };
}

/** What the server refused ahead: always the last thing it was asked. Null: nothing. */
export function refusalAhead(
  ahead: readonly Ahead[],
): (Ahead & { readonly refusal: Extract<SyncEvent, { type: "failed" }> }) | null {
  const last = ahead.at(-1);
  return last?.answer?.type === "failed" ? { ...last, refusal: last.answer } : null;
}

/** Lets go of what was asked ahead; `effects` are those that come after. */
export function dropAhead(state: SyncState, effects: readonly SyncEffect[]): Step {
  const last = state.ahead.at(-1);
  if (last === undefined) return { state, effects };
  const isUnderWay = last.answer === null;
  return { state: { ...state, ahead: [] }, effects: isUnderWay ? [{ type: "abort" }, ...effects] : effects };
}

/** The very same walk at the very same page: one that began anew at the same cursor is another. */
export function isSamePlace(one: Job, other: Job): boolean {
  if (one.kind === "thread") return other.kind === "thread" && one.walk === other.walk;
  if (one.kind !== "list" && one.kind !== "sweep") return false;
  return one.kind === other.kind && "pass" in other && isSamePass(one.pass, other.pass);
}

function isSamePass(one: SavedPass, other: SavedPass): boolean {
  return (
    one.cursor === other.cursor &&
    one.pages === other.pages &&
    one.seen === other.seen &&
    one.restarts === other.restarts &&
    one.startedAt === other.startedAt &&
    one.stopBefore === other.stopBefore &&
    one.newestAt === other.newestAt
  );
}
