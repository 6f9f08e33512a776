/**
 * The store's work in SQL, timed: ours through the app's own functions, `node:sqlite` plainly.
 *
 * `{ folder, rivalsDir, messages, store }`. Each answers with the same four rows of times, in ms.
 */
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { DatabaseSync } from "node:sqlite";
import type { AccountId, ConversationId } from "../../../shared/domain.ts";
import { purge } from "../../../electron/db/purge.ts";
import { enforceRetention } from "../../../electron/db/retention-repo.ts";
import { threadPage } from "../../../electron/db/thread-repo.ts";
import { input, output } from "../work/job.ts";
import {
  BENCH_KEY,
  addAccount,
  bareSearch,
  commitWholeList,
  commitWholeThread,
  createWorld,
  openDatabase,
  threadItems,
} from "../world.ts";
import { OPENS, PAGE_OF_THREAD, REDACT_SHARE, RESULTS, batchesOf, rowsOf, searchesOf } from "./workload.ts";

const { folder, messages, store } = input<{ folder: string; messages: number; store: "ours" | "node-sqlite" }>();
const NEWEST_AT = 1_795_000_000_000;
const times = { ingest: [] as number[], open: [] as number[], search: [] as number[], redact: [] as number[] };
const timed = <T>(into: number[], work: () => T): T => {
  const startedAt = performance.now();
  const value = work();
  into.push(performance.now() - startedAt);
  return value;
};

const rows = rowsOf(messages);
const threads = rows.at(-1)!.thread + 1;

function runOurs(): void {
  const db = openDatabase({ path: join(folder, "ours.db"), key: BENCH_KEY });
  const world = createWorld({ conversations: threads, newestAt: NEWEST_AT });
  const accountId: AccountId = db.transaction(() => {
    const id = addAccount(db, "http://127.0.0.1:9", NEWEST_AT);
    commitWholeList(db, id, world, NEWEST_AT);
    return id;
  });
  const ids = Array.from(
    { length: threads },
    (_, index) =>
      db.get<{ id: ConversationId }>("SELECT id FROM conversations WHERE remote_id = ?", world.get(index).id)!.id,
  );
  const template = threadItems(world, 0)[0]!;
  for (const batch of batchesOf(rows)) {
    const items = batch.map((row) => ({
      ...template,
      remoteId: row.id,
      direction: row.inbound ? ("inbound" as const) : ("outbound" as const),
      body: row.body,
      createdAt: row.at,
    }));
    timed(times.ingest, () => commitWholeThread(db, accountId, ids[batch[0]!.thread]!, items, NEWEST_AT));
  }
  for (let turn = 0; turn < OPENS; turn += 1) {
    const conversationId = ids[(turn * 7) % threads]!;
    timed(times.open, () => threadPage(db, { conversationId, before: null, limit: PAGE_OF_THREAD }));
  }
  const newestAt = Math.max(...rows.map(({ at }) => at));
  for (const word of searchesOf()) {
    timed(times.search, () => bareSearch(db, [word], { newestAt, limit: RESULTS }));
  }
  const count = Math.ceil(rows.length * REDACT_SHARE);
  const cutoff =
    db.get<{ at: number }>(
      "SELECT created_at AS at FROM messages WHERE body IS NOT NULL ORDER BY created_at LIMIT 1 OFFSET ?",
      count,
    )?.at ?? NEWEST_AT;
  timed(times.redact, () => {
    while (enforceRetention(db, { accountId, windowMs: 1, cutoff, now: NEWEST_AT }).more);
    if (!purge(db, { now: NEWEST_AT }).done) throw new Error("the purge is not done");
  });
  db.close();
}

function runNodeSqlite(): void {
  const db = new DatabaseSync(join(folder, "plain.db"));
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    CREATE TABLE messages (id INTEGER PRIMARY KEY, thread INTEGER, remote_id TEXT, inbound INTEGER, body TEXT, at INTEGER,
      UNIQUE (thread, remote_id));
    CREATE INDEX in_thread ON messages (thread, at);
    CREATE VIRTUAL TABLE fts USING fts5 (body, content = 'messages', content_rowid = 'id', prefix = '1 2 3');
    CREATE TRIGGER a AFTER INSERT ON messages BEGIN INSERT INTO fts (rowid, body) VALUES (new.id, new.body); END;
    CREATE TRIGGER b AFTER UPDATE OF body ON messages BEGIN
      INSERT INTO fts (fts, rowid, body) VALUES ('delete', old.id, old.body); END;`);
  const insert = db.prepare("INSERT INTO messages (thread, remote_id, inbound, body, at) VALUES (?, ?, ?, ?, ?)");
  for (const batch of batchesOf(rows)) {
    timed(times.ingest, () => {
      db.exec("BEGIN IMMEDIATE");
      for (const row of batch) insert.run(row.thread, row.id, row.inbound ? 1 : 0, row.body, row.at);
      db.exec("COMMIT");
    });
  }
  const open = db.prepare("SELECT * FROM messages WHERE thread = ? ORDER BY at DESC LIMIT ?");
  for (let turn = 0; turn < OPENS; turn += 1) timed(times.open, () => open.all((turn * 7) % threads, PAGE_OF_THREAD));
  const search = db.prepare(
    "SELECT m.id, m.thread, m.body FROM fts f JOIN messages m ON m.id = f.rowid WHERE fts MATCH ? ORDER BY f.rowid DESC LIMIT ?",
  );
  for (const word of searchesOf()) timed(times.search, () => search.all(`"${word}"*`, RESULTS));
  const count = Math.ceil(rows.length * REDACT_SHARE);
  timed(times.redact, () => {
    db.exec("BEGIN IMMEDIATE");
    db.prepare("UPDATE messages SET body = NULL WHERE id IN (SELECT id FROM messages ORDER BY at LIMIT ?)").run(count);
    db.exec("COMMIT");
  });
  db.close();
}

if (store === "ours") runOurs();
else runNodeSqlite();
output(times);
