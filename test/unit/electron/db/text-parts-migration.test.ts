/** Migration 100 on a cache of before: every text found again, none of the old index's words left, whole or not at all. */
import { existsSync, readFileSync } from "node:fs";
import Database from "better-sqlite3";
import { beforeEach, describe, expect, it } from "vitest";
import { connect } from "../../../../electron/db/connection.ts";
import type { WriteDb } from "../../../../electron/db/connection.ts";
import { APPLICATION_ID, openDatabase } from "../../../../electron/db/database.ts";
import { migrate, schemaVersion } from "../../../../electron/db/migrate.ts";
import type { MigrationProgress } from "../../../../electron/db/migrate.ts";
import { MIGRATIONS } from "../../../../electron/db/migrations/index.ts";
import { purge, purgePending } from "../../../../electron/db/purge.ts";
import { allHits, partOf } from "../../../../electron/db/text-parts.ts";
import { writeOldCache } from "../../../helpers/old-cache.ts";
import { T0, TEST_KEY, checkIndexes, makeTempFolder } from "../../../helpers/test-database.ts";

const TEXTS = 400;
const BEFORE = MIGRATIONS.filter(({ version }) => version < 100);
const OVER_THREE_MONTHS = 91 * 86_400_000;
const sentAt = (index: number) => T0 - Math.round((index * OVER_THREE_MONTHS) / TEXTS);
const isRemoved = (index: number) => index % 50 === 3;
const word = (index: number) => `zebra${index}quartz`;

let folder: ReturnType<typeof makeTempFolder>;
beforeEach(() => {
  folder = makeTempFolder();
  return () => folder.remove();
});

/** As an app of before left it: plain, so that its bytes can be searched; some texts gone, their words still in the index. */
function oldCache(): WriteDb {
  const database = new Database(folder.dbPath);
  for (const pragma of ["journal_mode = WAL", "secure_delete = ON", `application_id = ${APPLICATION_ID}`]) {
    database.pragma(pragma);
  }
  const db = connect(database);
  migrate(db, BEFORE);
  db.exec(`
    INSERT INTO accounts (uid, provider, name, base_url, is_sample, created_at) VALUES ('a', 'quo', 'A', 'https://a.test', 0, 1);
    INSERT INTO phone_numbers (account_id, number) VALUES (1, '+15550000001');
    INSERT INTO contacts (account_id, number, provider_name) VALUES (1, '+15559990001', 'Anna');
    INSERT INTO conversations (account_id, remote_id, phone_number_id, contact_id, last_message_at, raised_at, consent,
      unread_count, read_to, swept_at) VALUES (1, 'c', 1, 1, ${T0}, 0, 'unknown', 0, 0, 0);`);
  for (let index = 0; index < TEXTS; index += 1) {
    db.run(
      `INSERT INTO messages (conversation_id, remote_id, direction, body, body_state, media_count, channel, status, created_at, seen_at)
       VALUES (1, ?, 'inbound', ?, 'text', 0, 'sms', 'received', ?, 0)`,
      `m${index}`,
      `Dear ${word(index)}, see you`,
      sentAt(index),
    );
  }
  for (let index = 0; index < TEXTS; index += 1) {
    if (isRemoved(index)) {
      db.run("UPDATE messages SET body = NULL, body_state = 'redacted' WHERE remote_id = ?", `m${index}`);
    }
  }
  return db;
}

const all = Array.from({ length: TEXTS }, (_, index) => index);

function wordsOnDisk(): number[] {
  const raw = ["", "-wal", "-shm"]
    .map((suffix) => folder.dbPath + suffix)
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path).toString("latin1"))
    .join("\n");
  return all.filter((index) => raw.includes(`${index}quartz`) && raw.includes(word(index)));
}

