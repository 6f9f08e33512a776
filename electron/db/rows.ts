/**
 * Rows as domain values: the only place where snake_case becomes camelCase. Pure.
 */
import type {
  Account,
  AccountId,
  Body,
  Consent,
  Conversation,
  ConversationId,
  Message,
  MessageId,
  OutboxId,
  OutboxItem,
  RedactedBy,
} from "../../shared/domain.ts";
import { guessKind, kindOfType } from "./media-names.ts";

export interface AccountRow {
  readonly id: number;
  readonly uid: string;
  readonly provider: string;
  readonly name: string;
  readonly base_url: string;
  readonly key_hint: string | null;
  readonly is_sample: number;
  readonly state: string;
  readonly missing_scope: string | null;
  readonly generation: number;
}

/** An account with what only main may know of it. */
export interface StoredAccount extends Account {
  readonly uid: string;
  readonly generation: number;
}

export function toAccount(row: AccountRow): StoredAccount {
  return {
    id: row.id as AccountId,
    uid: row.uid,
    provider: row.provider as Account["provider"],
    name: row.name,
    baseUrl: row.base_url,
    keyHint: row.key_hint,
    isSample: row.is_sample === 1,
    state: row.state as Account["state"],
    missingScope: row.missing_scope,
    generation: row.generation,
  };
}

/**
 * When a person said here that the contact agreed, unless something was heard of their consent since. Asked only where
 * the provider has no word of it; null otherwise.
 */
export const CONSENT_CONFIRMED_AT = `CASE WHEN c.consent = 'unknown' THEN
    (SELECT CASE WHEN e.source = 'person_confirmed' THEN e.observed_at END
    FROM conversations o JOIN consent_events e ON e.conversation_id = o.id WHERE o.contact_id = c.contact_id
    ORDER BY e.observed_at DESC, e.id DESC LIMIT 1) END`;

/** Columns of a list row, with the joins that `CONVERSATION_FROM` makes. */
export const CONVERSATION_COLUMNS = `
  c.id, c.account_id, a.name AS account_name, a.provider, coalesce(k.local_name, k.provider_name) AS contact_name,
  k.local_name IS NOT NULL AS has_local_name,
  k.number AS contact_number, n.number AS own_number, n.label AS own_label, c.last_message_at, c.last_direction,
  c.preview, c.preview_redacted_at, c.preview_redacted_by, c.preview_removed_at, c.message_count, c.unread_count,
  c.consent, c.consent_since, c.done_at, c.snoozed_until, c.snoozed_until_reply, c.pinned_at, c.waiting_since,
  d.text AS draft, CASE WHEN d.text IS NOT NULL THEN (SELECT count(*) FROM attachments f
    WHERE f.conversation_id = c.id AND f.outbox_id IS NULL AND f.is_parked = 0) ELSE 0 END AS draft_files,
  k.opted_out_at IS NOT NULL AS opted_out_here,
  ${CONSENT_CONFIRMED_AT} AS consent_confirmed_at,
  (SELECT max(h.message_id) FROM opt_out_hints h WHERE h.conversation_id = c.id AND c.consent <> 'opted_out')
    AS opt_out_hint,
  CASE WHEN c.preview = '' THEN (SELECT x.source FROM messages lm JOIN message_media x ON x.message_id = lm.id
    WHERE lm.conversation_id = c.id AND lm.created_at = c.last_message_at ORDER BY lm.id DESC, x.position LIMIT 1) END
    AS preview_source,
  CASE WHEN c.preview = '' THEN (SELECT x.content_type FROM messages lm JOIN message_media x ON x.message_id = lm.id
    WHERE lm.conversation_id = c.id AND lm.created_at = c.last_message_at ORDER BY lm.id DESC, x.position LIMIT 1) END
    AS preview_type,
  (SELECT count(*) FROM outbox o WHERE o.conversation_id = c.id AND o.state <> 'sent' AND o.state IN ('failed', 'unknown'))
    AS outbox_problems`;

export const CONVERSATION_JOINS = `
  JOIN accounts a ON a.id = c.account_id
  JOIN contacts k ON k.id = c.contact_id
  JOIN phone_numbers n ON n.id = c.phone_number_id
  LEFT JOIN drafts d ON d.conversation_id = c.id`;

export interface ConversationRow {
  readonly id: number;
  readonly account_id: number;
  readonly account_name: string;
  readonly provider: string;
  readonly contact_name: string | null;
  readonly has_local_name: number;
  readonly contact_number: string;
  readonly own_number: string;
  readonly own_label: string | null;
  readonly last_message_at: number;
  readonly last_direction: string | null;
  readonly preview: string | null;
  /** Of the last message, where it is nothing but media. */
  readonly preview_source: string | null;
  readonly preview_type: string | null;
  readonly preview_redacted_at: number | null;
  readonly preview_redacted_by: string | null;
  readonly preview_removed_at: number | null;
  readonly message_count: number | null;
  readonly unread_count: number;
  readonly consent: string;
  readonly consent_since: number | null;
  readonly done_at: number | null;
  readonly snoozed_until: number | null;
  readonly snoozed_until_reply: number;
  readonly pinned_at: number | null;
  readonly waiting_since: number | null;
  readonly draft: string | null;
  readonly draft_files: number;
  readonly outbox_problems: number;
  readonly opted_out_here: number;
  readonly consent_confirmed_at: number | null;
  readonly opt_out_hint: number | null;
}

