/**
 * Gives back files that were saved out of a damaged cache or across a rebuild: to the draft or reply they were in.
 *
 * Part of the caller's transaction. Invariant: a file whose reply is not here any more goes into the draft, which nothing
 * sends by itself.
 */
import type { ConversationId } from "../../shared/domain.ts";
import type { WriteDb } from "./connection.ts";

/** @param conversations  those that have reappeared, by remote id */
export function giveBackFiles(
  db: WriteDb,
  accountId: number,
  conversations: ReadonlyMap<string, ConversationId>,
): void {
  const files = db.all<{ id: number; remoteId: string; replyKey: string | null }>(
    `SELECT s.id, s.conversation_remote_id AS remoteId, s.reply_key AS replyKey
     FROM salvage_files s JOIN accounts a ON a.uid = s.account_uid
     WHERE a.id = ? AND s.conversation_remote_id IN (SELECT value FROM json_each(?)) ORDER BY s.id`,
    accountId,
    JSON.stringify([...conversations.keys()]),
  );
  for (const { id: savedId, remoteId, replyKey } of files) {
    const conversationId = conversations.get(remoteId);
    if (conversationId === undefined) continue;
    const reply = db.get<{ id: number }>(
      "SELECT id FROM outbox WHERE key = ? AND conversation_id = ? AND state <> 'sent'",
      replyKey,
      conversationId,
    );
    if (reply === undefined) {
      db.run(
        "INSERT INTO drafts (conversation_id, text, saved_at) VALUES (?, '', 0) ON CONFLICT DO NOTHING",
        conversationId,
      );
    }
    giveBack(db, savedId, conversationId, reply?.id ?? null);
  }
}

function giveBack(db: WriteDb, savedId: number, conversationId: ConversationId, replyId: number | null): void {
  const { lastId } = db.run(
    `INSERT INTO attachments (token, conversation_id, outbox_id, name, content_type, size_bytes, uploaded_url, uploaded_at)
       SELECT lower(hex(randomblob(16))), ?, ?, name, content_type, size_bytes, uploaded_url, uploaded_at
       FROM salvage_files WHERE id = ?`,
    conversationId,
    replyId,
    savedId,
  );
  db.run(
    "INSERT INTO attachment_blobs (attachment_id, bytes) SELECT ?, bytes FROM salvage_files WHERE id = ?",
    lastId,
    savedId,
  );
  db.run("DELETE FROM salvage_files WHERE id = ?", savedId);
}
