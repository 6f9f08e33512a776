/**
 * Consent as a person decides it on this device, and texts that may ask for no more messages.
 *
 * A text is never acted on by itself: it is kept in sight until a person decides. Invariants: a person's opt-out counts
 * for the number in every account and every later conversation, stands over what a provider says, and can be taken
 * back; every decision is an event of the history; nothing here holds the words of a message.
 */
import type { Conversation, ConversationId, MessageId, Millis, ProviderName } from "../../shared/domain.ts";
import { CAPABILITIES } from "../../shared/capabilities.ts";
import { AppError } from "../../shared/errors.ts";
import type { ConsentDecision } from "../../shared/composer-calls.ts";
import { optOutWish } from "../../shared/opt-out-wish.ts";
import type { ReadDb, WriteDb } from "./connection.ts";
import type { SeenConsent } from "./conversation-page.ts";
import { NUMBERED } from "./contact-repo.ts";
import { findConversation } from "./conversations-repo.ts";
import { CONSENT_CONFIRMED_AT } from "./rows.ts";

export interface ConsentInput {
  readonly id: ConversationId;
  readonly decision: ConsentDecision;
  /** The text it is about; null: no text, the person knows it otherwise. */
  readonly messageId: MessageId | null;
  readonly now: Millis;
}

/** Now, and never before what the contact's history holds: its last event decides, also when the clock was set back. */
const AFTER_ALL = `max(?, coalesce((SELECT max(e.observed_at) FROM conversations o
  JOIN consent_events e ON e.conversation_id = o.id WHERE o.contact_id = conversations.contact_id), 0))`;
const OF_CONTACT = `contact_id IN (SELECT id FROM contacts WHERE ${NUMBERED})`;

/** What changed, for the window. @throws AppError `not_found` */
export function decideConsent(db: WriteDb, input: ConsentInput): ConversationId[] {
  return db.transaction(() => {
    const { contactNumber } = getConversation(db, input.id);
    if (input.decision === "confirmed") return sayConfirmed(db, input, "person_confirmed");
    if (input.decision === "opted_out") markOptedOut(db, contactNumber, input.now);
    else db.run(`UPDATE contacts SET hints_seen_to = ? WHERE ${NUMBERED}`, dateOf(db, input.messageId), contactNumber);
    db.run(
      `DELETE FROM opt_out_hints WHERE conversation_id IN (SELECT id FROM conversations WHERE ${OF_CONTACT})
         AND (? OR (SELECT created_at FROM messages m WHERE m.id = message_id) <= ?)`,
      contactNumber,
      input.decision === "opted_out" ? 1 : 0,
      dateOf(db, input.messageId),
    );
    return idsOf(db, contactNumber);
  });
}

/** Takes a decision back; the text it was about is in sight again. @throws AppError `not_found` */
export function undoConsent(db: WriteDb, { id, decision, messageId, now }: ConsentInput): ConversationId[] {
  return db.transaction(() => {
    const { contactNumber } = getConversation(db, id);
    if (decision === "confirmed") return sayConfirmed(db, { id, now }, "person_unconfirmed");
    if (decision === "opted_out") allowAgain(db, contactNumber, now);
    else {
      db.run(`UPDATE contacts SET hints_seen_to = ? WHERE ${NUMBERED}`, dateOf(db, messageId) - 1, contactNumber);
    }
    if (messageId !== null) {
      db.run(
        `INSERT INTO opt_out_hints (message_id, conversation_id)
           SELECT id, conversation_id FROM messages WHERE id = ? AND body IS NOT NULL ON CONFLICT DO NOTHING`,
        messageId,
      );
    }
    return idsOf(db, contactNumber);
  });
}

/**
 * For the contact of this account, whatever own number they write to; each history tells of it. The last event of a
 * contact decides (`CONSENT_CONFIRMED_AT`), so whatever is heard of their consent later ends a confirmation by itself.
 */
function sayConfirmed(
  db: WriteDb,
  { id, now }: Pick<ConsentInput, "id" | "now">,
  source: "person_confirmed" | "person_unconfirmed",
): ConversationId[] {
  const { state } = getConversation(db, id).consent;
  if (state === "opted_out" && source === "person_confirmed") throw new AppError("opted_out");
  const ids = db.all<{ id: ConversationId }>(
    "SELECT id FROM conversations WHERE contact_id = (SELECT contact_id FROM conversations WHERE id = ?)",
    id,
  );
  db.run(
    `INSERT INTO consent_events (conversation_id, consent, since, observed_at, source)
       SELECT id, consent, consent_since, ${AFTER_ALL}, ? FROM conversations
       WHERE consent = 'unknown' AND contact_id = (SELECT contact_id FROM conversations WHERE id = ?)`,
    now,
    source,
    id,
  );
  return ids.map((row) => row.id);
}

/** The contact's consent as replies to this conversation need it; null: they may be sent. */
export function consentRefusal(db: ReadDb, id: ConversationId): "opted_out" | "consent_required" | null {
  const row = db.get<{ consent: string; confirmed_at: number | null }>(
    `SELECT c.consent, ${CONSENT_CONFIRMED_AT} AS confirmed_at FROM conversations c WHERE c.id = ?`,
    id,
  );
  if (row?.consent === "opted_out") return "opted_out";
  return row?.consent === "unknown" && row.confirmed_at === null ? "consent_required" : null;
}

