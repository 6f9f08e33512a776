/**
 * What sending waits for after the computer slept or the network was away: another's reply may not be here yet. Pure.
 *
 * Invariants: nothing leaves before the provider's list was read anew and the reply's own thread is held to its last
 * message; the wait is bounded once the computer is awake, since a reply that never leaves is worse than a crossed one.
 */
import type { ConversationId, Millis } from "../../shared/domain.ts";

/** How long looking is tried before sending goes on as it always did. */
export const CATCH_UP_MS = 20_000;

export interface CatchUp {
  /** A pass over the list counts when it began at this moment or later. */
  readonly since: Millis;
  /** Infinity while the computer sleeps. */
  readonly until: Millis;
  readonly isListed: boolean;
  /** Threads that were held to their end once: what is sent here moves them, and is no news. */
  readonly seen: ReadonlySet<ConversationId>;
}

export const asleep = (now: Millis): CatchUp => ({ since: now, until: Infinity, isListed: false, seen: new Set() });

/** `from` is the moment sending could begin, where that is later than now. */
export const catchUpFrom = (now: Millis, from: Millis = now): CatchUp => ({
  since: now,
  until: Math.max(now, from) + CATCH_UP_MS,
  isListed: false,
  seen: new Set(),
});

/** A clock that was set back would make the wait last for hours: it is counted from now. */
export const countedFrom = (state: CatchUp, now: Millis): CatchUp =>
  now >= state.since ? state : { ...state, since: now, until: now + (state.until - state.since) };

/** A pass over the whole list that began at `startedAt` has ended. */
export const listChecked = (state: CatchUp, startedAt: Millis): CatchUp =>
  startedAt >= state.since ? { ...state, isListed: true } : state;

export const threadSeen = (state: CatchUp, id: ConversationId): CatchUp => ({
  ...state,
  seen: new Set(state.seen).add(id),
});

export type Leave =
  /** It may go. */
  | "go"
  /** It may go if its thread is held to its last message. */
  | "look"
  | "wait";

export function mayLeave(state: CatchUp | null, id: ConversationId, now: Millis): Leave {
  if (state === null || now >= state.until || state.seen.has(id)) return "go";
  return state.isListed ? "look" : "wait";
}
