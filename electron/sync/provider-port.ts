/**
 * A provider as sync and outbox see it: what it lists, what it takes, what it must promise.
 *
 * Interfaces and plain data only. Read through `ports.ts`, where the invariants of all ports stand.
 */
import type { ConversationId, Direction, MessageStatus, Millis } from "../../shared/domain.ts";

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

export interface ChangedMessage {
  readonly conversationRemoteId: string;
  readonly message: RemoteMessage;
}

/** A page of messages that changed, of all conversations, the latest change first. */
export interface ChangesPage {
  readonly items: readonly ChangedMessage[];
  readonly nextCursor: string | null;
  /** When the page's rows changed, by the provider's clock; both null where one of them does not say. */
  readonly newestChangeAt: Millis | null;
  readonly oldestChangeAt: Millis | null;
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
  /** Empty where only files are sent. */
  readonly text: string;
  /** Where the provider keeps the files that go along, as `upload` answered; absent: none. */
  readonly attachments?: readonly string[];
  /** Our correlation mark, unique per reply, at most 64 characters. */
  readonly tag: string;
  readonly signal: AbortSignal;
}

export interface SendReceipt {
  readonly remoteId: string;
  readonly status: MessageStatus;
  readonly createdAt: Millis;
  /** Accepted, but not decided: what to ask `followSent` for later. */
  readonly follow?: string | null;
}

export interface UploadRequest {
  readonly conversation: ConversationRef;
  readonly name: string;
  /** As the bytes say. */
  readonly contentType: string;
  readonly bytes: Uint8Array;
  readonly signal: AbortSignal;
}

export interface MediaRequest {
  /** One of a message's `mediaUrls`, as the adapter gave it. */
  readonly source: string;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  readonly onProgress?: (receivedBytes: number, totalBytes: number | null) => void;
}

export interface FetchedMedia {
  readonly bytes: Uint8Array;
  /** Sources of further media the provider keeps behind the same one. */
  readonly more?: readonly string[];
}

/** One connected account's view of its provider. Every method rejects with `ProviderError` (shared/errors.ts) and nothing else. */
export interface Provider {
  /** `oldest_first`: a thread is walked from its beginning and its last cursor is kept for the delta. */
  readonly messageOrder: MessageOrder;
  /** Absent: `newest_first`. */
  readonly listOrder?: ListOrder;
  /** The list may tell nothing of last messages (no text, no direction): such rows follow the thread's newest one. */
  readonly listIsSilent?: boolean;
  /** Single messages may be deleted there, and a page of a thread is then the whole truth of its stretch of time. */
  readonly messagesVanish?: boolean;
  /** The cheapest real request that proves the key. */
  check(signal: AbortSignal): Promise<void>;
  listConversations(request: PageRequest): Promise<Page<RemoteConversation>>;
  listMessages(conversation: ConversationRef, request: PageRequest): Promise<Page<RemoteMessage>>;
  /** What changed lately in all conversations; absent where the provider has no such feed. It may leave things out. */
  listChanges?(request: Pick<PageRequest, "cursor" | "limit" | "signal">): Promise<ChangesPage>;
  /** Own numbers with their labels; empty where the key may not list them. */
  listNumbers(signal: AbortSignal): Promise<readonly RemoteNumber[]>;
  send(request: SendRequest): Promise<SendReceipt>;
  /**
   * Brings a file to the provider, for a reply that is sent afterwards; makes no message, and may be repeated. Answers with
   * an https address. Absent where the provider takes no files.
   */
  upload?(request: UploadRequest): Promise<{ readonly url: string }>;
  /** Looks up a sent message by its mark: proof for an unknown outcome. Null: the provider knows of none. */
  findSent(request: { to: string; tag: string; signal: AbortSignal }): Promise<SendReceipt | null>;
  /** What became of a reply that was accepted; absent where sends are decided at once. Null: not decided yet. */
  followSent?(follow: string, signal: AbortSignal): Promise<SendReceipt | "failed" | null>;
  /** The bytes of a picture or file; absent where the provider tells of none. */
  fetchMedia?(request: MediaRequest): Promise<FetchedMedia>;
  /** Tells the provider that a thread was read here; absent where it has no such call. */
  markRead?(conversation: ConversationRef, signal: AbortSignal): Promise<void>;
  /** Server clock minus ours, from the last answer's Date header; null before the first. */
  clockOffsetMs(): number | null;
}

export type PassKind = "list" | "sweep";
