/**
 * A reply becomes a message: from the provider's receipt, or because the thread already lists it.
 *
 * Invariants: one reply is one message, whichever of receipt and listing comes first and under whichever id; a
 * settled reply keeps no copy of its text and files, because the message has them; a tombstone wins over a receipt, too.
 */
import type { ConversationId, MessageId, Millis, OutboxId } from "../../shared/domain.ts";
import type { ReadDb, WriteDb } from "./connection.ts";
import type { SendReceipt } from "./inputs.ts";
import { followNewest } from "./message-commit.ts";
import { findRow } from "./outbox-rows.ts";
import type { FullRow } from "./outbox-rows.ts";
import { findTombstone } from "./redaction.ts";
import { HAS_FILES_OF_REPLY, HAS_TEXT_OF_REPLY } from "./reply-match.ts";
import { keepSentFiles, uploadedUrls } from "./sent-files.ts";

/** How far apart a receipt and the provider's own record may be dated. */
const TWIN_WINDOW_MS = 600_000;
/** A provider that had not decided while the send waited is asked again after this long. */
const FOLLOW_AFTER_MS = 10_000;

/** The message is provisional until the thread lists it. Idempotent. */
export function markSent(db: WriteDb, { id, receipt, now }: { id: OutboxId; receipt: SendReceipt; now: Millis }): void {
  db.transaction(() => {
    const row = findRow(db, id);
    if (row === undefined || row.state === "sent") return;
    const conversationId = row.conversation_id as ConversationId;
    const messageId =
      findByRemoteId(db, conversationId, receipt.remoteId) ??
      findListed(db, id, { near: receipt.createdAt, windowMs: TWIN_WINDOW_MS }) ??
      insertProvisional(db, row, receipt, now);
    settle(db, id, messageId, now);
    if (receipt.follow) {
      db.run("UPDATE outbox SET follow = ?, follow_at = ? WHERE id = ?", receipt.follow, now + FOLLOW_AFTER_MS, id);
    }
    followNewest({ db, now, thread: { id: conversationId } });
    // The thread is read once more, so that the provider's own record replaces the provisional one.
    db.run(
      "UPDATE threads SET covered_to = min(covered_to, ?) WHERE conversation_id = ?",
      receipt.createdAt - 1,
      conversationId,
    );
  });
}

export function settleFromThread(
  db: WriteDb,
  { id, windowMs, now }: { id: OutboxId; windowMs: number; now: Millis },
): boolean {
  return db.transaction(() => {
    const row = findRow(db, id);
    if (row === undefined || row.state !== "unknown" || row.sent_at === null) return false;
    const messageId = findListed(db, id, { near: row.sent_at, windowMs });
    if (messageId === null) return false;
    settle(db, id, messageId, now);
    return true;
  });
}

function findByRemoteId(db: ReadDb, conversationId: ConversationId, remoteId: string): MessageId | null {
  const row = db.get<{ id: MessageId }>(
    "SELECT id FROM messages WHERE conversation_id = ? AND remote_id = ?",
    conversationId,
    remoteId,
  );
  return row?.id ?? null;
}

/**
 * The nearest outbound message with this reply's files, or its text and as many files, that no other reply claims. One
 * that was on this device before the reply was written cannot be it, however its date reads on another clock.
 */
function findListed(
  db: ReadDb,
  id: OutboxId,
  { near, windowMs }: { near: Millis; windowMs: number },
): MessageId | null {
  const row = db.get<{ id: MessageId }>(
    `SELECT m.id FROM outbox o JOIN messages m ON m.conversation_id = o.conversation_id
     WHERE o.id = ?1 AND m.direction = 'outbound' AND m.provisional = 0
       AND (${HAS_FILES_OF_REPLY} OR ${HAS_TEXT_OF_REPLY})
       AND m.created_at BETWEEN ?2 - ?3 AND ?2 + ?3 AND m.seen_at >= o.created_at
       AND NOT EXISTS (SELECT 1 FROM outbox other WHERE other.settled_message_id = m.id)
     ORDER BY ${HAS_FILES_OF_REPLY} DESC, abs(m.created_at - ?2), m.id LIMIT 1`,
    id,
    near,
    windowMs,
  );
  return row?.id ?? null;
}

function insertProvisional(db: WriteDb, row: FullRow, receipt: SendReceipt, now: Millis): MessageId {
  const conversationId = row.conversation_id as ConversationId;
  const isRemoved = findTombstone(db, conversationId, receipt.remoteId) !== null;
  const body = isRemoved || row.text === "" ? null : row.text;
  const urls = uploadedUrls(db, row.id as OutboxId);
  const { lastId } = db.run(
    `INSERT INTO messages (conversation_id, remote_id, direction, body, body_state, media_urls, media_count, channel,
       status, created_at, seen_at, provisional) VALUES (?, ?, 'outbound', ?, ?, ?, ?, 'sms', ?, ?, ?, 1)`,
    conversationId,
    receipt.remoteId,
    body,
    isRemoved ? "redacted" : body === null ? "empty" : "text",
    isRemoved || urls.length === 0 ? null : JSON.stringify(urls),
    urls.length,
    receipt.status,
    receipt.createdAt,
    now,
  );
  return lastId as MessageId;
}

function settle(db: WriteDb, id: OutboxId, messageId: MessageId, now: Millis): void {
  keepSentFiles(db, id, messageId, now);
  db.run(
    `UPDATE outbox SET state = 'sent', text = '', error_code = NULL, error_detail = NULL, settled_message_id = ?
     WHERE id = ?`,
    messageId,
    id,
  );
}
