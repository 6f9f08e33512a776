/**
 * What a thread tells its row of the list where the list itself does not. Part of the thread page's transaction.
 */
import type { ConversationId, Millis } from "../../shared/domain.ts";
import type { WriteDb } from "./connection.ts";
import { recountUnread } from "./conversations-repo.ts";

/**
 * Where the list was silent (no direction), a thread that was just read to its newest message is what the row shows:
 * text, direction and date. What the list called activity stays in the thread's coverage, so that it is no news again.
 */
export function leadList(db: WriteDb, id: ConversationId): boolean {
  const { changes } = db.run(
    `UPDATE conversations AS c SET last_message_at = m.created_at, last_direction = m.direction,
       preview = iif(m.body_state = 'missing', NULL, coalesce(m.body, ''))
     FROM messages m, threads t
     WHERE c.id = ?1 AND t.conversation_id = ?1 AND t.covered_to >= c.last_message_at AND c.last_direction IS NULL
       AND c.preview_redacted_at IS NULL
       AND m.id = (SELECT id FROM messages WHERE conversation_id = ?1 ORDER BY created_at DESC, id DESC LIMIT 1)
       AND NOT EXISTS (SELECT 1 FROM redactions r WHERE r.conversation_id = ?1 AND r.remote_id = m.remote_id)
       AND (c.last_message_at, c.last_direction, c.preview)
         IS NOT (m.created_at, m.direction, iif(m.body_state = 'missing', NULL, coalesce(m.body, '')))`,
    id,
  );
  if (changes > 0) recountUnread(db, id);
  return changes > 0;
}

/**
 * The provider counted unread messages before this device held any: that many of the newest inbound ones are unread,
 * also while too few of them are here. Never fewer than the provider said, never a false zero.
 */
export function keepSeededUnread(db: WriteDb, id: ConversationId, seeded: number): void {
  const now = db.get<{ unread_count: number }>("SELECT unread_count FROM conversations WHERE id = ?", id);
  if (seeded === 0 || now === undefined || now.unread_count >= seeded) return;
  const oldestUnread = db.get<{ created_at: Millis }>(
    `SELECT created_at FROM messages WHERE conversation_id = ? AND direction = 'inbound'
     ORDER BY created_at DESC, id DESC LIMIT 1 OFFSET ?`,
    id,
    seeded - 1,
  );
  db.run(
    "UPDATE conversations SET unread_count = ?1, read_to = min(read_to, coalesce(?2, read_to)) WHERE id = ?3",
    seeded,
    oldestUnread === undefined ? null : oldestUnread.created_at - 1,
    id,
  );
}
