/**
 * What is known of a contact beside the conversation: a person's note, what was removed, since when they write.
 *
 * Invariant: a note is a person's own words, so it outlives a rebuild and a damaged cache; but it loses a quote of a
 * text that was removed, like a draft.
 */
import type { AccountId, ConversationId, Millis } from "../../shared/domain.ts";
import { AppError } from "../../shared/errors.ts";
import type { ReadDb, WriteDb } from "./connection.ts";
import { withoutQuote } from "../../shared/quotes.ts";

/** The contacts with a number, in every account, by their index, which begins with the account. Takes the number. */
export const NUMBERED = "account_id IN (SELECT id FROM accounts) AND number = ?";

export interface Details {
  readonly note: string;
  readonly received: number;
  readonly sent: number;
  readonly firstAt: Millis | null;
  readonly lastAt: Millis | null;
  readonly removed: { readonly count: number; readonly lastAt: Millis | null };
  readonly retention: { readonly days: number; readonly isTyped: boolean } | null;
}

interface Of {
  readonly account_id: AccountId;
  readonly contact_id: number;
}

/** @throws AppError `not_found` */
function getContact(db: ReadDb, id: ConversationId): Of {
  const row = db.get<Of>("SELECT account_id, contact_id FROM conversations WHERE id = ?", id);
  if (row === undefined) throw new AppError("not_found", "no such conversation");
  return row;
}

/** @throws AppError `not_found` */
export function contactDetails(db: ReadDb, { id }: { id: ConversationId }): Details {
  const { account_id, contact_id } = getContact(db, id);
  const held = db.get<{ received: number; sent: number; firstAt: Millis | null; lastAt: Millis | null }>(
    `SELECT count(*) FILTER (WHERE direction = 'inbound') AS received,
       count(*) FILTER (WHERE direction = 'outbound') AS sent, min(created_at) AS firstAt, max(created_at) AS lastAt
     FROM messages WHERE conversation_id = ?`,
    id,
  );
  const removed = db.get<{ count: number; lastAt: Millis | null }>(
    "SELECT count(*) AS count, max(coalesce(removed_here_at, at)) AS lastAt FROM redactions WHERE conversation_id = ?",
    id,
  );
  const kept = db.get<{ typed_days: number | null; learned_days: number | null }>(
    "SELECT typed_days, learned_days FROM retention WHERE account_id = ?",
    account_id,
  );
  const days = kept?.typed_days ?? kept?.learned_days ?? null;
  return {
    note: db.get<{ text: string }>("SELECT text FROM contact_notes WHERE contact_id = ?", contact_id)?.text ?? "",
    received: held?.received ?? 0,
    sent: held?.sent ?? 0,
    firstAt: held?.firstAt ?? null,
    lastAt: held?.lastAt ?? null,
    removed: { count: removed?.count ?? 0, lastAt: removed?.lastAt ?? null },
    retention: days === null ? null : { days, isTyped: kept?.typed_days != null },
  };
}

/**
 * An empty text takes the note away.
 * @throws AppError `not_found`
 */
export function saveNote(db: WriteDb, { id, text, now }: { id: ConversationId; text: string; now: Millis }): void {
  db.transaction(() => {
    const { contact_id } = getContact(db, id);
    if (text.trim() === "") {
      db.run("DELETE FROM contact_notes WHERE contact_id = ?", contact_id);
      return;
    }
    db.run(
      `INSERT INTO contact_notes (contact_id, text, saved_at) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET text = excluded.text, saved_at = excluded.saved_at`,
      contact_id,
      text,
      now,
    );
  });
}

/** Takes removed texts out of the note about the contact they came from. Part of the caller's transaction. */
export function forgetInNote(db: WriteDb, conversationId: ConversationId, texts: readonly string[]): void {
  const note = db.get<{ contact_id: number; text: string }>(
    `SELECT n.contact_id, n.text FROM contact_notes n JOIN conversations c ON c.contact_id = n.contact_id
     WHERE c.id = ?`,
    conversationId,
  );
  if (note === undefined) return;
  const left = texts.reduce(withoutQuote, note.text);
  if (left === note.text) return;
  if (left === "") db.run("DELETE FROM contact_notes WHERE contact_id = ?", note.contact_id);
  else db.run("UPDATE contact_notes SET text = ? WHERE contact_id = ?", left, note.contact_id);
}
