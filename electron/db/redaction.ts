/**
 * Removing texts: tombstones, and everything in the database that holds a copy of a removed text.
 *
 * Every function is part of the caller's transaction. Invariants: a tombstone is never taken back; a text that
 * is removed leaves its message row, its search terms (by trigger), its media addresses, the list preview, the
 * drafts and notes that quote it, and marks the purge as pending.
 */
import type { ConversationId, Millis, RedactedBy } from "../../shared/domain.ts";
import type { ReadDb, WriteDb } from "./connection.ts";
import { forgetInNote } from "./contact-repo.ts";
import { clearDraftText } from "./drafts-repo.ts";
import { markPurgePending } from "./purge.ts";
import { withoutQuote } from "../../shared/quotes.ts";

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

const INSERT_TOMBSTONE = "INSERT INTO redactions (conversation_id, remote_id, by, at, removed_here_at)";
/** The provider's word replaces our own guess; `removed_here_at`, once set, stays. */
const UNLESS_SURE = `ON CONFLICT DO UPDATE SET by = excluded.by, at = excluded.at,
  removed_here_at = coalesce(removed_here_at, excluded.removed_here_at) WHERE redactions.by <> 'provider'`;

export function writeTombstone(
  db: WriteDb,
  conversationId: ConversationId,
  remoteId: string,
  tombstone: Tombstone,
  removedHereAt: Millis | null,
): void {
  db.run(
    `${INSERT_TOMBSTONE} VALUES (?, ?, ?, ?, ?) ${UNLESS_SURE}`,
    conversationId,
    remoteId,
    tombstone.by,
    tombstone.at,
    removedHereAt,
  );
}

/** A text that goes, as its row had it; empty: there was nothing but a picture. */
export interface HeldText {
  readonly id: number;
  readonly conversationId: ConversationId;
  readonly body: string | null;
}

/**
 * Removes what is older than its account keeps: rows, tombstones and copies.
 *
 * Few statements for many rows: a statement of its own per row writes a segment of the search index for each.
 */
export function removeDue(db: WriteDb, due: readonly HeldText[], windowMs: number, now: Millis): void {
  const ids = JSON.stringify(due.map(({ id }) => id));
  db.run(
    `${INSERT_TOMBSTONE} SELECT conversation_id, remote_id, 'retention', created_at + ?, ? FROM messages
     WHERE id IN (SELECT value FROM json_each(?)) ${UNLESS_SURE}`,
    windowMs,
    now,
    ids,
  );
  db.run(
    `UPDATE messages SET body = NULL, body_state = 'redacted', media_urls = NULL
     WHERE id IN (SELECT value FROM json_each(?))`,
    ids,
  );
  for (const [conversationId, held] of Map.groupBy(due, (text) => text.conversationId)) {
    forgetCopies(
      db,
      conversationId,
      held.map(({ body }) => body ?? ""),
    );
  }
}

/** What else in the conversation holds these texts (a sent reply does not). Call it for all texts that go. */
export function forgetCopies(db: WriteDb, conversationId: ConversationId, texts: readonly string[]): void {
  const draft = db.get<{ text: string }>("SELECT text FROM drafts WHERE conversation_id = ?", conversationId);
  if (draft !== undefined) {
    const left = texts.reduce(withoutQuote, draft.text);
    if (left === "") clearDraftText(db, { conversationId });
    else if (left !== draft.text) {
      db.run("UPDATE drafts SET text = ? WHERE conversation_id = ?", left, conversationId);
    }
  }
  forgetInNote(db, conversationId, texts);
  markPurgePending(db);
}

/**
 * The last message, dated `upTo`, is known to be redacted: whatever is older in this thread is due as well. The
 * bodies go now and the thread is read again; that brings back what the provider still has and leaves tombstones
 * for the rest. Dropping a copy the provider still has can be mended, keeping one it dropped not.
 *
 * @param confirmed  remote ids of messages whose text the provider showed together with the redaction
 * @returns how many texts went
 */
export function dropBodiesUpTo(
  db: WriteDb,
  conversationId: ConversationId,
  upTo: Millis,
  now: Millis,
  confirmed: readonly string[] = [],
): number {
  const held = db.all<HeldText>(
    `SELECT id, conversation_id AS conversationId, body FROM messages WHERE conversation_id = ? AND created_at <= ? AND coalesce(body, media_urls) IS NOT NULL
       AND remote_id NOT IN (SELECT value FROM json_each(?))`,
    conversationId,
    upTo,
    JSON.stringify(confirmed),
  );
  if (held.length > 0) {
    db.run(
      `UPDATE messages SET body = NULL, body_state = 'missing', dropped_at = ?, media_urls = NULL
       WHERE id IN (SELECT value FROM json_each(?))`,
      now,
      JSON.stringify(held.map(({ id }) => id)),
    );
    forgetCopies(
      db,
      conversationId,
      held.map(({ body }) => body ?? ""),
    );
  }
  // Always the latest moment: a walk already under way began too early to count as the re-check.
  db.run("UPDATE threads SET recheck_due_at = ? WHERE conversation_id = ?", now, conversationId);
  return held.length;
}

/** Other threads of the same own number that hold texts as old as `upTo` are read again, soon. */
export function suspectOlderThreads(
  db: WriteDb,
  phoneNumberId: number,
  upTo: Millis,
  now: Millis,
  except: ConversationId | null = null,
): void {
  db.run(
    `UPDATE threads SET recheck_due_at = ?
     WHERE conversation_id IN (SELECT id FROM conversations WHERE phone_number_id = ?) AND conversation_id IS NOT ?
       AND EXISTS (SELECT 1 FROM messages m
         WHERE m.conversation_id = threads.conversation_id AND m.created_at <= ? AND coalesce(m.body, m.media_urls) IS NOT NULL)`,
    now,
    phoneNumberId,
    except,
    upTo,
  );
}

/**
 * A walk over the whole thread, begun at `startedAt`, has ended: what was dropped before it and did not come back
 * is gone at the provider. A record the walk could not read (quarantined) is no such proof.
 *
 * @returns how many tombstones were made
 */
export function buryUnrestored(db: WriteDb, conversationId: ConversationId, startedAt: Millis, now: Millis): number {
  const lost = db.all<{ id: number; remote_id: string; dropped_at: Millis }>(
    `SELECT m.id, m.remote_id, m.dropped_at FROM messages m JOIN conversations c ON c.id = m.conversation_id
     WHERE m.conversation_id = ? AND m.dropped_at IS NOT NULL AND m.dropped_at <= ? AND m.provisional = 0
       AND NOT EXISTS (SELECT 1 FROM quarantine q
         WHERE q.account_id = c.account_id AND q.scope = 'messages' AND q.remote_id = m.remote_id)`,
    conversationId,
    startedAt,
  );
  for (const { id, remote_id, dropped_at } of lost) {
    writeTombstone(db, conversationId, remote_id, { by: "provider", at: now }, dropped_at);
    db.run("UPDATE messages SET body_state = 'redacted', dropped_at = NULL WHERE id = ?", id);
  }
  return lost.length;
}
