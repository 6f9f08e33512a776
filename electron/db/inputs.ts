/**
 * What the sync engine and the outbox hand to the database, and what they get back, as far as it is stored.
 *
 * This folder knows nothing of sync: these shapes are its own. `electron/sync/store.ts` and
 * `electron/outbox/store.ts` join them to the engine's ports and do not compile when the two disagree.
 * Times are Unix milliseconds UTC.
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
import type { MediaId } from "../../shared/media.ts";

export interface Rejected {
  readonly remoteId: string | null;
  readonly reason: string;
  readonly hash: string;
}

export interface RemoteConversation {
  readonly remoteId: string;
  readonly ownNumber: string;
  readonly ownNumberRemoteId: string | null;
  readonly contactNumber: string;
  readonly contactName: string | null;
  readonly lastMessageAt: Millis;
  readonly lastDirection: Direction | null;
  readonly preview: string | null;
  readonly previewRedactedAt: Millis | null;
  readonly messageCount: number | null;
  readonly consent: { readonly optedIn: boolean; readonly since: Millis | null } | null;
  readonly unreadCount: number | null;
}

export interface RemoteMessage {
  readonly remoteId: string;
  readonly direction: Direction;
  readonly body: string | null;
  readonly redactedAt: Millis | null;
  readonly mediaUrls: readonly string[];
  readonly channel: string;
  readonly segmentCount: number | null;
  readonly status: MessageStatus | null;
  readonly createdAt: Millis;
}

export interface RemoteNumber {
  readonly remoteId: string | null;
  readonly number: string;
  readonly label: string | null;
}

export type PassKind = "list" | "sweep";

export interface SavedPass {
  readonly cursor: string | null;
  readonly newestAt: Millis | null;
  readonly stopBefore: Millis | null;
  readonly pages: number;
  readonly seen: number;
  readonly restarts: number;
  readonly startedAt: Millis;
}

export interface SavedSync {
  readonly generation: number;
  readonly mark: Millis | null;
  readonly lastCompletedAt: Millis | null;
  readonly sweepCompletedAt: Millis | null;
  readonly feedMark: Millis | null;
  readonly list: SavedPass | null;
  readonly sweep: SavedPass | null;
}

/** Every write of a sync names the account as it was when the request left. */
export interface Fence {
  readonly accountId: AccountId;
  readonly generation: number;
}

export interface CommitConversations extends Fence {
  readonly kind: PassKind;
  readonly items: readonly RemoteConversation[];
  readonly rejected: readonly Rejected[];
  readonly gone?: readonly string[];
  readonly pass: SavedPass | null;
  readonly mark: Millis | null;
  readonly now: Millis;
}

export interface CommitMessages extends Fence {
  readonly conversationId: ConversationId;
  readonly items: readonly RemoteMessage[];
  readonly rejected: readonly Rejected[];
  readonly kind: "delta" | "full";
  readonly cursor: string | null;
  readonly complete: boolean;
  readonly startedAt: Millis;
  /** The list is silent about last messages: its row follows the thread. */
  readonly leadsList?: boolean;
  /** What lies between the page's oldest and newest message and is not on it was deleted at the provider. */
  readonly dropsVanished?: boolean;
  readonly now: Millis;
}

export interface ChangedMessage {
  readonly conversationRemoteId: string;
  readonly message: RemoteMessage;
}

/** One page of a feed of changed messages, over all conversations. */
export interface CommitChanges extends Fence {
  readonly items: readonly ChangedMessage[];
  /** With the last page: the newest change of the first; null keeps the old mark. */
  readonly mark: Millis | null;
  readonly startedAt: Millis;
  readonly now: Millis;
}

export interface CommitResult {
  readonly applied: boolean;
  readonly changed: ConversationId[];
  readonly newInbound: MessageId[];
  readonly removedTexts: number;
}

export interface ConversationRef {
  readonly id: ConversationId;
  readonly remoteId: string;
  readonly ownNumber: string;
  readonly contactNumber: string;
}

export interface ThreadWork {
  readonly conversation: ConversationRef;
  readonly kind: "delta" | "full";
  readonly cursor: string | null;
  readonly heldTo: Millis | null;
  /** Due only because a sweep came by: nothing points at a change. */
  readonly isRoutine?: boolean;
}

export interface OutboxWork {
  readonly item: OutboxItem;
  readonly accountId: AccountId;
  readonly conversation: ConversationRef;
  readonly tag: string;
  readonly sentAt: Millis | null;
  /** What goes with it, in order. */
  readonly files: readonly OutboxFile[];
}

/** A file of a reply; its bytes are asked for by its id. */
export interface OutboxFile {
  readonly id: MediaId;
  readonly name: string;
  readonly contentType: string;
  /** Where the provider keeps it; null: it has to be brought there first. */
  readonly url: string | null;
}

export interface SendReceipt {
  readonly remoteId: string;
  readonly status: MessageStatus;
  readonly createdAt: Millis;
  readonly follow?: string | null;
}

export interface FollowWork {
  readonly id: OutboxId;
  readonly conversationId: ConversationId;
  readonly follow: string;
  readonly dueAt: Millis;
  readonly sentAt: Millis;
}
