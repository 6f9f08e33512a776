/**
 * The words of the product as types: accounts, conversations, messages, consent, outbox.
 *
 * Both processes speak these; zod schemas stand here so that the IPC border can check them, and the
 * renderer imports the types only. No I/O, no clock. Invariants: every time is Unix milliseconds UTC
 * (`Millis`); every id inside the app is a local integer, branded so that they cannot be mixed up; a
 * body that is not readable says which of the reasons applies, never an empty or invented text.
 */
import { z } from "zod";
import { AttachmentItem } from "./attachments.ts";
import { MediaItem, MediaKind } from "./media.ts";
import { VIEWS } from "./views.ts";

/** Unix time in milliseconds, UTC. */
export type Millis = number;
export const Millis = z.int();

export const AccountId = z.int().positive().brand<"AccountId">();
export type AccountId = z.infer<typeof AccountId>;
export const ConversationId = z.int().positive().brand<"ConversationId">();
export type ConversationId = z.infer<typeof ConversationId>;
/** One of an account's own numbers. */
export const NumberId = z.int().positive().brand<"NumberId">();
export type NumberId = z.infer<typeof NumberId>;
export const MessageId = z.int().positive().brand<"MessageId">();
export type MessageId = z.infer<typeof MessageId>;
export const OutboxId = z.int().positive().brand<"OutboxId">();
export type OutboxId = z.infer<typeof OutboxId>;

export const PROVIDERS = ["agentmessage", "twilio", "quo", "highlevel", "vobiz"] as const;
export const ProviderName = z.enum(PROVIDERS);
export type ProviderName = z.infer<typeof ProviderName>;

export const Direction = z.enum(["inbound", "outbound"]);
export type Direction = z.infer<typeof Direction>;

// ---- consent -------------------------------------------------------------------------------------

/** Three values: a missing record is `unknown`, never a silent yes. `since` is when the state began, where told. */
export const Consent = z.object({
  state: z.enum(["opted_in", "opted_out", "unknown"]),
  since: Millis.nullable(),
});
export type Consent = z.infer<typeof Consent>;

// ---- text that may be gone -----------------------------------------------------------------------

/**
 * Why a text cannot be read.
 * `provider`: the provider removed it (its retention window, or an erase request), `at` is its timestamp.
 * `retention`: this device removed its copy on time by the known retention window, `at` is when it was due.
 */
export const RedactedBy = z.enum(["provider", "retention"]);
export type RedactedBy = z.infer<typeof RedactedBy>;

export const Redaction = z.object({
  by: RedactedBy,
  /** When the provider removed the text (or when it was due). */
  at: Millis,
  /** When this device removed its own copy; null when it never held one. */
  removedHereAt: Millis.nullable(),
});
export type Redaction = z.infer<typeof Redaction>;

/**
 * A message text as it can be shown.
 * `missing`: never fetched, or dropped and due for a re-check; `empty`: the message has no text (media only; a preview says which).
 */
export const Body = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("text"), text: z.string() }),
  z.object({ kind: z.literal("redacted"), redaction: Redaction }),
  z.object({ kind: z.literal("missing") }),
  z.object({ kind: z.literal("empty"), media: MediaKind.optional() }),
]);
export type Body = z.infer<typeof Body>;

// ---- accounts ------------------------------------------------------------------------------------

export const AccountState = z.enum(["ok", "needs_key", "missing_scope", "removing"]);
export type AccountState = z.infer<typeof AccountState>;

/** An account as the renderer knows it. The credentials are not in here and never will be. */
export const Account = z.object({
  id: AccountId,
  provider: ProviderName,
  name: z.string(),
  baseUrl: z.string(),
  /** The last four characters of the key, for recognition; null where none was kept. */
  keyHint: z.string().nullable(),
  isSample: z.boolean(),
  state: AccountState,
  /** With `missing_scope`: the scope the provider named, where it did. */
  missingScope: z.string().nullable(),
});
export type Account = z.infer<typeof Account>;

// ---- conversations -------------------------------------------------------------------------------

/**
 * What a view of the list holds. `all`: neither done nor snoozed; `needs_reply`: of those, where a customer's text is the
 * last word and may be answered, longest waiting first; `unread`: wherever it stands; `snoozed`: next to wake first.
 */
export { VIEWS };
export const View = z.enum(VIEWS);
export type View = z.infer<typeof View>;

/** What a person decided about a conversation, on this device. */
export const Triage = z.object({
  doneAt: Millis.nullable(),
  /** Snoozed until a moment; null with `snoozedUntilReply` or when it is not snoozed. */
  snoozedUntil: Millis.nullable(),
  snoozedUntilReply: z.boolean(),
  pinnedAt: Millis.nullable(),
  /** The first unanswered inbound message; null when the last word is ours, or when it is put away or opted out. */
  waitingSince: Millis.nullable(),
});
export type Triage = z.infer<typeof Triage>;