function getConversation(db: ReadDb, id: ConversationId): Conversation {
  const found = findConversation(db, { id });
  if (found === null) throw new AppError("not_found", "no such conversation");
  return found;
}

const idsOf = (db: ReadDb, number: string): ConversationId[] =>
  db.all<{ id: ConversationId }>(`SELECT id FROM conversations WHERE ${OF_CONTACT}`, number).map(({ id }) => id);

const dateOf = (db: ReadDb, messageId: MessageId | null): Millis =>
  db.get<{ at: Millis }>("SELECT created_at AS at FROM messages WHERE id = ?", messageId)?.at ?? 0;

function record(db: WriteDb, source: "person" | "person_undo", now: Millis, number: string): void {
  db.run(
    `INSERT INTO consent_events (conversation_id, consent, since, observed_at, source)
       SELECT id, consent, consent_since, ${AFTER_ALL}, ? FROM conversations WHERE ${OF_CONTACT}`,
    now,
    source,
    number,
  );
}

function markOptedOut(db: WriteDb, number: string, now: Millis): void {
  const marked = db.run(`UPDATE contacts SET opted_out_at = ? WHERE ${NUMBERED} AND opted_out_at IS NULL`, now, number);
  if (marked.changes === 0) return;
  db.run(
    `UPDATE conversations SET told_consent = consent, told_consent_since = consent_since, consent = 'opted_out',
       consent_since = ? WHERE ${OF_CONTACT}`,
    now,
    number,
  );
  record(db, "person", now, number);
}

function allowAgain(db: WriteDb, number: string, now: Millis): void {
  const cleared = db.run(
    `UPDATE contacts SET opted_out_at = NULL WHERE ${NUMBERED} AND opted_out_at IS NOT NULL`,
    number,
  );
  if (cleared.changes === 0) return;
  db.run(
    `UPDATE conversations SET consent = coalesce(told_consent, 'unknown'), consent_since = told_consent_since,
       told_consent = NULL, told_consent_since = NULL WHERE ${OF_CONTACT}`,
    number,
  );
  record(db, "person_undo", now, number);
}

/** Which of these numbers a person opted out here, in whatever account, and since when. */
export function ownOptOuts(db: ReadDb, numbers: readonly string[]): Map<string, Millis> {
  const rows = db.all<{ number: string; at: Millis }>(
    `SELECT number, opted_out_at AS at FROM contacts
     WHERE opted_out_at IS NOT NULL AND number IN (SELECT value FROM json_each(?))`,
    JSON.stringify(numbers),
  );
  return new Map(rows.map(({ number, at }) => [number, at]));
}

/** A new conversation with somebody who is opted out here starts opted out. Part of a list page's transaction. */
export function applyOwnOptOut(db: WriteDb, id: ConversationId, contactNumber: string, since: Millis): void {
  db.run(`UPDATE contacts SET opted_out_at = coalesce(opted_out_at, ?) WHERE ${NUMBERED}`, since, contactNumber);
  db.run(
    `UPDATE conversations SET told_consent = consent, told_consent_since = consent_since, consent = 'opted_out',
       consent_since = ? WHERE id = ?`,
    since,
    id,
  );
}

/** A provider's new word on a conversation that is here. Part of a list page's transaction. */
export function recordConsent(db: WriteDb, id: ConversationId, { state, since }: SeenConsent, now: Millis): void {
  db.run(
    `INSERT INTO consent_events (conversation_id, consent, since, observed_at, source)
       SELECT id, ?, ?, ${AFTER_ALL}, 'list' FROM conversations WHERE id = ?`,
    state,
    since,
    now,
    id,
  );
}

interface WishRow {
  readonly body: string;
  readonly provider: ProviderName;
}

/** An inbound text that was just stored, or came back. Part of a thread page's transaction. */
export function noteOptOutWish(db: WriteDb, messageId: MessageId): void {
  const row = db.get<WishRow>(
    `SELECT m.body, a.provider FROM messages m JOIN conversations c ON c.id = m.conversation_id
     JOIN accounts a ON a.id = c.account_id JOIN contacts k ON k.id = c.contact_id
     WHERE m.id = ? AND m.direction = 'inbound' AND m.body IS NOT NULL AND m.created_at > coalesce(k.hints_seen_to, -1)
       AND NOT (c.consent = 'opted_in' AND coalesce(c.consent_since, 0) > m.created_at)`,
    messageId,
  );
  if (row === undefined) return;
  const wish = optOutWish(row.body);
  // The word itself is settled between carrier and provider; where the provider does not tell, a person should know.
  if (wish === null || (wish === "keyword" && CAPABILITIES[row.provider].consent)) return;
  db.run(
    `INSERT INTO opt_out_hints (message_id, conversation_id) SELECT id, conversation_id FROM messages WHERE id = ?
     ON CONFLICT DO NOTHING`,
    messageId,
  );
}
