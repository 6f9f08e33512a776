/** Forgetting to the last byte: raw scans of the files for texts that were removed, and the mutant that would fail. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { beforeEach, describe, expect, it } from "vitest";
import { beginAccountRemoval, deleteAccountRows } from "../../../../electron/db/accounts-repo.ts";
import type { WriteDb } from "../../../../electron/db/connection.ts";
import { openDatabase } from "../../../../electron/db/database.ts";
import { getDraft, saveDraft } from "../../../../electron/db/drafts-repo.ts";
import { enqueue } from "../../../../electron/db/outbox-repo.ts";
import { lastPurgeAt, purge, purgePending } from "../../../../electron/db/purge.ts";
import { INDEXES, partOf } from "../../../../electron/db/text-parts.ts";
import type { CommitResult } from "../../../../electron/sync/ports.ts";
import type { AccountId, ConversationId } from "../../../../shared/domain.ts";
import {
  T0,
  TEST_KEY,
  commitList,
  commitThread,
  checkIndexes,
  countHits,
  idOf,
  makeTempFolder,
  remoteConversation,
  remoteMessage,
  seedAccount,
} from "../../../helpers/test-database.ts";

const TEXTS = 3_000;
const REMOVED = 300;
/** One word per message, unlike all others, so that the index holds nearly all of its letters. */
const CANARIES = Array.from({ length: TEXTS }, (_, index) =>
  createHash("sha256").update(`canary ${index}`).digest("hex").slice(0, 24),
);
const canary = (index: number) => CANARIES[index] ?? "";
/** Spread over forty days, so that they lie in most parts of the index. */
const sentAt = (index: number) => T0 - index * 20 * 60_000;
/** Never the last message of the thread: that would make all older ones suspect. */
const isRemoved = (index: number) => index % (TEXTS / REMOVED) === 5;

let folder: ReturnType<typeof makeTempFolder>;
beforeEach(() => {
  folder = makeTempFolder();
  return () => folder.remove();
});

function fillAndRedact(db: WriteDb): void {
  const accountId = seedAccount(db);
  commitList(db, accountId, [remoteConversation({ preview: canary(0), lastMessageAt: T0 })]);
  const id = idOf(db, "conversation-1");
  const texts = Array.from({ length: TEXTS }, (_, index) =>
    remoteMessage({ remoteId: `m${index}`, body: `Dear ${canary(index)}, see you`, createdAt: sentAt(index) }),
  );
  for (let start = 0; start < TEXTS; start += 200) {
    commitThread(db, accountId, id, texts.slice(start, start + 200), { complete: start + 200 >= TEXTS });
  }
  saveDraft(db, { conversationId: id, text: `Dear ${canary(15)}, see you`, now: T0 });
  const redacted = texts
    .filter((_, index) => isRemoved(index))
    .map((item) => ({ ...item, body: null, redactedAt: T0 }));
  commitThread(db, accountId, id, redacted, { kind: "delta", startedAt: T0 + 1, now: T0 + 2 });
}

/** How many of the texts stand somewhere in the files as they are on disk now. */
function countOnDisk(indexes: readonly number[]): number {
  const raw = ["", "-wal", "-shm"]
    .map((suffix) => folder.dbPath + suffix)
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path).toString("latin1"))
    .join("\n");
  // The index stores a term without the letters it shares with the one before.
  return indexes.filter((index) => raw.includes(canary(index).slice(8))).length;
}
const all = Array.from({ length: TEXTS }, (_, index) => index);
const removed = all.filter(isRemoved);
const kept = all.filter((index) => !isRemoved(index));