describe("a cache of before migration 100", () => {
  it("has every text in the part of its time, and no other", () => {
    oldCache().close();
    const db = openDatabase({ path: folder.dbPath, key: null });
    checkIndexes(db);
    const kept = all.filter((index) => !isRemoved(index));
    expect(allHits(db, '"zebra"*')).toHaveLength(kept.length);
    for (const index of [0, 57, 211, 399]) expect(allHits(db, `"${word(index)}"`), word(index)).toEqual([index + 1]);
    const rows = db.all<{ part: number; at: number }>("SELECT part, created_at AS at FROM messages");
    expect(rows.every(({ part, at }) => part === partOf(at))).toBe(true);
    expect(new Set(rows.map(({ part }) => part)).size).toBe(32);
    db.close();
  });

  it("holds no word of a text removed before, once it is purged", () => {
    oldCache().close();
    expect(wordsOnDisk().some(isRemoved)).toBe(true);
    const db = openDatabase({ path: folder.dbPath, key: null });
    expect(purgePending(db)).toBe(true);
    expect(purge(db, { now: T0 })).toEqual({ done: true });
    expect(wordsOnDisk()).toEqual(all.filter((index) => !isRemoved(index)));
    db.close();
  });

  it("stays as it was when the migration stops half-way, and is moved on the next start", () => {
    const db = oldCache();
    const broken = MIGRATIONS.map((one) =>
      one.version === 100
        ? { ...one, messages: { ...one.messages!, after: "INSERT INTO no_such_table VALUES (1);" } }
        : one,
    );
    expect(() => migrate(db, broken)).toThrow("SQLITE_ERROR");
    expect(schemaVersion(db)).toBe(BEFORE.at(-1)?.version);
    expect(db.get("SELECT count(*) AS n FROM messages_fts WHERE messages_fts MATCH 'zebra57quartz'")).toEqual({ n: 1 });
    db.close();
    const again = openDatabase({ path: folder.dbPath, key: null });
    expect(allHits(again, '"zebra57quartz"')).toEqual([58]);
    again.close();
  });

  it("says how far it is, and files every text of a cache that takes several parts once", () => {
    const texts = 45_000;
    writeOldCache(folder.dbPath, TEST_KEY, texts);
    const told: MigrationProgress[] = [];
    const db = openDatabase({ path: folder.dbPath, key: TEST_KEY, onMigration: (progress) => told.push(progress) });
    expect(told).toEqual([0, 20_000, 40_000, texts].map((done) => ({ done, total: texts })));
    checkIndexes(db);
    expect(allHits(db, '"see"')).toHaveLength(texts);
    for (const index of [0, 19_999, 20_000, 44_999]) expect(allHits(db, `"${word(index)}"`)).toEqual([index + 1]);
    db.close();
    told.length = 0;
    openDatabase({ path: folder.dbPath, key: TEST_KEY, onMigration: (progress) => told.push(progress) }).close();
    expect(told).toEqual([]);
  });

  it("counts a text once for each migration that goes through all of them", () => {
    const database = new Database(":memory:");
    const db = connect(database);
    const until = (version: number) => MIGRATIONS.filter((one) => one.version <= version);
    migrate(db, until(40));
    db.exec(`
      INSERT INTO accounts (uid, provider, name, base_url, is_sample, created_at) VALUES ('a', 'quo', 'A', 'https://a.test', 0, 1);
      INSERT INTO phone_numbers (account_id, number) VALUES (1, '+15550000001');
      INSERT INTO contacts (account_id, number) VALUES (1, '+15559990001');
      INSERT INTO conversations (account_id, remote_id, phone_number_id, contact_id, last_message_at, raised_at, consent,
        unread_count, read_to, swept_at) VALUES (1, 'c', 1, 1, ${T0}, 0, 'unknown', 0, 0, 0);
      INSERT INTO messages (conversation_id, remote_id, direction, body, body_state, media_count, channel, status, created_at, seen_at)
        VALUES (1, 'm', 'inbound', 'crème brûlée', 'text', 0, 'sms', 'received', ${T0}, 0);`);
    const told: number[] = [];
    migrate(db, MIGRATIONS, ({ done, total }) => told.push(done / total));
    expect(told).toEqual([0, 0.5, 0.5, 1]);
    expect(allHits(db, '"creme"')).toEqual([1]);
    db.close();
  });

  it("finds texts of before 1970 and of far ahead in their parts too", () => {
    const db = oldCache();
    for (const [index, at] of [-1, -(2 ** 31) * 1_000, 0, 8.64e15].entries()) {
      db.run("UPDATE messages SET created_at = ? WHERE remote_id = ?", at, `m${index}`);
    }
    db.close();
    const moved = openDatabase({ path: folder.dbPath, key: null });
    const rows = moved.all<{ part: number; at: number }>("SELECT part, created_at AS at FROM messages");
    expect(rows.filter(({ part, at }) => part !== partOf(at))).toEqual([]);
    checkIndexes(moved);
    moved.close();
  });
});
