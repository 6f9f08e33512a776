/**
 * A reply of ours that the provider lists under another id than it answered with: the same message.
 *
 * Part of the page's transaction. Invariant: what has files is the same by its files' addresses, or by its words and the
 * number of files; files alone are never the same by their number. One that is listed as removed has neither: the nearest of
 * ours by date goes with it, because a text that the provider still has comes back with its own record, and one it removed
 * must not stay.
 */
import type { ConversationId, MessageId } from "../../shared/domain.ts";
import type { WriteDb } from "./connection.ts";
import type { RemoteMessage } from "./inputs.ts";
import { hasFilesAt } from "./reply-match.ts";

/** How far apart a reply and its copy in the thread may be dated, by two clocks. */
const ADOPT_WINDOW_MS = 600_000;
/** The same for one without words and files to tell it by. */
const REMOVED_WINDOW_MS = 60_000;

/** @param listed  the page's items: those are listed under their own id. @returns whether there was one; it has the new id now */
export function adoptProvisional(
  db: WriteDb,
  conversationId: ConversationId,
  item: RemoteMessage,
  listed: readonly RemoteMessage[],
): boolean {
  const isBare = item.body === null && item.mediaUrls.length === 0;
  if (item.direction !== "outbound" || (isBare && item.redactedAt === null)) return false;
  const match = db.get<{ id: MessageId }>(
    `SELECT m.id FROM messages m WHERE m.conversation_id = ?1 AND m.provisional = 1
       AND ((m.media_urls IS NULL AND m.body = ?2) OR (m.body = ?2 AND m.media_count = ?5) OR ${hasFilesAt("?6")} OR ?8)
       AND abs(m.created_at - ?3) <= ?7 AND m.remote_id NOT IN (SELECT value FROM json_each(?4))
     ORDER BY abs(m.created_at - ?3), m.id LIMIT 1`,
    conversationId,
    item.body,
    item.createdAt,
    JSON.stringify(listed.map(({ remoteId }) => remoteId)),
    item.mediaUrls.length,
    JSON.stringify(item.mediaUrls),
    isBare ? REMOVED_WINDOW_MS : ADOPT_WINDOW_MS,
    isBare ? 1 : 0,
  );
  if (match === undefined) return false;
  db.run("UPDATE messages SET remote_id = ? WHERE id = ?", item.remoteId, match.id);
  return true;
}