const DRAFT_PREVIEW_CHARS = 200;

export function toConversation(row: ConversationRow): Conversation {
  return {
    id: row.id as ConversationId,
    accountId: row.account_id as AccountId,
    accountName: row.account_name,
    provider: row.provider as Conversation["provider"],
    contactName: row.contact_name,
    contactNumber: row.contact_number,
    ownNumber: row.own_number,
    ownLabel: row.own_label,
    hasLocalName: row.has_local_name === 1,
    lastMessageAt: row.last_message_at,
    lastDirection: row.last_direction as Conversation["lastDirection"],
    preview: toPreview(row),
    messageCount: row.message_count,
    unreadCount: row.unread_count,
    consent: toConsent(row.consent, row.consent_since),
    draft: row.draft?.slice(0, DRAFT_PREVIEW_CHARS) || null,
    ...(row.draft_files > 0 ? { draftFiles: row.draft_files } : {}),
    outboxProblems: row.outbox_problems,
    isOptedOutHere: row.opted_out_here === 1,
    consentConfirmedAt: row.consent_confirmed_at,
    optOutHint: row.opt_out_hint as MessageId | null,
    triage: {
      doneAt: row.done_at,
      snoozedUntil: row.snoozed_until,
      snoozedUntilReply: row.snoozed_until_reply === 1,
      pinnedAt: row.pinned_at,
      waitingSince: row.waiting_since,
    },
  };
}

export const toConsent = (state: string, since: number | null): Consent => ({
  state: state as Consent["state"],
  since,
});

function toPreview(row: ConversationRow): Body {
  if (row.preview_redacted_at !== null) {
    return redacted(row.preview_redacted_by, row.preview_redacted_at, row.preview_removed_at);
  }
  if (row.preview === null) return { kind: "missing" };
  if (row.preview === "" && row.preview_source !== null) {
    return {
      kind: "empty",
      media: row.preview_type === null ? guessKind(row.preview_source) : kindOfType(row.preview_type),
    };
  }
  return row.preview === "" ? { kind: "empty" } : { kind: "text", text: row.preview };
}

const redacted = (by: string | null, at: number, removedHereAt: number | null): Body => ({
  kind: "redacted",
  redaction: { by: (by ?? "provider") as RedactedBy, at, removedHereAt },
});

export interface MessageRow {
  readonly id: number;
  readonly conversation_id: number;
  readonly direction: string;
  readonly body: string | null;
  readonly body_state: string;
  readonly media_count: number;
  readonly channel: string;
  readonly status: string;
  readonly created_at: number;
  readonly redacted_by: string | null;
  readonly redacted_at: number | null;
  readonly removed_here_at: number | null;
}

export const MESSAGE_COLUMNS = `
  m.id, m.conversation_id, m.direction, m.body, m.body_state, m.media_count, m.channel, m.status, m.created_at,
  r.by AS redacted_by, r.at AS redacted_at, r.removed_here_at`;

export const MESSAGE_JOINS = `
  LEFT JOIN redactions r ON r.conversation_id = m.conversation_id AND r.remote_id = m.remote_id`;

export function toMessage(row: MessageRow): Message {
  return {
    id: row.id as MessageId,
    conversationId: row.conversation_id as ConversationId,
    direction: row.direction as Message["direction"],
    body: toBody(row),
    mediaCount: row.media_count,
    channel: row.channel,
    status: row.status as Message["status"],
    createdAt: row.created_at,
  };
}

function toBody(row: MessageRow): Body {
  // The tombstone decides, whatever the message row says.
  if (row.redacted_at !== null) return redacted(row.redacted_by, row.redacted_at, row.removed_here_at);
  if (row.body !== null) return { kind: "text", text: row.body };
  return row.body_state === "empty" ? { kind: "empty" } : { kind: "missing" };
}

export interface OutboxRow {
  readonly id: number;
  readonly conversation_id: number;
  readonly text: string;
  readonly state: string;
  readonly error_code: string | null;
  readonly error_detail: string | null;
  readonly attempts: number;
  readonly created_at: number;
  readonly not_before: number | null;
  readonly scheduled_at: number | null;
  readonly uploading_at: number | null;
}

export function toOutboxItem(row: OutboxRow): OutboxItem {
  return {
    id: row.id as OutboxId,
    conversationId: row.conversation_id as ConversationId,
    text: row.text,
    state: row.state as OutboxItem["state"],
    error:
      row.error_code === null
        ? null
        : { code: row.error_code, detail: JSON.parse(row.error_detail ?? "{}") as Record<string, string> },
    attempts: row.attempts,
    createdAt: row.created_at,
    notBefore: row.not_before,
    scheduledAt: row.scheduled_at,
    ...(row.uploading_at === null ? {} : { isUploading: true }),
  };
}
