/**
 * Reading and marking conversations for the list. Writing what a provider says is `conversation-commit.ts`.
 */
import type { AccountId, Conversation, ConversationId, Millis, NumberId, View } from "../../shared/domain.ts";
import { VIEWS } from "../../shared/views.ts";
import type { ConversationWindow, ViewCounts } from "../../shared/ipc.ts";
import type { ReadDb, WriteDb } from "./connection.ts";
import { CONVERSATION_COLUMNS, CONVERSATION_JOINS, toConversation } from "./rows.ts";
import type { ConversationRow } from "./rows.ts";

export interface ViewQuery {
  readonly view: View;
  readonly accountId: AccountId | null;
  readonly numberId: NumberId | null;
}

export interface WindowQuery extends ViewQuery {
  readonly offset: number;
  readonly limit: number;
  readonly keepId: ConversationId | null;
}

/** Accounts on their way out are not shown. */
const VISIBLE = "account_id NOT IN (SELECT id FROM accounts WHERE state = 'removing')";

interface ViewSql {
  readonly where: string;
  /** The columns that order the view, all in one direction; each view has an index over them. */
  readonly keys: readonly string[];
  readonly direction: "ASC" | "DESC";
}

const NEWEST = { keys: ["pinned", "last_message_at", "id"], direction: "DESC" } as const;
const VIEW_SQL: Readonly<Record<View, ViewSql>> = {
  all: { where: "place = 'open'", ...NEWEST },
  needs_reply: { where: "waiting_since IS NOT NULL", keys: ["waiting_since", "id"], direction: "ASC" },
  unread: { where: "unread_count > 0", ...NEWEST },
  snoozed: { where: "wakes_at IS NOT NULL", keys: ["wakes_at", "id"], direction: "ASC" },
  done: { where: "place = 'done'", ...NEWEST },
};

function scoped({ view, accountId, numberId }: ViewQuery): { where: string; values: number[]; order: string } {
  const { where, keys, direction } = VIEW_SQL[view];
  // The small views have one index each, in their own order: the plus keeps SQLite from another one and a sort.
  const isPlace = view === "all" || view === "done";
  const conditions = [where, VISIBLE];
  const values: number[] = [];
  if (numberId !== null) {
    conditions.push(isPlace ? "phone_number_id = ?" : "+phone_number_id = ?");
    values.push(numberId);
  }
  if (accountId !== null) {
    conditions.push(isPlace && numberId === null ? "account_id = ?" : "+account_id = ?");
    values.push(accountId);
  }
  return { where: conditions.join(" AND "), values, order: keys.map((key) => `${key} ${direction}`).join(", ") };
}

/** The page of ids comes off an index; only its rows are joined. */
export function conversationWindow(db: ReadDb, query: WindowQuery): ConversationWindow {
  const { offset, limit, keepId } = query;
  const { where, values, order } = scoped(query);
  const { keys, direction } = VIEW_SQL[query.view];
  const total = db.get<{ n: number }>(`SELECT count(*) AS n FROM conversations WHERE ${where}`, ...values)?.n ?? 0;
  const rows = db.all<ConversationRow>(
    `SELECT ${CONVERSATION_COLUMNS}
     FROM (SELECT id FROM conversations WHERE ${where} ORDER BY ${order} LIMIT ? OFFSET ?) page
     JOIN conversations c ON c.id = page.id ${CONVERSATION_JOINS}
     ORDER BY ${keys.map((key) => `c.${key} ${direction}`).join(", ")}`,
    ...values,
    limit,
    offset,
  );
  return {
    total,
    offset,
    rows: rows.map(toConversation),
    keepIndex: keepId === null ? null : indexOf(db, query, keepId),
  };
}

function indexOf(db: ReadDb, query: ViewQuery, id: ConversationId): number | null {
  const { where, values } = scoped(query);
  const { keys, direction } = VIEW_SQL[query.view];
  const kept = db.get<Record<string, number>>(
    `SELECT ${keys.join(", ")} FROM conversations WHERE ${where} AND id = ?`,
    ...values,
    id,
  );
  if (kept === undefined) return null;
  const ahead = db.get<{ n: number }>(
    `SELECT count(*) AS n FROM conversations
     WHERE ${where} AND (${keys.join(", ")}) ${direction === "DESC" ? ">" : "<"} (${keys.map(() => "?").join(", ")})`,
    ...values,
    ...keys.map((key) => kept[key] ?? 0),
  );
  return ahead?.n ?? null;
}

export function conversationIds(
  db: ReadDb,
  query: ViewQuery & { readonly offset: number; readonly limit: number },
): { ids: ConversationId[] } {
  const { where, values, order } = scoped(query);
  const ids = db
    .all<{ id: ConversationId }>(
      `SELECT id FROM conversations WHERE ${where} ORDER BY ${order} LIMIT ? OFFSET ?`,
      ...values,
      query.limit,
      query.offset,
    )
    .map(({ id }) => id);
  return { ids };
}

/** Every view's size for each own number: the one source of every count in the window. */
export function viewCounts(db: ReadDb): ViewCounts[] {
  const columns = VIEWS.map(
    (view) =>
      `(SELECT count(*) FROM conversations WHERE phone_number_id = n.id AND ${VIEW_SQL[view].where}) AS "${view}"`,
  );
  const rows = db.all<
    Record<View, number> & { accountId: AccountId; numberId: NumberId; number: string; label: string | null }
  >(
    `SELECT n.account_id AS accountId, n.id AS numberId, n.number, n.label, ${columns.join(", ")}
     FROM phone_numbers n JOIN accounts a ON a.id = n.account_id WHERE a.state <> 'removing'
     ORDER BY n.account_id, n.label IS NULL, n.label, n.number`,
  );
  return rows.map(({ accountId, numberId, number, label, ...views }) => ({
    accountId,
    numberId,
    number,
    label,
    views,
  }));
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

/** Inbound messages later than this are unread; null: none is. */
export function unreadSince(db: ReadDb, { id }: { id: ConversationId }): { unreadSince: Millis | null } {
  const row = db.get<{ read_to: Millis }>("SELECT read_to FROM conversations WHERE id = ? AND unread_count > 0", id);
  return { unreadSince: row?.read_to ?? null };
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
