/**
 * Removing texts: tombstones, and everything in the database that holds a copy of a removed text.
 *
 * Every function is part of the caller's transaction. Invariants: a tombstone is never taken back; a text that
 * is removed leaves its message row, its search terms (by trigger), its media addresses, the list preview, the
 * drafts that quote it, and marks the purge as pending.
 */
import type { ConversationId, Millis, RedactedBy } from "../../shared/domain.ts";
import type { ReadDb, WriteDb } from "./connection.ts";
import { markPurgePending } from "./purge.ts";

export interface Tombstone {
  readonly by: RedactedBy;
  readonly at: Millis;
}

export function findTombstone(db: ReadDb, conversationId: ConversationId, remoteId: string): Tombstone | null {
  return (
    db.get<Tombstone>(
      "SELECT by, at FROM redactions WHERE conversation_id = ? AND remote_id = ?",
      conversationId,
      remoteId,
    ) ?? null
  );
}

/** The provider's word replaces our own guess; `removed_here_at`, once set, stays. */
export function writeTombstone(
  db: WriteDb,
  conversationId: ConversationId,
  remoteId: string,
  tombstone: Tombstone,
  removedHereAt: Millis | null,
): void {
  db.run(
    `INSERT INTO redactions (conversation_id, remote_id, by, at, removed_here_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET by = excluded.by, at = excluded.at,
       removed_here_at = coalesce(removed_here_at, excluded.removed_here_at)
     WHERE redactions.by <> 'provider'`,
    conversationId,
    remoteId,
    tombstone.by,
    tombstone.at,
    removedHereAt,
  );
}

/** A quote shorter than this is a coincidence ("ok"), unless it is the whole draft. */
const MIN_QUOTE_CHARS = 12;

/** What else in the conversation holds this text. Call it for each text that goes. */
export function forgetCopies(db: WriteDb, conversationId: ConversationId, text: string): void {
  const draft = db.get<{ text: string }>("SELECT text FROM drafts WHERE conversation_id = ?", conversationId);
  if (draft !== undefined) {
    const quotes = text.length >= MIN_QUOTE_CHARS && draft.text.includes(text);
    const left = quotes ? draft.text.replaceAll(text, "").trim() : draft.text === text ? "" : draft.text;
    if (left === "") db.run("DELETE FROM drafts WHERE conversation_id = ?", conversationId);
    else if (left !== draft.text) {
      db.run("UPDATE drafts SET text = ? WHERE conversation_id = ?", left, conversationId);
    }
  }
  db.run("UPDATE outbox SET text = '' WHERE conversation_id = ? AND state = 'sent' AND text <> ''", conversationId);
  markPurgePending(db);
}

/**
 * The list says that the last message, dated `upTo`, is redacted: whatever is older in this thread is due as
 * well. The bodies go now and the thread is read again; that brings back what the provider still has and leaves
 * tombstones for the rest. Dropping a copy the provider still has can be mended, keeping one it dropped not.
 *
 * @returns how many texts went
 */
export function dropBodiesUpTo(db: WriteDb, conversationId: ConversationId, upTo: Millis, now: Millis): number {
  const held = db.all<{ id: number; body: string }>(
    "SELECT id, body FROM messages WHERE conversation_id = ? AND created_at <= ? AND body IS NOT NULL",
    conversationId,
    upTo,
  );
  for (const { id, body } of held) {
    db.run("UPDATE messages SET body = NULL, body_state = 'missing', media_urls = NULL WHERE id = ?", id);
    forgetCopies(db, conversationId, body);
  }
  db.run(
    "UPDATE threads SET recheck_due_at = ? WHERE conversation_id = ? AND recheck_due_at IS NULL",
    now,
    conversationId,
  );
  return held.length;
}

/** Other threads of the same own number that hold texts as old as `upTo` are read again, soon. */
export function suspectOlderThreads(db: WriteDb, phoneNumberId: number, upTo: Millis, now: Millis): void {
  db.run(
    `UPDATE threads SET recheck_due_at = ?
     WHERE recheck_due_at IS NULL
       AND conversation_id IN (SELECT id FROM conversations WHERE phone_number_id = ?)
       AND EXISTS (SELECT 1 FROM messages m
         WHERE m.conversation_id = threads.conversation_id AND m.created_at <= ? AND m.body IS NOT NULL)`,
    now,
    phoneNumberId,
    upTo,
  );
}