/** One row of the conversation list. */
export const Conversation = z.object({
  id: ConversationId,
  accountId: AccountId,
  accountName: z.string(),
  provider: ProviderName,
  /** A name given here or by the provider; null when only the number is known. */
  contactName: z.string().nullable(),
  /** The other side: E.164 where the provider has numbers. */
  contactNumber: z.string(),
  ownNumber: z.string(),
  ownLabel: z.string().nullable(),
  /** True: `contactName` was given on this device. */
  hasLocalName: z.boolean(),
  lastMessageAt: Millis,
  lastDirection: Direction.nullable(),
  preview: Body,
  /** Null: the provider gave no count. */
  messageCount: z.int().nonnegative().nullable(),
  unreadCount: z.int().nonnegative(),
  consent: Consent,
  /** A saved draft's beginning; null when there is none. */
  draft: z.string().nullable(),
  /** How many files the draft has; absent: none. */
  draftFiles: z.int().positive().optional(),
  /** Replies of this thread that are not on their way: failed or of unknown outcome. */
  outboxProblems: z.int().nonnegative(),
  /** A person marked the contact as opted out on this device; `consent` says so whatever the provider says. */
  isOptedOutHere: z.boolean(),
  /** With consent `unknown`: when a person said on this device that the contact agreed; null: nobody did. */
  consentConfirmedAt: Millis.nullable(),
  /** An inbound text that may ask for no more messages, and on which nobody decided yet; null: none. */
  optOutHint: MessageId.nullable(),
  triage: Triage,
});
export type Conversation = z.infer<typeof Conversation>;

// ---- messages ------------------------------------------------------------------------------------

/** Never shown backwards, except to `failed`. `unknown`: the provider said something we have no word for. */
export const MessageStatus = z.enum(["received", "queued", "sent", "delivered", "read", "failed", "unknown"]);
export type MessageStatus = z.infer<typeof MessageStatus>;

export const Message = z.object({
  id: MessageId,
  conversationId: ConversationId,
  direction: Direction,
  body: Body,
  /** How many media items came with it. */
  mediaCount: z.int().nonnegative(),
  /** Those that can be asked for, where they were looked up; removed ones are not among them. */
  media: z.array(MediaItem).optional(),
  /** The provider's word for the way it came, in lower case (`sms`, `whatsapp`); absent where nobody says. */
  channel: z.string().optional(),
  status: MessageStatus,
  createdAt: Millis,
});
export type Message = z.infer<typeof Message>;

/** Position in a thread: messages are ordered by time, then by local id. */
export const MessagePosition = z.object({ createdAt: Millis, id: MessageId });
export type MessagePosition = z.infer<typeof MessagePosition>;

/** What this device holds of a thread, and how it knows. */
export const Coverage = z.object({
  /** True when every page up to the newest was fetched at `checkedAt`. */
  complete: z.boolean(),
  /** True while the thread has never been fetched. */
  neverFetched: z.boolean(),
  checkedAt: Millis.nullable(),
  held: z.int().nonnegative(),
  /** The oldest message held here. */
  oldestAt: Millis.nullable(),
  /**
   * Where messages are missing or may be: after the held message dated `after` (null: before all held ones), before the
   * one dated `before` (null: after all held ones). Null: nowhere between the first and the last.
   */
  gap: z.object({ after: Millis.nullable(), before: Millis.nullable() }).nullable(),
});
export type Coverage = z.infer<typeof Coverage>;

// ---- outbox --------------------------------------------------------------------------------------

/**
 * `queued` waits for its turn (or for the network), `sending` has left or is leaving, `failed` was refused
 * and keeps its text, `unknown` may or may not have arrived: it is checked against the thread, never resent
 * by itself. A `sent` item has become a message.
 */
export const OutboxState = z.enum(["queued", "sending", "sent", "failed", "unknown"]);
export type OutboxState = z.infer<typeof OutboxState>;

export const OutboxItem = z.object({
  id: OutboxId,
  conversationId: ConversationId,
  text: z.string(),
  state: OutboxState,
  /** Why it failed, or why it waits; null when there is nothing to say. */
  error: z.object({ code: z.string(), detail: z.record(z.string(), z.string()) }).nullable(),
  attempts: z.int().nonnegative(),
  createdAt: Millis,
  /** Not sent before this moment: chosen by the person, or the wait after a failure; null: as soon as possible. */
  notBefore: Millis.nullable(),
  /** The moment a person chose for it; null: as soon as possible. */
  scheduledAt: Millis.nullable(),
  /** What goes with it; absent: nothing. */
  files: z.array(AttachmentItem).optional(),
  /** With `queued`: its files are on their way to the provider, the message itself is not. */
  isUploading: z.boolean().optional(),
});
export type OutboxItem = z.infer<typeof OutboxItem>;

// ---- sync ----------------------------------------------------------------------------------------

/** One account's sync, in the words shown to people. */
export const SyncPhase = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("up_to_date") }),
  /** `total` is null when nobody knows it; `done` counts conversations seen in this pass. */
  z.object({ kind: z.literal("syncing"), first: z.boolean(), done: z.int(), total: z.int().nullable() }),
  z.object({ kind: z.literal("offline") }),
  z.object({ kind: z.literal("waiting"), until: Millis, reason: z.string() }),
  z.object({ kind: z.literal("attention"), code: z.string(), detail: z.record(z.string(), z.string()) }),
]);
export type SyncPhase = z.infer<typeof SyncPhase>;

export const SyncStatus = z.object({
  accountId: AccountId,
  phase: SyncPhase,
  /** When a pass over the list last ran to its end; null before the first. */
  lastCompletedAt: Millis.nullable(),
});
export type SyncStatus = z.infer<typeof SyncStatus>;
