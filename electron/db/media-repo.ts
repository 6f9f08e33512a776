/**
 * Pictures and files of messages: what is known of each, and its bytes once somebody asked for them.
 *
 * The bytes live in this database and nowhere else on disk. Invariants: nothing larger than the cap is stored; all bytes
 * together stay under the total cap; bytes that arrive for a message that lost its media meanwhile are dropped; which
 * media a message has is decided by triggers (migration 60).
 */
import type { AccountId, ConversationId, MessageId, Millis } from "../../shared/domain.ts";
import { AppError } from "../../shared/errors.ts";
import { MAX_MEDIA_BYTES, MAX_MEDIA_TOTAL_BYTES } from "../../shared/file-limits.ts";
import type { MediaId, MediaItem } from "../../shared/media.ts";
import type { ReadDb, WriteDb } from "./connection.ts";
import { guessKind, kindOfType, nameOfSource } from "./media-names.ts";

interface MediaRow {
  readonly message_id: MessageId;
  readonly token: string;
  readonly source: string;
  readonly content_type: string | null;
  readonly size_bytes: number | null;
  readonly failure: string | null;
  readonly held: number;
}

/** The media of some messages, each message's in order. */
export function mediaOf(db: ReadDb, messageIds: readonly MessageId[]): Map<MessageId, MediaItem[]> {
  if (messageIds.length === 0) return new Map();
  const rows = db.all<MediaRow>(
    `SELECT x.message_id, x.token, x.source, x.content_type, x.size_bytes, x.failure,
       EXISTS (SELECT 1 FROM media_blobs b WHERE b.media_id = x.id) AS held
     FROM message_media x WHERE x.message_id IN (SELECT value FROM json_each(?)) ORDER BY x.message_id, x.position`,
    JSON.stringify(messageIds),
  );
  const found = new Map<MessageId, MediaItem[]>();
  for (const row of rows) found.set(row.message_id, [...(found.get(row.message_id) ?? []), toItem(row)]);
  return found;
}

function toItem(row: MediaRow): MediaItem {
  const failure = row.failure === "too_large" ? "too_large" : row.failure === null ? null : "gone";
  return {
    id: row.token as MediaId,
    kind: row.content_type === null ? guessKind(row.source) : kindOfType(row.content_type),
    isSniffed: row.content_type !== null,
    name: nameOfSource(row.source),
    sizeBytes: row.size_bytes,
    state: row.held === 1 ? "held" : (failure ?? "remote"),
  };
}

/** What main needs to fetch one. `source` never goes to the window. */
export interface MediaFacts {
  readonly accountId: AccountId;
  readonly conversationId: ConversationId;
  readonly source: string;
  readonly name: string | null;
  readonly contentType: string | null;
  readonly isHeld: boolean;
}

export function findMedia(db: ReadDb, { id }: { id: MediaId }): MediaFacts | null {
  const row = db.get<MediaRow & { account_id: AccountId; conversation_id: ConversationId }>(
    `SELECT x.*, c.account_id, c.id AS conversation_id, EXISTS (SELECT 1 FROM media_blobs b WHERE b.media_id = x.id) AS held
     FROM message_media x JOIN messages m ON m.id = x.message_id JOIN conversations c ON c.id = m.conversation_id
     JOIN accounts a ON a.id = c.account_id WHERE x.token = ? AND a.state <> 'removing'`,
    id,
  );
  if (row === undefined) return null;
  return {
    accountId: row.account_id,
    conversationId: row.conversation_id,
    source: row.source,
    name: nameOfSource(row.source),
    contentType: row.content_type,
    isHeld: row.held === 1,
  };
}

export interface MediaBytes {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly name: string | null;
}

