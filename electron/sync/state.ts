/**
 * The sync machine's vocabulary: its state, the events it hears and the effects it asks for.
 *
 * Types and constants only. Invariants: at most one request is in flight per account (`busy`); everything
 * that must survive a crash is in the store, this state is only what the running process adds to it.
 */
import type { ConversationId, Millis } from "../../shared/domain.ts";
import type { Failure, ProviderError } from "../../shared/errors.ts";
import type { CursorGuard } from "./cursor-guard.ts";
import type { FeedWalk } from "./feed.ts";
import type {
  ChangesPage,
  CommitChanges,
  CommitConversations,
  CommitMessages,
  CommitResult,
  ListOrder,
  MessageOrder,
  Page,
  PassKind,
  RemoteConversation,
  RemoteMessage,
  RemoteNumber,
  SavedPass,
  SavedSync,
  ThreadWork,
} from "./ports.ts";

export interface SyncConfig {
  /** The provider's, as its adapter declares them. */
  readonly messageOrder: MessageOrder;
  readonly listOrder: ListOrder;
  readonly listIsSilent: boolean;
  readonly messagesVanish: boolean;
  /** Whether there is a feed of changed messages. */
  readonly hasFeed: boolean;
  /** Conversations or messages asked for per page; the server may give fewer. */
  readonly pageSize: number;
  /** How far below the mark a pass goes on: longer than a server needs to make a commit visible. */
  readonly overlapMs: number;
  readonly focusedPollMs: number;
  readonly backgroundPollMs: number;
  readonly openThreadPollMs: number;
  /** How soon an open thread is looked at again after a reply was sent from it. */
  readonly touchedPollMs: number;
  /** An opened thread is read again from its start after it stayed open this long: removals do not move it. */
  readonly openRecheckMs: number;
  /** Time between the end of one sweep over all conversations and the start of the next. */
  readonly sweepEveryMs: number;
  /**
   * Routine re-checks of threads after a sweep: `burst` at once, then one `everyMs`, so that nobody hears the fan; or
   * more, up to this share of the provider's budget.
   */
  readonly routine: { readonly burst: number; readonly everyMs: number; readonly share: number };
  /** How many of the newest threads are kept readable offline. */
  readonly recentThreads: number;
  /** How many pages of a list may be read before the one being stored is: they are stored together then. */
  readonly aheadPages: number;
  /** A walk longer than this never ends: `cursor_stuck`. */
  readonly maxPages: number;
  /** Passes run at once after one that took several pages, because the list moved meanwhile. */
  readonly maxFollowUps: number;
  /** After waking from sleep, wait up to this long so that the network is there. */
  readonly resumeJitterMs: number;
  /** Requests: `capacity` at once, `perSecond` after that; background work leaves `reserve` for the person. */
  readonly budget: { readonly capacity: number; readonly perSecond: number; readonly reserve: number };
}

export const DEFAULT_CONFIG: SyncConfig = {
  messageOrder: "oldest_first",
  listOrder: "newest_first",
  listIsSilent: false,
  messagesVanish: false,
  hasFeed: false,
  pageSize: 200,
  overlapMs: 120_000,
  focusedPollMs: 15_000,
  backgroundPollMs: 60_000,
  openThreadPollMs: 10_000,
  touchedPollMs: 2_500,
  openRecheckMs: 2_000,
  sweepEveryMs: 6 * 3_600_000,
  routine: { burst: 50, everyMs: 250, share: 0.1 },
  recentThreads: 500,
  aheadPages: 4,
  maxPages: 20_000,
  maxFollowUps: 3,
  resumeJitterMs: 5_000,
  budget: { capacity: 100, perSecond: 100, reserve: 10 },
};

/** A walk through one thread's pages. */
export interface Walk {
  readonly work: ThreadWork;
  readonly cursor: string | null;
  readonly startedAt: Millis;
  readonly pages: number;
  readonly guard: CursorGuard;
  /** The person looks at it. */
  readonly foreground: boolean;
  readonly restarted: boolean;
}

export type Job =
  | { readonly kind: PassKind; readonly pass: SavedPass }
  | { readonly kind: "thread"; readonly walk: Walk }
  | { readonly kind: "feed"; readonly walk: FeedWalk }
  | { readonly kind: "numbers" };

/** What follows a page once it is stored: the next one, the end, or the verdict that there is none. */
export type WalkEnd = "more" | "done" | "stuck";

/** What the account is doing right now. `seq` tells a late answer from the one that is awaited. */
export type Busy =
  | { readonly seq: number; readonly doing: "fetch"; readonly job: Job }
  | { readonly seq: number; readonly doing: "commit"; readonly job: Job; readonly end: WalkEnd }
  | { readonly seq: number; readonly doing: "find"; readonly foreground: boolean };

/** A page after the one that is being stored, asked for meanwhile, and its answer once that is here. */
export interface Ahead {
  readonly seq: number;
  readonly job: Job;
  readonly answer: Extract<SyncEvent, { type: "listPage" | "threadPage" | "failed" }> | null;
}

export type Hold =
  | { readonly kind: "none" }
  /** `isAsked`: the server itself named the time. */
  | { readonly kind: "wait"; readonly until: Millis; readonly failure: Failure; readonly isAsked?: boolean }
  | { readonly kind: "blocked"; readonly failure: Failure }
  | { readonly kind: "asleep" }
  | { readonly kind: "stopped" };

export interface OpenThread {
  readonly id: ConversationId;
  readonly dueAt: Millis;
  /** When the thread is to be read again from its start; null once that was done. */
  readonly recheckAt: Millis | null;
}

