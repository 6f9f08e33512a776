/**
 * The files of a reply that became a message: its media from then on, gone with it like any other.
 *
 * Part of the caller's transaction. Invariants: bytes are kept only under the address that the message really has; what is
 * not kept is deleted, and the purge must follow (by trigger); no byte is in two places afterwards.
 */
import type { MessageId, Millis, OutboxId } from "../../shared/domain.ts";
import { MAX_MEDIA_TOTAL_BYTES } from "../../shared/file-limits.ts";
import type { ReadDb, WriteDb } from "./connection.ts";
import { nameOfSource } from "./media-names.ts";
import { makeRoom } from "./media-repo.ts";

/** Where the provider keeps the reply's files, in order. Those it does not have are not among them. */
export const uploadedUrls = (db: ReadDb, id: OutboxId): string[] =>
  db
    .all<{ url: string }>(
      "SELECT uploaded_url AS url FROM attachments WHERE outbox_id = ? AND uploaded_url IS NOT NULL ORDER BY id",
      id,
    )
    .map(({ url }) => url);

export function keepSentFiles(db: WriteDb, id: OutboxId, messageId: MessageId, now: Millis): void {
  const kept = db.all<{ id: number; media_id: number; content_type: string; size_bytes: number }>(
    `SELECT f.id, min(x.id) AS media_id, f.content_type, f.size_bytes
     FROM attachments f JOIN message_media x ON x.message_id = ?
       AND substr(x.source || '?', 1, instr(x.source || '?', '?'))
         = substr(f.uploaded_url || '?', 1, instr(f.uploaded_url || '?', '?'))
     WHERE f.outbox_id = ? GROUP BY f.id`,
    messageId,
    id,
  );
  for (const { id: fileId, media_id, content_type, size_bytes } of kept) {
    makeRoom(db, media_id, MAX_MEDIA_TOTAL_BYTES - size_bytes);
    const { changes } = db.run(
      `INSERT INTO media_blobs (media_id, size_bytes, used_at, bytes)
         SELECT ?, ?, ?, bytes FROM attachment_blobs WHERE attachment_id = ? ON CONFLICT DO NOTHING`,
      media_id,
      size_bytes,
      now,
      fileId,
    );
    if (changes === 0) continue;
    db.run(
      "UPDATE message_media SET content_type = ?, size_bytes = ?, failure = NULL WHERE id = ?",
      content_type,
      size_bytes,
      media_id,
    );
    db.run("UPDATE attachments SET is_kept = 1 WHERE id = ?", fileId);
  }
  db.run("DELETE FROM attachments WHERE outbox_id = ?", id);
}

/** The message was not delivered after all: what is here of its files goes back to its reply. */
export function returnSentFiles(db: WriteDb, messageId: MessageId, id: OutboxId): void {
  const held = db.all<{ id: number; source: string; content_type: string; size_bytes: number; position: number }>(
    `SELECT x.id, x.source, x.content_type, x.size_bytes, x.position FROM message_media x
     JOIN media_blobs b ON b.media_id = x.id WHERE x.message_id = ? ORDER BY x.position`,
    messageId,
  );
  for (const media of held) {
    const { lastId } = db.run(
      `INSERT INTO attachments (token, conversation_id, outbox_id, name, content_type, size_bytes, uploaded_url)
         SELECT lower(hex(randomblob(16))), conversation_id, id, ?, ?, ?, ? FROM outbox WHERE id = ?`,
      nameOfSource(media.source) ?? `${media.position + 1}`,
      media.content_type,
      media.size_bytes,
      media.source,
      id,
    );
    db.run(
      "INSERT INTO attachment_blobs (attachment_id, bytes) SELECT ?, bytes FROM media_blobs WHERE media_id = ?",
      lastId,
      media.id,
    );
  }
}
