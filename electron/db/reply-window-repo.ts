/** The reply window of a thread as the cache knows it: asked when a reply is queued, and again when it leaves. */
import type { ConversationId, Millis, ProviderName } from "../../shared/domain.ts";
import { replyWindowAt } from "../../shared/reply-window.ts";
import type { ReadDb } from "./connection.ts";

interface Row {
  readonly provider: ProviderName;
  readonly offset: number;
  readonly channel: string | null;
  readonly askedAt: Millis | null;
  readonly held: number;
  readonly isComplete: number;
}

/** @param now  this computer's clock; the provider's decides, where it is known */
export function isReplyWindowShut(db: ReadDb, conversationId: ConversationId, now: Millis): boolean {
  const row = db.get<Row>(
    `SELECT a.provider, coalesce(a.clock_offset_ms, 0) AS offset,
       (SELECT channel FROM messages WHERE conversation_id = c.id ORDER BY created_at DESC, id DESC LIMIT 1) AS channel,
       (SELECT max(created_at) FROM messages WHERE conversation_id = c.id AND direction = 'inbound') AS askedAt,
       EXISTS (SELECT 1 FROM messages WHERE conversation_id = c.id) AS held,
       coalesce((SELECT complete FROM threads WHERE conversation_id = c.id), 0) AS isComplete
     FROM conversations c JOIN accounts a ON a.id = c.account_id WHERE c.id = ?`,
    conversationId,
  );
  if (row === undefined) return false;
  const isWhole = row.held === 1 && row.isComplete === 1;
  return replyWindowAt({ ...row, isWhole }, now + row.offset)?.kind === "shut";
}