describe("after 300 of 3,000 texts were redacted and purged", () => {
  it("none of them is in the files, in plain mode, with the database still open", () => {
    const db = openDatabase({ path: folder.dbPath, key: null });
    fillAndRedact(db);
    expect(countOnDisk(removed)).toBeGreaterThan(0);
    expect(purge(db, { now: T0 })).toEqual({ done: true });
    expect(countOnDisk(removed)).toBe(0);
    expect(countOnDisk(kept)).toBe(kept.length);
    expect(lastPurgeAt(db)).toBe(T0);
    expect([purgePending(db), countHits(db, canary(1)), countHits(db, canary(15))]).toEqual([false, 1, 0]);
    checkIndexes(db);
    db.close();
  });

  it("none is there in encrypted mode either, and neither are the others", () => {
    const db = openDatabase({ path: folder.dbPath, key: TEST_KEY });
    fillAndRedact(db);
    expect(purge(db, { now: T0 })).toEqual({ done: true });
    expect(countOnDisk(all)).toBe(0);
    db.close();
  });

  it("the scan would see it if the index were not merged", () => {
    const db = openDatabase({ path: folder.dbPath, key: null });
    fillAndRedact(db);
    db.get("PRAGMA wal_checkpoint(TRUNCATE)");
    expect(countOnDisk(removed)).toBeGreaterThan(0);
    db.close();
  });

  it("the scan would see it if the WAL were not truncated", () => {
    const db = openDatabase({ path: folder.dbPath, key: null });
    fillAndRedact(db);
    for (const index of INDEXES) db.run(`INSERT INTO ${index} (${index}) VALUES ('optimize')`);
    expect(countOnDisk(removed)).toBeGreaterThan(0);
    db.close();
  });
});

describe("the marks", () => {
  const marked = (db: WriteDb) =>
    db.all<{ id: number }>("SELECT id FROM index_parts WHERE state <> 0 ORDER BY id").map(({ id }) => id);
  const removedIn = (part: number) => removed.filter((index) => partOf(sentAt(index)) === part);

  it("are on the parts that held a removed text, and on no other", () => {
    const db = openDatabase({ path: folder.dbPath, key: null });
    fillAndRedact(db);
    purge(db, { now: T0 });
    expect(marked(db)).toEqual([]);
    const blocks = () =>
      INDEXES.map((index) => db.all(`SELECT id, hex(block) AS block FROM ${index}_data ORDER BY id`));
    const before = blocks();
    const [first, second] = [500, 2_400];
    db.run("UPDATE messages SET body = NULL, body_state = 'redacted' WHERE remote_id = ?", `m${first}`);
    db.run("DELETE FROM messages WHERE remote_id = ?", `m${second}`);
    // Only the date changes: the words leave the part of the old one.
    db.run("UPDATE messages SET created_at = ? WHERE remote_id = 'm1000'", sentAt(2_000));
    const touched = [first, second, 1_000].map((index) => partOf(sentAt(index))).toSorted((a, b) => a - b);
    expect(marked(db)).toEqual(touched);
    db.run("UPDATE meta SET purge_pending = 1");
    expect(purge(db, { now: T0 })).toEqual({ done: true });
    const changed = blocks().flatMap((block, index) => (isDeepStrictEqual(block, before[index]) ? [] : [index]));
    expect(changed).toEqual([...new Set([...touched, partOf(sentAt(2_000))])].toSorted((a, b) => a - b));
    checkIndexes(db);
    db.close();
  });

  it.each<[string, (marks: readonly number[]) => readonly number[]]>([
    ["one part is not marked", (marks) => [marks.find((part) => removedIn(part).length > 0) ?? 0]],
    ["only the first part is merged", (marks) => marks.slice(1)],
  ])("the scan would see it if %s", (_, forgotten) => {
    const db = openDatabase({ path: folder.dbPath, key: null });
    fillAndRedact(db);
    const lost = forgotten(marked(db));
    expect(lost.length).toBeGreaterThan(0);
    db.run("UPDATE index_parts SET state = 0 WHERE id IN (SELECT value FROM json_each(?))", JSON.stringify(lost));
    expect(purge(db, { now: T0 })).toEqual({ done: true });
    expect(countOnDisk(lost.flatMap(removedIn))).toBeGreaterThan(0);
    expect(countOnDisk(removed.filter((index) => !lost.includes(partOf(sentAt(index)))))).toBe(0);
    db.close();
  });
});

