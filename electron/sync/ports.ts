/**
 * What the sync engine and the outbox dispatcher need from the outside: providers, storage, clock, chance.
 *
 * Interfaces and plain data only; must not import Electron, Node or the database. Invariants: times are
 * Unix milliseconds UTC; a `Page` holds validated values, and what failed validation is in `rejected`,
 * so that nothing on a page is silently lost; every store method is one transaction.
 */
import type {
  AccountId,
  ConversationId,
  Direction,
  MessageId,
  MessageStatus,
  Millis,
  OutboxId,
  OutboxItem,
} from "../../shared/domain.ts";
import type { Failure } from "../../shared/errors.ts";

// ---- provider ------------------------------------------------------------------------------------

/** A record that failed validation: kept by hash and reason, never by content. */
export interface Rejected {
  readonly remoteId: string | null;
  /** Which field was wrong and how, for a person to report; never the value. */
  readonly reason: string;
  /** SHA-256 of the record's JSON, so that the same bad record is stored once. */
  readonly hash: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly rejected: readonly Rejected[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
  /** Of a list of conversations: remote ids the provider says are deleted. */
  readonly gone?: readonly string[];
}

export interface RemoteConsent {
  readonly optedIn: boolean;
  readonly since: Millis | null;
}

export interface RemoteConversation {
  readonly remoteId: string;
  readonly ownNumber: string;
  /** The provider's id of the own number; null where it has none. */
  readonly ownNumberRemoteId: string | null;
  readonly contactNumber: string;
  readonly contactName: string | null;
  readonly lastMessageAt: Millis;
  readonly lastDirection: Direction | null;
  /** Real text, or null when there is none (redacted, media only, provider gives no preview). */
  readonly preview: string | null;
  /** Only this timestamp means redacted; a customer may type "[redacted]". */
  readonly previewRedactedAt: Millis | null;
  readonly messageCount: number | null;
  /** Null: no record, that is unknown. */
  readonly consent: RemoteConsent | null;
  /** Null: the provider has no unread count; unread is then local state. */
  readonly unreadCount: number | null;
}

export interface RemoteMessage {
  readonly remoteId: string;
  readonly direction: Direction;
  readonly from: string;
  readonly to: string;
  readonly body: string | null;
  readonly redactedAt: Millis | null;
  readonly mediaUrls: readonly string[];
  readonly channel: string;
  readonly segmentCount: number | null;
  /** Null when the provider's list does not say. */
  readonly status: MessageStatus | null;
  readonly createdAt: Millis;
}

export interface RemoteNumber {
  readonly remoteId: string | null;
  readonly number: string;
  readonly label: string | null;
}

/** What addresses a conversation at its provider. */
export interface ConversationRef {
  readonly id: ConversationId;
  readonly remoteId: string;
  readonly ownNumber: string;
  readonly contactNumber: string;
}

export interface PageRequest {
  readonly cursor: string | null;
  readonly limit: number;
  readonly signal: AbortSignal;
  /** Only what changed since is wanted, where the provider can filter; null or absent: everything. */
  readonly since?: Millis | null;
  /** A sweep asks for everything, also for what is closed or archived. */
  readonly purpose?: PassKind;
}

/** How a provider's pages of messages follow each other; `unordered` means that no order may be relied on. */
export type MessageOrder = "oldest_first" | "newest_first" | "unordered";

/**
 * How news is found in a conversation list. `newest_first`: from the top down to the mark. `since_filter`: the
 * server filters by `since`, and what it gives is read to the end. `unordered`: every pass reads the whole list.
 */
export type ListOrder = "newest_first" | "since_filter" | "unordered";

/** What sync must know of a provider to ask it well. */
export interface SyncTuning {
  /** Conversations or messages per page; an adapter asks for fewer where its provider allows fewer. */
  readonly pageSize?: number;
  readonly focusedPollMs?: number;
  readonly sweepEveryMs?: number;
  readonly budget?: { readonly capacity: number; readonly perSecond: number; readonly reserve: number };
}

export interface SendRequest {
  /** The thread replied to; the outbox always gives it. Providers that address numbers do not need it. */
  readonly conversation?: ConversationRef;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  /** Our correlation mark, unique per reply, at most 64 characters. */
  readonly tag: string;
  readonly signal: AbortSignal;
}

export interface SendReceipt {
  readonly remoteId: string;
  readonly status: MessageStatus;
  readonly createdAt: Millis;
}

/** One connected account's view of its provider. Every method rejects with `ProviderError` (shared/errors.ts) and nothing else. */
export interface Provider {
  /** `oldest_first`: a thread is walked from its beginning and its last cursor is kept for the delta. */
  readonly messageOrder: MessageOrder;
  /** Absent: `newest_first`. */
  readonly listOrder?: ListOrder;
  /** The list may tell nothing of last messages (no text, no direction): such rows follow the thread's newest one. */
  readonly listIsSilent?: boolean;
  /** The cheapest real request that proves the key. */
  check(signal: AbortSignal): Promise<void>;
  listConversations(request: PageRequest): Promise<Page<RemoteConversation>>;
  listMessages(conversation: ConversationRef, request: PageRequest): Promise<Page<RemoteMessage>>;
  /** Own numbers with their labels; empty where the key may not list them. */
  listNumbers(signal: AbortSignal): Promise<readonly RemoteNumber[]>;
  send(request: SendRequest): Promise<SendReceipt>;
  /** Looks up a sent message by its mark: proof for an unknown outcome. Null: the provider knows of none. */
  findSent(request: { to: string; tag: string; signal: AbortSignal }): Promise<SendReceipt | null>;
  /** Tells the provider that a thread was read here; absent where it has no such call. */
  markRead?(conversation: ConversationRef, signal: AbortSignal): Promise<void>;
  /** Server clock minus ours, from the last answer's Date header; null before the first. */
  clockOffsetMs(): number | null;
}

// ---- sync store ----------------------------------------------------------------------------------

/**
 * A pass over the conversation list, as it is saved with every page.
 *
 * `newestAt` is the newest item of the pass's *first* page and becomes the mark when the pass completes;
 * `stopBefore` ends the pass at the first page whose oldest item is older (null: walk to the end).
 */
export interface SavedPass {
  readonly cursor: string | null;
  readonly newestAt: Millis | null;
  readonly stopBefore: Millis | null;
  readonly pages: number;
  readonly seen: number;
  /** Restarts from the top after a refused cursor: at most one per pass. */
  readonly restarts: number;
  readonly startedAt: Millis;
}

export type PassKind = "list" | "sweep";

/** Everything the machine needs to go on after a crash. */
export interface SavedSync {
  /** Changes when the account changes; a commit under an older number is refused. */
  readonly generation: number;
  /** High-water mark: newest item of the first page of the last completed list pass. */
  readonly mark: Millis | null;
  readonly lastCompletedAt: Millis | null;
  readonly sweepCompletedAt: Millis | null;
  readonly list: SavedPass | null;
  readonly sweep: SavedPass | null;
}

export interface CommitConversations {
  readonly accountId: AccountId;
  readonly generation: number;
  readonly kind: PassKind;
  readonly items: readonly RemoteConversation[];
  readonly rejected: readonly Rejected[];
  /** Remote ids the provider says are deleted. */
  readonly gone?: readonly string[];
  /** The pass after this page; null when this page completed it. */
  readonly pass: SavedPass | null;
  /** With a completed list pass: the new mark (null keeps the old one, for an empty list). */
  readonly mark: Millis | null;
  readonly now: Millis;
}

/** Where a thread's next fetch starts. */
export interface ThreadWork {
  readonly conversation: ConversationRef;
  /** `delta` goes on from the saved cursor, `full` walks the thread from its beginning. */
  readonly kind: "delta" | "full";
  readonly cursor: string | null;
  /** Messages dated so or earlier are held completely; null or absent while the thread never was. */
  readonly heldTo?: Millis | null;
}

export interface CommitMessages {
  readonly accountId: AccountId;
  readonly generation: number;
  readonly conversationId: ConversationId;
  readonly items: readonly RemoteMessage[];
  readonly rejected: readonly Rejected[];
  readonly kind: "delta" | "full";
  /** Cursor to save: the next page's, or this page's own when it was the last (the delta re-reads it). */
  readonly cursor: string | null;
  /** True when this was the thread's last page. */
  readonly complete: boolean;
  /** When this walk of the thread began. */
  readonly startedAt: Millis;
  /** The list is silent about last messages: its row is to follow this thread. */
  readonly leadsList?: boolean;
  readonly now: Millis;
}

export interface CommitResult {
  /** False when the generation was old: nothing was written. */
  readonly applied: boolean;
  /** Conversations whose row or thread changed. */
  readonly changed: readonly ConversationId[];
  /** Inbound messages that were not known before, in thread order. */
  readonly newInbound: readonly MessageId[];
  /** How many texts this commit removed: above zero a purge is pending. */
  readonly removedTexts: number;
}

export interface SyncStore {
  loadSync(input: { accountId: AccountId }): Promise<SavedSync>;
  commitConversations(input: CommitConversations): Promise<CommitResult>;
  commitMessages(input: CommitMessages): Promise<CommitResult>;
  /**
   * The background thread most worth fetching, or null: threads of the `recent` newest conversations whose
   * messages are not held up to their last one (newest first), then threads due for a re-check (oldest
   * first). Threads that failed wait until their `retryAt`.
   */
  nextThread(input: { accountId: AccountId; recent: number; now: Millis }): Promise<ThreadWork | null>;
  /** The work for one thread, whether or not it is due. Null when the conversation is gone. */
  threadWork(input: { conversationId: ConversationId }): Promise<ThreadWork | null>;
  /** Puts a thread off after a failure that concerns only it. */
  deferThread(input: { conversationId: ConversationId; retryAt: Millis }): Promise<void>;
  /**
   * Deletes a conversation that its provider no longer has, with everything in it (tombstones too). Queued
   * replies stay as failed. False when the generation was old or there was nothing.
   */
  removeConversation(input: {
    accountId: AccountId;
    generation: number;
    conversationId: ConversationId;
  }): Promise<boolean>;
  saveNumbers(input: { accountId: AccountId; generation: number; numbers: readonly RemoteNumber[] }): Promise<void>;
  /** Forgets a pass (after a refused cursor it begins again from the top). */
  savePass(input: { accountId: AccountId; generation: number; kind: PassKind; pass: SavedPass | null }): Promise<void>;
  /** Makes removed texts unrecoverable on disk; `done` is false when a reader blocked the checkpoint. */
  purge(input: { now: Millis }): Promise<{ done: boolean }>;
}

// ---- outbox store --------------------------------------------------------------------------------

/** A reply with everything needed to send it, fixed when it was written. */
export interface OutboxWork {
  readonly item: OutboxItem;
  readonly accountId: AccountId;
  readonly conversation: ConversationRef;
  readonly tag: string;
  /** When it was last handed to the network; null before the first attempt. */
  readonly sentAt: Millis | null;
}

export interface OutboxStore {
  /** The same `key` twice gives the same row. Refuses with `opted_out` where consent says so. */
  enqueue(input: {
    conversationId: ConversationId;
    text: string;
    key: string;
    now: Millis;
    /** The person wants it sent later; it does not hold back what is written after it. */
    notBefore?: Millis | null;
  }): Promise<OutboxItem>;
  /** The oldest reply of the account that may go now: one per thread, in order, none behind a blocked one. */
  nextQueued(input: { accountId: AccountId; now: Millis }): Promise<OutboxWork | null>;
  /** When the next reply that waits for its time may go; null: none waits. */
  nextDueAt(input: { accountId: AccountId; now: Millis }): Promise<Millis | null>;
  /** Moves `queued` to `sending` if consent still allows; `refused` items have become `failed`. */
  beginSend(input: { id: OutboxId; now: Millis }): Promise<"go" | "refused" | "gone">;
  /** The reply becomes a message row and the item `sent`, together. */
  markSent(input: { id: OutboxId; receipt: SendReceipt; now: Millis }): Promise<void>;
  markFailed(input: { id: OutboxId; failure: Failure; now: Millis }): Promise<void>;
  markUnknown(input: { id: OutboxId; failure: Failure; now: Millis }): Promise<void>;
  /** Back to the queue: only for a request that certainly never arrived. */
  requeue(input: { id: OutboxId; failure: Failure | null; notBefore: Millis | null; now: Millis }): Promise<void>;
  /** Items left in `sending` by a process that died: they become `unknown`. Returns how many. */
  recoverInterrupted(input: { now: Millis }): Promise<number>;
  unknowns(input: { accountId: AccountId }): Promise<readonly OutboxWork[]>;
  /**
   * Looks for an outbound message in the cached thread that is this reply (same text, no other outbox item
   * settled with it, created within `windowMs` of the attempt); settles the item as sent when found.
   */
  settleFromThread(input: { id: OutboxId; windowMs: number; now: Millis }): Promise<boolean>;
}

// ---- the rest ------------------------------------------------------------------------------------

export interface Clock {
  now(): Millis;
  /** Calls back once after `delayMs`; returns the cancel function. */
  schedule(delayMs: number, callback: () => void): () => void;
}

/** Uniform in [0, 1). */
export type Random = () => number;
