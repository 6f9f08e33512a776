/**
 * What the sync engine and the outbox dispatcher need from the outside: providers, storage, clock, chance.
 *
 * Interfaces and plain data only; must not import Electron, Node or the database. Invariants: times are
 * Unix milliseconds UTC; a `Page` holds validated values, and what failed validation is in `rejected`,
 * so that nothing on a page is silently lost; every store method is one transaction.
 */
import type { AccountId, ConversationId, MessageId, Millis, OutboxId, OutboxItem } from "../../shared/domain.ts";
import type { Failure } from "../../shared/errors.ts";
import type { MediaId } from "../../shared/media.ts";
import type {
  ChangedMessage,
  ConversationRef,
  PassKind,
  Rejected,
  RemoteConversation,
  RemoteMessage,
  RemoteNumber,
  SendReceipt,
} from "./provider-port.ts";

export type * from "./provider-port.ts";

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

/** Everything the machine needs to go on after a crash. */
export interface SavedSync {
  /** Changes when the account changes; a commit under an older number is refused. */
  readonly generation: number;
  /** High-water mark: newest item of the first page of the last completed list pass. */
  readonly mark: Millis | null;
  readonly lastCompletedAt: Millis | null;
  readonly sweepCompletedAt: Millis | null;
  /** Newest change the feed of changed messages was read up to; null or absent: never read. */
  readonly feedMark?: Millis | null;
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
  /** Due only because a sweep came by: nothing points at a change. */
  readonly isRoutine?: boolean;
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
  /** What lies between the page's oldest and newest message and is not on it was deleted at the provider. */
  readonly dropsVanished?: boolean;
  readonly now: Millis;
}

/** One page of a feed of changed messages. It may add to threads that are here and never proves that one is complete. */
export interface CommitChanges {
  readonly accountId: AccountId;
  readonly generation: number;
  readonly items: readonly ChangedMessage[];
  /** With the walk's last page: the newest change of its first; null keeps the old mark. */
  readonly mark: Millis | null;
  /** When this walk of the feed began. */
  readonly startedAt: Millis;
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
  commitChanges(input: CommitChanges): Promise<CommitResult>;
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
  /** What goes with it, in order. */
  readonly files: readonly OutboxFile[];
}

/** A file of a reply. */
export interface OutboxFile {
  readonly id: MediaId;
  readonly name: string;
  /** As its bytes say. */
  readonly contentType: string;
  /** Where the provider keeps it; null: it has to be brought there first. */
  readonly url: string | null;
}

/** A reply that was accepted, and of which the provider has not said what became of it. */
export interface FollowWork {
  readonly id: OutboxId;
  readonly conversationId: ConversationId;
  /** What the adapter asks for, from the send's receipt. */
  readonly follow: string;
  readonly dueAt: Millis;
  readonly sentAt: Millis;
}

export interface OutboxStore {
  /** The same `key` twice gives the same row. Refuses with `opted_out` where consent says so. */
  enqueue(input: {
    conversationId: ConversationId;
    text: string;
    files?: readonly MediaId[];
    key: string;
    now: Millis;
    /** The person wants it sent later; it does not hold back what is written after it. */
    notBefore?: Millis | null;
  }): Promise<OutboxItem>;
  /** The oldest reply of the account that may go now: one per thread, in order, none behind a blocked one. */
  nextQueued(input: { accountId: AccountId; now: Millis }): Promise<OutboxWork | null>;
  /** When the next reply that waits for its time may go; null: none waits. */
  nextDueAt(input: { accountId: AccountId; now: Millis }): Promise<Millis | null>;
  /** Whether this device holds the thread up to the last message its list knows of. */
  isThreadHeld(input: { conversationId: ConversationId }): Promise<boolean>;
  /** Whether its files may be brought to the provider: the same judgement as `beginSend`, and the reply stays queued. */
  beginUpload(input: { id: OutboxId; now: Millis }): Promise<"go" | "refused" | "gone">;
  /** Null: it is not this reply's any more. */
  openFile(input: { id: MediaId; reply: OutboxId }): Promise<{ readonly bytes: Uint8Array } | null>;
  /** The provider keeps the file at `url`: it need not be brought there again. */
  markUploaded(input: { id: MediaId; url: string; now: Millis }): Promise<void>;
  /** Moves `queued` to `sending` if consent still allows; `refused` items have become `failed`. */
  beginSend(input: { id: OutboxId; now: Millis }): Promise<"go" | "refused" | "gone">;
  /** The reply becomes a message row and the item `sent`, together. */
  markSent(input: { id: OutboxId; receipt: SendReceipt; now: Millis }): Promise<void>;
  markFailed(input: { id: OutboxId; failure: Failure; now: Millis }): Promise<void>;
  markUnknown(input: { id: OutboxId; failure: Failure; now: Millis }): Promise<void>;
  /** Back to the queue: only for a request that certainly never arrived. */
  requeue(input: { id: OutboxId; failure: Failure | null; notBefore: Millis | null; now: Millis }): Promise<void>;
  /** What waited for the network need not wait longer; what a person scheduled, or a server put off, does. */
  networkIsBack(input: { accountId: AccountId }): Promise<void>;
  /** Items left in `sending` by a process that died: they become `unknown`. Returns how many. */
  recoverInterrupted(input: { now: Millis }): Promise<number>;
  unknowns(input: { accountId: AccountId }): Promise<readonly OutboxWork[]>;
  /**
   * Looks for an outbound message in the cached thread that is this reply (the files it uploaded, or the same text and as
   * many files; no other outbox item settled with it, created within `windowMs` of the attempt); settles the item as sent
   * when found.
   */
  settleFromThread(input: { id: OutboxId; windowMs: number; now: Millis }): Promise<boolean>;
  /** The accepted reply to ask about first, due or not; null: none. */
  nextFollow(input: { accountId: AccountId }): Promise<FollowWork | null>;
  /** One that failed after all becomes a failed reply again, with its words. `askAt` null: it is asked about no more. */
  settleFollow(input: { id: OutboxId; outcome: SendReceipt | "failed" | null; askAt: Millis | null }): Promise<void>;
}

// ---- the rest ------------------------------------------------------------------------------------

export interface Clock {
  now(): Millis;
  /** Calls back once after `delayMs`; returns the cancel function. */
  schedule(delayMs: number, callback: () => void): () => void;
}

/** Uniform in [0, 1). */
export type Random = () => number;
