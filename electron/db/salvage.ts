/**
 * Saves what is the person's own out of a damaged cache: drafts, replies that were not sent, settings.
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

export interface Salvage {
  readonly words: readonly Salvaged[];
  readonly settings: readonly { readonly key: string; readonly value: string }[];
}

export function readSalvage({ path, key }: OpenOptions): Salvage {
  let database: Database.Database | null = null;
  try {
    database = new Database(path, { readonly: true });
    if (key !== null) {
      database.pragma("cipher = 'chacha20'");
      database.pragma(`key = "raw:${Buffer.from(key).toString("hex")}"`);
    }
    const opened = database;
    return {
      words: QUERIES.flatMap((sql) => readRows<Salvaged>(opened, sql)),
      settings: readRows(opened, "SELECT key, value FROM settings"),
    };
  } catch {
    // Not a database at all, or not with this key: nothing can be saved, the file itself is kept.
    return { words: [], settings: [] };
  } finally {
    database?.close();
  }
}

/** Row by row: a damaged page costs the rows behind it, not those before. */
function readRows<R>(database: Database.Database, sql: string): R[] {
  const rows: R[] = [];
  try {
    for (const row of database.prepare(sql).iterate()) rows.push(row as R);
  } catch {
    return rows;
  }
  return rows;
}

export function writeSalvage(db: WriteDb, { words, settings }: Salvage): void {
  db.transaction(() => {
    for (const { key, value } of settings) {
      db.run("INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT DO NOTHING", key, value);
    }
    for (const { accountUid, conversationRemoteId, kind, payload } of words) {
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
      // A damaged file's last word may be an old one: what it calls queued may have been sent since. So it is
      // looked up, never just sent; a look needs a moment to look around.
      const state = saved["state"] === "failed" ? "failed" : "unknown";
      const sentAt = Number(saved["sentAt"] ?? saved["createdAt"]);
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
        sentAt,
      );
    }
    db.run("DELETE FROM salvage WHERE id = ?", id);
  }
}
