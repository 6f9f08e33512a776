/**
 * Saves what only this device has, out of a damaged cache or across a rebuild: drafts, replies that were not sent, their files,
 * tombstones, consent history, opt-outs marked here, decisions about conversations, names and notes given here, a typed retention window, settings.
 *
 * Everything else comes back by sync. Best effort by nature for a damaged file: a table that cannot be read is
 * skipped. What was saved waits in a table of its own; `salvage-return.ts` gives it back.
 */
import Database from "better-sqlite3";
import type { AccountId, ConversationId, Millis } from "../../shared/domain.ts";
import type { WriteDb } from "./connection.ts";
import type { OpenOptions } from "./database.ts";

/** `outbox` is a reply out of a damaged file, `reply` one out of a sound one; the last two belong to the account. */
export type SalvageKind =
  "draft" | "outbox" | "reply" | "tombstone" | "consent" | "triage" | "retention" | "name" | "note" | "opt_out";

export interface Salvaged {
  readonly accountUid: string;
  /** Empty for what belongs to the account. */
  readonly conversationRemoteId: string;
  readonly kind: SalvageKind;
  /** JSON, as the queries below make it. */
  readonly payload: string;
}

const OF = "JOIN conversations c ON c.id = x.conversation_id JOIN accounts a ON a.id = c.account_id";
const REPLY = `json_object('key', x.key, 'tag', x.tag, 'from', x.from_number, 'to', x.to_number, 'text', x.text,
  'state', x.state, 'createdAt', x.created_at, 'sentAt', x.sent_at, 'errorCode', x.error_code,
  'errorDetail', x.error_detail, 'attempts', x.attempts, 'notBefore', x.not_before)`;
const TOMBSTONE = "json_object('id', x.remote_id, 'by', x.by, 'at', x.at, 'removedHereAt', x.removed_here_at)";
const CONSENT = "json_object('consent', x.consent, 'since', x.since, 'observedAt', x.observed_at, 'source', x.source)";

const select = (kind: SalvageKind, payload: string, from: string) =>
  `SELECT a.uid AS accountUid, c.remote_id AS conversationRemoteId, '${kind}' AS kind, ${payload} AS payload
   FROM ${from} x ${OF}`;
const DECIDED = `x.done_at IS NOT NULL OR x.snoozed_until IS NOT NULL OR x.snoozed_until_reply = 1
  OR x.pinned_at IS NOT NULL`;
const OF_CONVERSATIONS = [
  `SELECT a.uid AS accountUid, x.remote_id AS conversationRemoteId, 'triage' AS kind,
     json_object('doneAt', x.done_at, 'snoozedUntil', x.snoozed_until, 'untilReply', x.snoozed_until_reply,
       'putAwayTo', x.put_away_to, 'pinnedAt', x.pinned_at) AS payload
     FROM (SELECT * FROM conversations x WHERE ${DECIDED}) x JOIN accounts a ON a.id = x.account_id`,
  select("draft", "json_object('text', x.text)", "drafts"),
  select("tombstone", TOMBSTONE, "redactions"),
  select("consent", CONSENT, "consent_events"),
];
const UNSENT = "x.state <> 'sent'";
const QUERIES = [
  ...OF_CONVERSATIONS,
  `${select("outbox", REPLY, "outbox")} WHERE ${UNSENT}`,
  `SELECT a.uid AS accountUid, '' AS conversationRemoteId, 'retention' AS kind,
     json_object('days', x.typed_days) AS payload
     FROM retention x JOIN accounts a ON a.id = x.account_id WHERE x.typed_days IS NOT NULL`,
  `SELECT a.uid AS accountUid, '' AS conversationRemoteId, 'name' AS kind,
     json_object('number', x.number, 'name', x.local_name) AS payload
     FROM contacts x JOIN accounts a ON a.id = x.account_id WHERE x.local_name IS NOT NULL`,
  `SELECT a.uid AS accountUid, '' AS conversationRemoteId, 'opt_out' AS kind,
     json_object('number', x.number, 'at', x.opted_out_at, 'seenTo', x.hints_seen_to) AS payload
     FROM contacts x JOIN accounts a ON a.id = x.account_id
     WHERE x.opted_out_at IS NOT NULL OR x.hints_seen_to IS NOT NULL`,
  `SELECT a.uid AS accountUid, '' AS conversationRemoteId, 'note' AS kind,
     json_object('number', k.number, 'text', x.text, 'savedAt', x.saved_at) AS payload
     FROM contact_notes x JOIN contacts k ON k.id = x.contact_id JOIN accounts a ON a.id = k.account_id`,
  `SELECT account_uid AS accountUid, conversation_remote_id AS conversationRemoteId, kind, payload FROM salvage`,
];

/** A file of a draft or of a reply that was not sent. */
export interface SalvagedFile {
  readonly accountUid: string;
  readonly conversationRemoteId: string;
  /** Null: the draft's. */
  readonly replyKey: string | null;
  readonly name: string;
  readonly contentType: string;
  readonly sizeBytes: number;
  readonly uploadedUrl: string | null;
  readonly uploadedAt: Millis | null;
  readonly bytes: Uint8Array;
}