export interface SyncState {
  readonly generation: number;
  readonly mark: Millis | null;
  readonly lastCompletedAt: Millis | null;
  readonly list: SavedPass | null;
  readonly sweep: SavedPass | null;
  readonly listGuard: CursorGuard;
  readonly sweepGuard: CursorGuard;
  readonly listDueAt: Millis;
  readonly sweepDueAt: Millis;
  readonly followUps: number;
  readonly numbersDue: boolean;
  readonly feed: FeedWalk | null;
  readonly feedMark: Millis | null;
  /** Changes up to the mark have had time to show, and were read after that: nothing below it is asked for again. */
  readonly feedSettled: boolean;
  /** When the mark last moved, by our clock. */
  readonly feedMarkedAt: Millis;
  /** Never, where there is no feed. */
  readonly feedDueAt: Millis;
  readonly open: OpenThread | null;
  readonly walk: Walk | null;
  /** When to ask the store for the next background thread. */
  readonly threadsDueAt: Millis;
  /** When the pace of routine re-checks would have allowed the last one, had there been no burst. */
  readonly routineAt: Millis;
  /** Background threads fetched since the store last had none left, for the progress line. */
  readonly threadsDone: number;
  /** The store has once said, in this run, that no thread is left to fetch. */
  readonly threadsCaughtUp: boolean;
  /** A thread the server said is gone, and when it said so first: only a second word, later, removes rows. */
  readonly gone: { readonly id: ConversationId; readonly since: Millis } | null;
  /** Threads cannot be read at all (a missing scope), while the list can. */
  readonly threadFailure: Failure | null;
  readonly busy: Busy | null;
  /** Only beside a commit, in their order; all but the last have their answers: see read-ahead.ts. */
  readonly ahead: readonly Ahead[];
  readonly hold: Hold;
  /** Failures in a row. */
  readonly attempt: number;
  readonly focused: boolean;
  readonly seq: number;
  readonly tokens: number;
  readonly tokensAt: Millis;
}

export type WakeReason = "focus" | "online" | "manual";

export type SyncEvent =
  | { readonly type: "tick" }
  | { readonly type: "wake"; readonly reason: WakeReason }
  | { readonly type: "focus"; readonly focused: boolean }
  | { readonly type: "open"; readonly id: ConversationId | null }
  /** A reply of this thread was sent: its delivery state is worth a look sooner than the next poll. */
  | { readonly type: "touched"; readonly id: ConversationId }
  | { readonly type: "suspend" }
  | { readonly type: "resume" }
  | { readonly type: "credentials"; readonly generation: number }
  | { readonly type: "stop" }
  | { readonly type: "found"; readonly seq: number; readonly work: ThreadWork | null }
  | { readonly type: "listPage"; readonly seq: number; readonly page: Page<RemoteConversation> }
  | { readonly type: "threadPage"; readonly seq: number; readonly page: Page<RemoteMessage> }
  | { readonly type: "feedPage"; readonly seq: number; readonly page: ChangesPage }
  | { readonly type: "numbers"; readonly seq: number; readonly numbers: readonly RemoteNumber[] }
  | { readonly type: "committed"; readonly seq: number; readonly result: CommitResult }
  | { readonly type: "failed"; readonly seq: number; readonly error: ProviderError }
  | { readonly type: "storeFailed"; readonly seq: number; readonly failure: Failure };

export type SyncEffect =
  | { readonly type: "fetch"; readonly seq: number; readonly job: Job; readonly limit: number }
  | {
      readonly type: "find";
      readonly seq: number;
      readonly conversationId: ConversationId | null;
      readonly recent: number;
    }
  | { readonly type: "commitList"; readonly seq: number; readonly commit: Omit<CommitConversations, "accountId"> }
  | { readonly type: "commitThread"; readonly seq: number; readonly commit: Omit<CommitMessages, "accountId"> }
  | { readonly type: "commitFeed"; readonly seq: number; readonly commit: Omit<CommitChanges, "accountId"> }
  | { readonly type: "saveNumbers"; readonly seq: number; readonly numbers: readonly RemoteNumber[] }
  | { readonly type: "savePass"; readonly kind: PassKind; readonly pass: SavedPass | null }
  | { readonly type: "deferThread"; readonly conversationId: ConversationId; readonly retryAt: Millis }
  | { readonly type: "removeThread"; readonly conversationId: ConversationId }
  | { readonly type: "abort" }
  | { readonly type: "block"; readonly failure: Failure }
  | { readonly type: "tickAt"; readonly at: Millis };

/** The state a process begins with, from what the store kept. */
export function initialState(saved: SavedSync, config: SyncConfig, now: Millis): SyncState {
  const fresh: CursorGuard = { checkpoint: null, steps: 0, power: 1 };
  return {
    generation: saved.generation,
    mark: saved.mark,
    lastCompletedAt: saved.lastCompletedAt,
    list: saved.list,
    sweep: saved.sweep,
    listGuard: fresh,
    sweepGuard: fresh,
    listDueAt: now,
    sweepDueAt:
      saved.sweepCompletedAt === null ? now + config.backgroundPollMs : saved.sweepCompletedAt + config.sweepEveryMs,
    followUps: 0,
    numbersDue: true,
    feed: null,
    feedMark: saved.feedMark ?? null,
    feedSettled: false,
    feedMarkedAt: now,
    feedDueAt: config.hasFeed ? now : Infinity,
    open: null,
    walk: null,
    threadsDueAt: now,
    routineAt: now,
    threadsDone: 0,
    threadsCaughtUp: false,
    gone: null,
    threadFailure: null,
    busy: null,
    ahead: [],
    hold: { kind: "none" },
    attempt: 0,
    focused: true,
    seq: 0,
    tokens: config.budget.capacity,
    tokensAt: now,
  };
}