/** The bytes of one that is held, which counts as a use; null when they are not here. */
export function openMedia(db: WriteDb, { id, now }: { id: MediaId; now: Millis }): MediaBytes | null {
  return db.transaction(() => {
    const row = db.get<{ media_id: number; bytes: Uint8Array; content_type: string; source: string }>(
      `SELECT b.media_id, b.bytes, x.content_type, x.source FROM message_media x JOIN media_blobs b ON b.media_id = x.id
       WHERE x.token = ?`,
      id,
    );
    if (row === undefined) return null;
    db.run("UPDATE media_blobs SET used_at = ? WHERE media_id = ? AND used_at < ?", now, row.media_id, now);
    return { bytes: row.bytes, contentType: row.content_type, name: nameOfSource(row.source) };
  });
}

export interface StoreMedia {
  readonly id: MediaId;
  readonly bytes: Uint8Array;
  /** As the bytes themselves say. */
  readonly contentType: string;
  /** Further media the provider keeps behind the same address. */
  readonly more: readonly string[];
  readonly now: Millis;
  /** For tests; otherwise the product's own. */
  readonly totalBytes?: number;
}

/** False: the message has lost its media meanwhile, and nothing was stored. @throws AppError `too_large` */
export function storeMedia(db: WriteDb, input: StoreMedia): boolean {
  const { id, bytes, contentType, more, now, totalBytes = MAX_MEDIA_TOTAL_BYTES } = input;
  if (bytes.byteLength > Math.min(MAX_MEDIA_BYTES, totalBytes)) throw new AppError("too_large");
  return db.transaction(() => {
    const row = db.get<{ id: number; message_id: MessageId }>(
      "SELECT id, message_id FROM message_media WHERE token = ?",
      id,
    );
    if (row === undefined) return false;
    makeRoom(db, row.id, totalBytes - bytes.byteLength);
    db.run(
      "UPDATE message_media SET content_type = ?, size_bytes = ?, failure = NULL WHERE id = ?",
      contentType,
      bytes.byteLength,
      row.id,
    );
    db.run(
      `INSERT INTO media_blobs (media_id, size_bytes, used_at, bytes) VALUES (?1, ?2, ?3, ?4)
       ON CONFLICT DO UPDATE SET size_bytes = ?2, used_at = ?3, bytes = ?4`,
      row.id,
      bytes.byteLength,
      now,
      bytes,
    );
    addMore(db, row.message_id, more);
    return true;
  });
}

/** Deletes what was unused for the longest time until no more than `leftBytes` are held. */
export function makeRoom(db: WriteDb, exceptId: number, leftBytes: number): void {
  // Walked in the order of use by the index alone: no bytes are read.
  const doomed = db.all<{ media_id: number }>(
    `SELECT media_id FROM (SELECT media_id, sum(size_bytes) OVER (ORDER BY used_at DESC, media_id DESC) AS upto
       FROM media_blobs WHERE media_id <> ?) WHERE upto > ?`,
    exceptId,
    leftBytes,
  );
  for (const { media_id } of doomed) db.run("DELETE FROM media_blobs WHERE media_id = ?", media_id);
}

function addMore(db: WriteDb, messageId: MessageId, more: readonly string[]): void {
  if (more.length === 0) return;
  db.run(
    `INSERT INTO message_media (message_id, position, token, source)
       SELECT ?1, (SELECT max(position) FROM message_media WHERE message_id = ?1) + 1 + key,
         lower(hex(randomblob(16))), value FROM json_each(?2)
       WHERE value NOT IN (SELECT source FROM message_media WHERE message_id = ?1)`,
    messageId,
    JSON.stringify(more),
  );
  db.run(
    `UPDATE messages SET media_count = max(media_count, (SELECT count(*) FROM message_media WHERE message_id = ?1))
     WHERE id = ?1`,
    messageId,
  );
}

/** It cannot be had, now or later: `too_large`, or gone at the provider. */
export function failMedia(db: WriteDb, { id, code }: { id: MediaId; code: "too_large" | "not_found" }): void {
  db.run("UPDATE message_media SET failure = ? WHERE token = ?", code, id);
}