describe("a pending purge", () => {
  it("survives the end of the process", () => {
    const open = () => openDatabase({ path: folder.dbPath, key: null });
    const db = open();
    fillAndRedact(db);
    db.close();
    const again = open();
    expect(purgePending(again)).toBe(true);
    purge(again, { now: T0 });
    expect(countOnDisk(removed)).toBe(0);
    again.close();
  });

  it("is not done while a reader holds the old pages", () => {
    const db = openDatabase({ path: folder.dbPath, key: null });
    fillAndRedact(db);
    db.exec("PRAGMA busy_timeout = 1");
    const reader = openDatabase({ path: folder.dbPath, key: null });
    reader.exec("BEGIN");
    reader.get("SELECT count(*) FROM messages");
    expect(purge(db, { now: T0 })).toEqual({ done: false });
    expect(purgePending(db)).toBe(true);
    reader.exec("COMMIT");
    reader.close();
    expect(purge(db, { now: T0 })).toEqual({ done: true });
    expect(countOnDisk(removed)).toBe(0);
    db.close();
  });
});

describe("a removed account", () => {
  it("leaves no row in any table, no search term and no byte, and the other account whole", () => {
    const db = openDatabase({ path: folder.dbPath, key: null });
    const other = seedAccount(db, "account-2");
    commitList(db, other, [remoteConversation({ remoteId: "theirs" })]);
    commitThread(db, other, idOf(db, "theirs"), [remoteMessage({ body: "theirs stays" })]);
    const counts = () =>
      db
        .all<{ name: string }>(
          "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB '*fts*' AND name NOT GLOB 'texts_*' AND name NOT LIKE 'sqlite_%'",
        )
        .map(({ name }) => [name, db.get<{ n: number }>(`SELECT count(*) AS n FROM ${name}`)?.n]);
    const before = counts();
    fillAndRedact(db);
    const id = idOf(db, "conversation-1");
    const accountId = db.get<{ id: typeof other }>("SELECT id FROM accounts WHERE uid = 'account-1'")!.id;
    enqueue(db, { conversationId: id, text: canary(7), key: "k", now: T0 });
    saveDraft(db, { conversationId: id, text: canary(8), now: T0 });
    const rejected = [{ remoteId: "x", reason: "wrong", hash: "h" }];
    commitList(db, accountId, [remoteConversation({ consent: { optedIn: true, since: null } })], { rejected });
    beginAccountRemoval(db, { id: accountId });
    deleteAccountRows(db, { id: accountId });
    expect(counts()).toEqual(before);
    expect([countHits(db, canary(1)), countHits(db, "theirs")]).toEqual([0, 1]);
    expect(db.all("PRAGMA foreign_key_check")).toEqual([]);
    checkIndexes(db);
    expect(purge(db, { now: T0 })).toEqual({ done: true });
    expect(countOnDisk(all)).toBe(0);
    db.close();
  });
});

describe("a text that was here as a preview alone", () => {
  const gone = remoteMessage({ remoteId: "m0", body: null, redactedAt: T0 + 5, createdAt: T0 });
  const newer = remoteMessage({ remoteId: "m1", body: null, redactedAt: T0 + 5, createdAt: T0 + 1 });
  type Step = (db: WriteDb, accountId: AccountId, id: ConversationId) => CommitResult;

  it.each<[string, Step]>([
    ["its thread says that it was removed", (db, accountId, id) => commitThread(db, accountId, id, [gone])],
    [
      "the list says so of a later one",
      (db, accountId) =>
        commitList(db, accountId, [
          remoteConversation({ lastMessageAt: T0 + 1, preview: null, previewRedactedAt: T0 + 5 }),
        ]),
    ],
    ["its thread says so of it and a later one", (db, accountId, id) => commitThread(db, accountId, id, [gone, newer])],
    [
      "its thread says so of a later one, in a page without it",
      (db, accountId, id) => commitThread(db, accountId, id, [newer], { kind: "delta" }),
    ],
  ])("leaves no byte and no quote once %s", (_, remove) => {
    const db = openDatabase({ path: folder.dbPath, key: null });
    const accountId = seedAccount(db);
    commitList(db, accountId, [remoteConversation({ preview: canary(0), lastMessageAt: T0 })]);
    const id = idOf(db, "conversation-1");
    saveDraft(db, { conversationId: id, text: `"${canary(0)}"? Yes!`, now: T0 });
    expect(countOnDisk([0])).toBe(1);
    expect(remove(db, accountId, id).removedTexts).toBeGreaterThan(0);
    expect([getDraft(db, { conversationId: id }), purgePending(db)]).toEqual(['""? Yes!', true]);
    expect(purge(db, { now: T0 })).toEqual({ done: true });
    expect(countOnDisk([0])).toBe(0);
    db.close();
  });
});
