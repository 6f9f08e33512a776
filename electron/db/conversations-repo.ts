/**
 * Reading and marking conversations for the list. Writing what a provider says is `conversation-commit.ts`.
 */
import type { AccountId, Conversation, ConversationId, Millis } from "../../shared/domain.ts";
import type { ConversationWindow } from "../../shared/ipc.ts";
import type { ReadDb, WriteDb } from "./connection.ts";
import { CONVERSATION_COLUMNS, CONVERSATION_JOINS, toConversation } from "./rows.ts";
import type { ConversationRow } from "./rows.ts";

export interface WindowQuery {
  readonly accountId: AccountId | null;
  readonly offset: number;
  readonly limit: number;
  readonly keepId: ConversationId | null;
}

/** Accounts on their way out are not shown. */
const VISIBLE = "account_id NOT IN (SELECT id FROM accounts WHERE state = 'removing')";

/** Newest first, ties by id. The page of ids comes off an index; only its rows are joined. */
export function conversationWindow(db: ReadDb, { accountId, offset, limit, keepId }: WindowQuery): ConversationWindow {
  const where = accountId === null ? VISIBLE : `${VISIBLE} AND account_id = ?`;
  const scope = accountId === null ? [] : [accountId];
  const total = db.get<{ n: number }>(`SELECT count(*) AS n FROM conversations WHERE ${where}`, ...scope)?.n ?? 0;
  const rows = db.all<ConversationRow>(
    `SELECT ${CONVERSATION_COLUMNS}
     FROM (SELECT id FROM conversations WHERE ${where} ORDER BY last_message_at DESC, id DESC LIMIT ? OFFSET ?) page
     JOIN conversations c ON c.id = page.id ${CONVERSATION_JOINS}
     ORDER BY c.last_message_at DESC, c.id DESC`,
    ...scope,
    limit,
    offset,
  );
  return {
    total,
    offset,
    rows: rows.map(toConversation),
    keepIndex: keepId === null ? null : indexOf(db, where, scope, keepId),
  };
}

function indexOf(db: ReadDb, where: string, scope: number[], id: ConversationId): number | null {
  const kept = db.get<{ last_message_at: number }>(
    `SELECT last_message_at FROM conversations WHERE ${where} AND id = ?`,
    ...scope,
    id,
  );
  if (kept === undefined) return null;
  const ahead = db.get<{ n: number }>(
    `SELECT count(*) AS n FROM conversations WHERE ${where} AND (last_message_at, id) > (?, ?)`,
    ...scope,
    kept.last_message_at,
    id,
  );
  return ahead?.n ?? null;
}

export function findConversation(db: ReadDb, { id }: { id: ConversationId }): Conversation | null {
  const row = db.get<ConversationRow>(
    `SELECT ${CONVERSATION_COLUMNS} FROM conversations c ${CONVERSATION_JOINS} WHERE c.id = ? AND a.state <> 'removing'`,
    id,
  );
  return row === undefined ? null : toConversation(row);
}

/** Conversations with unread messages, per account: the one count behind list, badge and tray. */
export function unreadByAccount(db: ReadDb): { accountId: AccountId; unread: number }[] {
  return db.all<{ accountId: AccountId; unread: number }>(
    `SELECT a.id AS accountId,
       (SELECT count(*) FROM conversations c WHERE c.account_id = a.id AND c.unread_count > 0) AS unread
     FROM accounts a WHERE a.state <> 'removing' ORDER BY a.id`,
  );
}

/** Returns whether anything was unread. The mark also covers messages that are not fetched yet. */
export function markRead(db: WriteDb, { id }: { id: ConversationId; now: Millis }): boolean {
  const { changes } = db.run(
    `UPDATE conversations SET unread_count = 0, read_to = max(read_to, last_message_at,
       coalesce((SELECT max(created_at) FROM messages WHERE conversation_id = conversations.id), 0))
     WHERE id = ? AND unread_count > 0`,
    id,
  );
  return changes > 0;
}

/** Recounts a conversation's unread messages from what is held and what the list says. Part of a transaction. */
export function recountUnread(db: WriteDb, id: ConversationId): void {
  db.run(
    `UPDATE conversations AS c SET unread_count = max(
       (SELECT count(*) FROM messages m
        WHERE m.conversation_id = c.id AND m.direction = 'inbound' AND m.created_at > c.read_to),
       CASE WHEN c.last_direction = 'inbound' AND c.last_message_at > c.read_to THEN 1 ELSE 0 END)
     WHERE c.id = ?`,
    id,
  );
}
