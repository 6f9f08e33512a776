/**
 * What an idle account does next. Pure.
 *
 * Order is the product: the thread the person looks at, then news in the list, then the labels of the own
 * numbers, then the feed of changes, then threads for offline reading, then the sweep that finds removals.
 * Invariant: never called with a request in flight or a hold; leaves `reserve` requests of the budget to the first
 * two.
 */
import type { Millis } from "../../shared/domain.ts";
import { freshGuard } from "./cursor-guard.ts";
import { beginFeed } from "./feed.ts";
import { beginPass } from "./passes.ts";
import { takeAhead } from "./read-ahead.ts";
import type { Job, SyncConfig, SyncEffect, SyncState } from "./state.ts";

export interface Step {
  readonly state: SyncState;
  readonly effects: readonly SyncEffect[];
}

/** The state with its next request begun, or with a timer for when there will be one. */
export function plan(state: SyncState, config: SyncConfig, now: Millis): Step {
  const { open, walk } = state;
  if (walk?.foreground) return fetch(state, { kind: "thread", walk }, config, now);
  if (open !== null && (open.dueAt <= now || (open.recheckAt ?? Infinity) <= now)) return find(state, true, config);
  if (state.list !== null || state.listDueAt <= now) {
    const pass = state.list ?? beginPass("list", state.mark, config.overlapMs, now, config.listOrder);
    const begun = state.list === null ? { ...state, list: pass, listGuard: freshGuard } : state;
    return fetch(begun, { kind: "list", pass }, config, now);
  }
  if (state.numbersDue) return fetch(state, { kind: "numbers" }, config, now);
  if (state.feed !== null || feedAt(state) <= now) {
    const feed = state.feed ?? beginFeed(state.feedMark, state.feedSettled ? 0 : config.overlapMs, now);
    return fetch({ ...state, feed }, { kind: "feed", walk: feed }, config, now);
  }
  if (walk !== null) return fetch(state, { kind: "thread", walk }, config, now);
  if (state.threadFailure === null && state.threadsDueAt <= now) return find(state, false, config);
  if (state.sweep !== null || state.sweepDueAt <= now) {
    const pass = state.sweep ?? beginPass("sweep", null, 0, now, config.listOrder);
    const begun = state.sweep === null ? { ...state, sweep: pass, sweepGuard: freshGuard } : state;
    return fetch(begun, { kind: "sweep", pass }, config, now);
  }
  const threadsAt = state.threadFailure === null ? state.threadsDueAt : Infinity;
  const times = [
    state.listDueAt,
    threadsAt,
    feedAt(state),
    state.sweepDueAt,
    open?.dueAt ?? Infinity,
    open?.recheckAt ?? Infinity,
  ];
  return { state, effects: [{ type: "tickAt", at: Math.min(...times) }] };
}

/** Before the first list there is nothing that could have changed. */
const feedAt = ({ lastCompletedAt, feedDueAt }: SyncState): Millis => (lastCompletedAt === null ? Infinity : feedDueAt);

function find(state: SyncState, foreground: boolean, config: SyncConfig): Step {
  const seq = state.seq + 1;
  return {
    state: { ...state, seq, busy: { seq, doing: "find", foreground } },
    effects: [
      { type: "find", seq, conversationId: foreground ? (state.open?.id ?? null) : null, recent: config.recentThreads },
    ],
  };
}

/** Spends one request of the budget, or waits until there is one. What was asked for ahead is paid for. */
function fetch(state: SyncState, job: Job, config: SyncConfig, now: Millis): Step {
  const taken = takeAhead(state, job);
  if (taken !== null) return { state: taken, effects: [] };
  const { capacity, perSecond, reserve } = config.budget;
  const elapsedMs = Math.max(0, now - state.tokensAt);
  const tokens = Math.min(capacity, state.tokens + (elapsedMs * perSecond) / 1000);
  const isForeground = job.kind === "list" || (job.kind === "thread" && job.walk.foreground);
  const needed = isForeground ? 1 : 1 + reserve;
  if (tokens < needed) {
    const waitMs = Math.ceil(((needed - tokens) * 1000) / perSecond);
    return { state: { ...state, tokens, tokensAt: now }, effects: [{ type: "tickAt", at: now + waitMs }] };
  }
  const seq = state.seq + 1;
  return {
    state: { ...state, seq, tokens: tokens - 1, tokensAt: now, busy: { seq, doing: "fetch", job } },
    effects: [{ type: "fetch", seq, job, limit: config.pageSize }],
  };
}