const FILES = `SELECT a.uid AS accountUid, c.remote_id AS conversationRemoteId, o.key AS replyKey, f.name,
    f.content_type AS contentType, f.size_bytes AS sizeBytes, f.uploaded_url AS uploadedUrl, f.uploaded_at AS uploadedAt, b.bytes
  FROM attachments f JOIN attachment_blobs b ON b.attachment_id = f.id JOIN conversations c ON c.id = f.conversation_id
  JOIN accounts a ON a.id = c.account_id LEFT JOIN outbox o ON o.id = f.outbox_id WHERE f.is_parked = 0`;
const KEPT_FILES = `SELECT account_uid AS accountUid, conversation_remote_id AS conversationRemoteId, reply_key AS replyKey, name,
    content_type AS contentType, size_bytes AS sizeBytes, uploaded_url AS uploadedUrl, uploaded_at AS uploadedAt, bytes
  FROM salvage_files ORDER BY id`;
const INSERT_FILE = `INSERT INTO salvage_files (account_uid, conversation_remote_id, reply_key, name, content_type, size_bytes,
    uploaded_url, uploaded_at, bytes)`;

/** Before the rows of an account go: moves what only this device has aside. Part of the caller's transaction. */
export function stashAccount(db: WriteDb, accountId: AccountId): void {
  db.run(`${INSERT_FILE} ${FILES} AND a.id = ? ORDER BY f.id`, accountId);
  const insert = "INSERT INTO salvage (account_uid, conversation_remote_id, kind, payload)";
  for (const sql of OF_CONVERSATIONS) db.run(`${insert} ${sql} WHERE a.id = ?`, accountId);
  db.run(`${insert} ${select("reply", REPLY, "outbox")} WHERE ${UNSENT} AND a.id = ? ORDER BY x.id`, accountId);
}

/** A text the broken cache could not take any more: it becomes its conversation's draft. */
export interface LastWords {
  readonly conversationId: ConversationId;
  readonly text: string;
}

export interface Salvage {
  readonly words: readonly Salvaged[];
  readonly files: readonly SalvagedFile[];
  readonly settings: readonly { readonly key: string; readonly value: string }[];
}

export function readSalvage({ path, key }: OpenOptions, lastWords: readonly LastWords[] = []): Salvage {
  let database: Database.Database | null = null;
  try {
    database = new Database(path, { readonly: true });
    if (key !== null) {
      database.pragma("cipher = 'chacha20'");
      database.pragma(`key = "raw:${Buffer.from(key).toString("hex")}"`);
    }
    const opened = database;
    return {
      // First come, first given back: the newest words win over the draft that was saved before them.
      words: [
        ...lastWords.toReversed().flatMap((words) => asDraft(opened, words)),
        ...QUERIES.flatMap((sql) => readRows<Salvaged>(opened, sql)),
      ],
      files: [
        ...readRows<SalvagedFile>(opened, `${FILES} ORDER BY f.id`),
        ...readRows<SalvagedFile>(opened, KEPT_FILES),
      ],
      settings: readRows(opened, "SELECT key, value FROM settings"),
    };
  } catch {
    // Not a database at all, or not with this key: nothing can be saved, the file itself is kept.
    return { words: [], files: [], settings: [] };
  } finally {
    database?.close();
  }
}

function asDraft(database: Database.Database, { conversationId, text }: LastWords): Salvaged[] {
  return readRows<Salvaged>(
    database,
    `SELECT a.uid AS accountUid, c.remote_id AS conversationRemoteId, 'draft' AS kind, json_object('text', ?) AS payload
     FROM conversations c JOIN accounts a ON a.id = c.account_id WHERE c.id = ?`,
    text,
    conversationId,
  );
}

/** Row by row: a damaged page costs the rows behind it, not those before. */
function readRows<R>(database: Database.Database, sql: string, ...values: (string | number)[]): R[] {
  const rows: R[] = [];
  try {
    for (const row of database.prepare(sql).iterate(...values)) rows.push(row as R);
  } catch {
    return rows;
  }
  return rows;
}

/** Tables whose ids a window may still hold. */
const NUMBERED = ["accounts", "conversations", "messages", "outbox"];

/** Into the new file that takes a damaged one's place. */
export function writeSalvage(db: WriteDb, { words, files, settings }: Salvage, now: Millis): void {
  db.transaction(() => {
    // No id is ever given to something else: a window that still knows an old one finds nothing, not a stranger.
    for (const table of NUMBERED) {
      db.run("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", table, Math.floor(now / 1000));
    }
    for (const { key, value } of settings) {
      db.run("INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT DO NOTHING", key, value);
    }
    for (const file of files) {
      db.run(
        `${INSERT_FILE} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        file.accountUid,
        file.conversationRemoteId,
        file.replyKey,
        file.name,
        file.contentType,
        file.sizeBytes,
        file.uploadedUrl,
        file.uploadedAt,
        file.bytes,
      );
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
