/**
 * Saves the person's own words out of a damaged cache: drafts, and replies that were not sent.
 *
 * Everything else comes back by sync. Best effort by nature: a table that cannot be read is skipped. Invariant:
 * what was saved is kept until the conversation it belongs to reappears, and then given back once.
 */
import Database from "better-sqlite3";
import type { ConversationId, Millis } from "../../shared/domain.ts";
import type { WriteDb } from "./connection.ts";
import type { OpenOptions } from "./database.ts";

export interface Salvaged {
  readonly accountUid: string;
  readonly conversationRemoteId: string;
  readonly kind: "draft" | "outbox";
  /** JSON: `{text}` of a draft; `{key, tag, from, to, text, state, createdAt, sentAt}` of a reply. */
  readonly payload: string;
}

const OF = "JOIN conversations c ON c.id = x.conversation_id JOIN accounts a ON a.id = c.account_id";
const QUERIES = [
  `SELECT a.uid AS accountUid, c.remote_id AS conversationRemoteId, 'draft' AS kind,
     json_object('text', x.text) AS payload FROM drafts x ${OF}`,
  `SELECT a.uid AS accountUid, c.remote_id AS conversationRemoteId, 'outbox' AS kind,
     json_object('key', x.key, 'tag', x.tag, 'from', x.from_number, 'to', x.to_number, 'text', x.text,
       'state', x.state, 'createdAt', x.created_at, 'sentAt', x.sent_at) AS payload
     FROM outbox x ${OF} WHERE x.state <> 'sent'`,
  `SELECT account_uid AS accountUid, conversation_remote_id AS conversationRemoteId, kind, payload FROM salvage`,
];

export function readSalvage({ path, key }: OpenOptions): Salvaged[] {
  let database: Database.Database | null = null;
  try {
    database = new Database(path, { readonly: true });
    if (key !== null) {
      database.pragma("cipher = 'chacha20'");
      database.pragma(`key = "raw:${Buffer.from(key).toString("hex")}"`);
    }
    const opened = database;
    return QUERIES.flatMap((sql) => readRows(opened, sql));
  } catch {
    // Not a database at all, or not with this key: nothing can be saved, the file itself is kept.
    return [];
  } finally {
    database?.close();
  }
}

/** Row by row: a damaged page costs the rows behind it, not those before. */
function readRows(database: Database.Database, sql: string): Salvaged[] {
  const rows: Salvaged[] = [];
  try {
    for (const row of database.prepare(sql).iterate()) rows.push(row as Salvaged);
  } catch {
    return rows;
  }
  return rows;
}

export function writeSalvage(db: WriteDb, salvaged: readonly Salvaged[]): void {
  db.transaction(() => {
    for (const { accountUid, conversationRemoteId, kind, payload } of salvaged) {
      db.run(
        "INSERT INTO salvage (account_uid, conversation_remote_id, kind, payload) VALUES (?, ?, ?, ?)",
        accountUid,
        conversationRemoteId,
        kind,
        payload,
      );
    }
  });
}

/** Gives a conversation that has reappeared its draft and replies back. Part of the caller's transaction. */
export function reattachSalvage(
  db: WriteDb,
  conversation: { id: ConversationId; accountId: number; remoteId: string },
  now: Millis,
): void {
  const rows = db.all<{ id: number; kind: string; payload: string }>(
    `SELECT s.id, s.kind, s.payload FROM salvage s JOIN accounts a ON a.uid = s.account_uid
     WHERE a.id = ? AND s.conversation_remote_id = ? ORDER BY s.id`,
    conversation.accountId,
    conversation.remoteId,
  );
  for (const { id, kind, payload } of rows) {
    const saved = JSON.parse(payload) as Record<string, string | number | null>;
    if (kind === "draft") {
      db.run(
        "INSERT INTO drafts (conversation_id, text, saved_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        conversation.id,
        String(saved["text"]),
        now,
      );
    } else {
      // What was on its way when the file broke may have arrived: it is looked up, never just sent.
      const state = saved["state"] === "sending" ? "unknown" : String(saved["state"]);
      db.run(
        `INSERT INTO outbox (account_id, conversation_id, key, tag, from_number, to_number, text, state, created_at, sent_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
        conversation.accountId,
        conversation.id,
        String(saved["key"]),
        String(saved["tag"]),
        String(saved["from"]),
        String(saved["to"]),
        String(saved["text"]),
        state,
        Number(saved["createdAt"]),
        saved["sentAt"] === null ? null : Number(saved["sentAt"]),
      );
    }
    db.run("DELETE FROM salvage WHERE id = ?", id);
  }
}
