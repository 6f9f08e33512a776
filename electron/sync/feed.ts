/**
 * The feed of changed messages over all conversations, where a provider has one. Pure.
 *
 * Newest change first, from the top down to the last mark: new texts, and changes of texts that are here already
 * (a status, an edit), which no list of conversations tells of. It is a help and never the proof: threads are still
 * held complete by their own pages, removals are still found there, and nothing waits for it. Invariants: the mark
 * moves only with a walk that ended by itself; a failure of the feed alone puts off the feed alone, without a word.
 */
import type { Millis } from "../../shared/domain.ts";
import type { AppErrorCode } from "../../shared/errors.ts";
import { freshGuard, guardCursor } from "./cursor-guard.ts";
import type { CursorGuard } from "./cursor-guard.ts";
import type { StepContext } from "./machine.ts";
import type { Step } from "./plan.ts";
import type { ChangesPage, CommitResult } from "./ports.ts";
import type { SyncState, WalkEnd } from "./state.ts";

/** A walk through the feed, from its top. */
export interface FeedWalk {
  readonly cursor: string | null;
  /** The walk ends at the first page that holds an older change; null: after its first page. */
  readonly stopBefore: Millis | null;
  /** Newest change of its first page: the next mark. */
  readonly newestAt: Millis | null;
  readonly pages: number;
  readonly startedAt: Millis;
  readonly guard: CursorGuard;
}

/** What lies deeper is left to the threads and the sweep: a feed is for news. */
const MAX_FEED_PAGES = 50;
const FEED_RETRY_MS = 600_000;

/** Without a mark one page is read: what was there before this device is downloaded thread by thread. */
export const beginFeed = (mark: Millis | null, overlapMs: number, now: Millis): FeedWalk => ({
  cursor: null,
  stopBefore: mark === null ? null : mark - overlapMs,
  newestAt: null,
  pages: 0,
  startedAt: now,
  guard: freshGuard,
});

export function feedPage(state: SyncState, walk: FeedWalk, page: ChangesPage, { now }: StepContext): Step {
  const { newestChangeAt, oldestChangeAt, nextCursor } = page;
  const { stopBefore } = walk;
  // A page that does not say when its rows changed cannot be held against the mark: it is the last.
  const goesOn = stopBefore !== null && oldestChangeAt !== null && oldestChangeAt >= stopBefore;
  let end: WalkEnd = "done";
  let { guard } = walk;
  if (goesOn && nextCursor !== null && walk.pages + 1 < MAX_FEED_PAGES) {
    const guarded = guardCursor(guard, walk.cursor, nextCursor);
    end = guarded === "stuck" ? "stuck" : "more";
    if (guarded !== "stuck") guard = guarded;
  }
  const after: FeedWalk = {
    ...walk,
    cursor: nextCursor,
    newestAt: walk.pages === 0 ? newestChangeAt : walk.newestAt,
    pages: walk.pages + 1,
    guard,
  };
  const seq = state.seq + 1;
  return {
    state: { ...state, seq, busy: { seq, doing: "commit", job: { kind: "feed", walk: after }, end } },
    effects: [
      {
        type: "commitFeed",
        seq,
        commit: {
          generation: state.generation,
          items: page.items,
          mark: end === "done" ? after.newestAt : null,
          startedAt: walk.startedAt,
          now,
        },
      },
    ],
  };
}

export function feedCommitted(
  state: SyncState,
  walk: FeedWalk,
  end: WalkEnd,
  result: CommitResult,
  { config, now }: StepContext,
): Step {
  // What came by the feed is confirmed by the pages of its thread.
  const threadsDueAt = result.changed.length > 0 ? Math.min(state.threadsDueAt, now) : state.threadsDueAt;
  // The end of a walk covers its thread up to the newest message here: what the feed brought meanwhile proves nothing of
  // what lies between, so such a walk begins anew.
  const isBehind = state.walk !== null && result.changed.includes(state.walk.work.conversation.id);
  const next: SyncState = {
    ...state,
    threadsDueAt,
    walk: isBehind ? null : state.walk,
    feed: end === "more" ? walk : null,
  };
  if (end === "more") return { state: next, effects: [] };
  if (end === "stuck") return { state: { ...next, feedDueAt: now + FEED_RETRY_MS }, effects: [] };
  const pollMs = state.focused ? config.focusedPollMs : config.backgroundPollMs;
  const feedMark = walk.newestAt ?? state.feedMark;
  const feedMarkedAt = feedMark === state.feedMark ? state.feedMarkedAt : walk.startedAt;
  // A server may show a change later than a younger one; once it had the time and was read again, it did.
  const feedSettled = walk.startedAt - feedMarkedAt >= config.overlapMs;
  return { state: { ...next, feedMark, feedMarkedAt, feedSettled, feedDueAt: now + pollMs }, effects: [] };
}

/** Failures that may concern this one route: without it everything is found as well, later. */
const OWN_FAILURES: ReadonlySet<AppErrorCode> = new Set([
  "scope_missing",
  "not_found",
  "wrong_address",
  "rejected",
  "invalid_response",
  "too_large",
  "cursor_invalid",
  "server_error",
  "timeout",
]);

/** The feed put off, or null where the failure is one of the whole account (the key, the network, the pace). */
export function feedFailed(state: SyncState, code: AppErrorCode, now: Millis): SyncState | null {
  if (!OWN_FAILURES.has(code)) return null;
  return { ...state, feed: null, feedDueAt: now + FEED_RETRY_MS };
}
