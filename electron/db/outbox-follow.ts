/**
 * Replies that were accepted and of which the provider had not said what became of them: asked about again, later.
 *
 * Invariants: such a reply is a provisional message until the thread lists it; one that failed after all is a failed reply
 * again, with its words and files, and the message is gone; a removed text is not brought back.
 */
import type { AccountId, ConversationId, MessageId, Millis, OutboxId } from "../../shared/domain.ts";
import type { ReadDb, WriteDb } from "./connection.ts";
import { recountUnread } from "./conversations-repo.ts";
import type { FollowWork, SendReceipt } from "./inputs.ts";
import { returnSentFiles } from "./sent-files.ts";

/** The one to ask about first; null: none. Those the thread lists by now need no asking. */
export const nextFollow = (db: ReadDb, { accountId }: { accountId: AccountId }): FollowWork | null =>
  db.get<FollowWork>(
    `SELECT o.id, o.conversation_id AS conversationId, o.follow, o.follow_at AS dueAt, o.sent_at AS sentAt
     FROM outbox o JOIN messages m ON m.id = o.settled_message_id AND m.provisional = 1
     WHERE o.account_id = ? AND o.follow IS NOT NULL AND o.state = 'sent' ORDER BY o.follow_at LIMIT 1`,
    accountId,
  ) ?? null;

export interface SettleFollow {
  readonly id: OutboxId;
  /** Null: still not decided. */
  readonly outcome: SendReceipt | "failed" | null;
  /** When to ask again; null: no more. */
  readonly askAt: Millis | null;
}

export function settleFollow(db: WriteDb, { id, outcome, askAt }: SettleFollow): void {
  db.transaction(() => {
    if (outcome === null) {
      db.run("UPDATE outbox SET follow_at = ?1, follow = iif(?1 IS NULL, NULL, follow) WHERE id = ?2", askAt, id);
      return;
    }
    const message = db.get<Provisional>(
      `SELECT m.id, m.conversation_id, m.body, m.media_urls, m.created_at FROM outbox o
       JOIN messages m ON m.id = o.settled_message_id AND m.provisional = 1 WHERE o.id = ? AND o.follow IS NOT NULL`,
      id,
    );
    db.run("UPDATE outbox SET follow = NULL, follow_at = NULL WHERE id = ?", id);
    if (message === undefined) return;
    if (outcome === "failed") takeBack(db, id, message);
    else confirm(db, message, outcome);
  });
}

interface Provisional {
  readonly id: MessageId;
  readonly conversation_id: ConversationId;
  readonly body: string | null;
  readonly media_urls: string | null;
  readonly created_at: Millis;
}

function confirm(db: WriteDb, message: Provisional, receipt: SendReceipt): void {
  db.run("UPDATE messages SET status = ? WHERE id = ?", receipt.status, message.id);
  db.run(
    `UPDATE messages SET remote_id = ?1 WHERE id = ?2 AND NOT EXISTS (
       SELECT 1 FROM messages o WHERE o.conversation_id = ?3 AND o.remote_id = ?1)`,
    receipt.remoteId,
    message.id,
    message.conversation_id,
  );
}

function takeBack(db: WriteDb, id: OutboxId, message: Provisional): void {
  if (message.body === null && message.media_urls === null) db.run("DELETE FROM outbox WHERE id = ?", id);
  else {
    returnSentFiles(db, message.id, id);
    db.run(
      `UPDATE outbox SET state = 'failed', text = ?, error_code = 'rejected', error_detail = ?, settled_message_id = NULL
       WHERE id = ?`,
      message.body ?? "",
      JSON.stringify({ reason: "FAILED" }),
      id,
    );
  }
  db.run("DELETE FROM messages WHERE id = ?", message.id);
  // The row of the list showed it: what came before it is the last word again.
  db.run(
    `UPDATE conversations AS c SET last_message_at = m.created_at, last_direction = m.direction,
       preview = CASE WHEN r.at IS NULL THEN iif(m.body_state = 'missing', NULL, coalesce(m.body, '')) END,
       preview_redacted_at = r.at, preview_redacted_by = r.by, preview_removed_at = r.removed_here_at
     FROM messages m LEFT JOIN redactions r ON r.conversation_id = m.conversation_id AND r.remote_id = m.remote_id
     WHERE c.id = ?1 AND c.last_message_at = ?2 AND m.id = (SELECT id FROM messages WHERE conversation_id = ?1
       ORDER BY created_at DESC, id DESC LIMIT 1)`,
    message.conversation_id,
    message.created_at,
  );
  recountUnread(db, message.conversation_id);
}
