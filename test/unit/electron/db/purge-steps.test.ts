/** The purge in steps: removals, new texts and crashes between any two of them, judged by the raw bytes on disk. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import type { AccountId, ConversationId } from "../../../../shared/domain.ts";
import type { WriteDb } from "../../../../electron/db/connection.ts";
import { openDatabase } from "../../../../electron/db/database.ts";
import { purgePending, purgeStep } from "../../../../electron/db/purge.ts";
import {
  T0,
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
const PAGE = 200;
/** So few index pages per step that a round takes many. */
const PAGES = 8;
/** One word per message, unlike all others, so that the index holds nearly all of its letters. */
const canary = (index: number) => createHash("sha256").update(`canary ${index}`).digest("hex").slice(0, 24);

let folder: ReturnType<typeof makeTempFolder>;
let accountId: AccountId;
let id: ConversationId;
beforeEach(() => {
  folder = makeTempFolder();
  return () => folder.remove();
});

const open = () => openDatabase({ path: folder.dbPath, key: null });
const text = (index: number) =>
  remoteMessage({ remoteId: `m${index}`, body: `Dear ${canary(index)}, see you`, createdAt: T0 - index * 40 * 60_000 });

function hold(db: WriteDb, from: number, to: number): void {
  for (let start = from; start < to; start += PAGE) {
    const items = Array.from({ length: Math.min(PAGE, to - start) }, (_, at) => text(start + at));
    commitThread(db, accountId, id, items, { complete: start + PAGE >= TEXTS });
  }
}

function fill(db: WriteDb): void {
  accountId = seedAccount(db);
  commitList(db, accountId, [remoteConversation({ preview: canary(0), lastMessageAt: T0 })]);
  id = idOf(db, "conversation-1");
  hold(db, 0, TEXTS);
}

function redact(db: WriteDb, indexes: readonly number[]): void {
  const items = indexes.map((index) => ({ ...text(index), body: null, redactedAt: T0 }));
  commitThread(db, accountId, id, items, { kind: "delta", startedAt: T0 + 1, now: T0 + 2 });
}

/** Which of the texts stand somewhere in the files as they are on disk now. */
function foundOnDisk(indexes: readonly number[]): number[] {
  const raw = ["", "-wal", "-shm"]
    .map((suffix) => folder.dbPath + suffix)
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path).toString("latin1"))
    .join("\n");
  // The index stores a term without the letters it shares with the one before.
  return indexes.filter((index) => raw.includes(canary(index).slice(8)));
}

const some = (offset: number) => Array.from({ length: 60 }, (_, at) => at * 50 + offset);
const step = (db: WriteDb) => purgeStep(db, { now: T0, pages: PAGES });

describe("a purge in steps", () => {
  it("takes many, tells of more until the last, and leaves no byte", () => {
    const db = open();
    fill(db);
    redact(db, some(5));
    let steps = 1;
    while (step(db).more) steps += 1;
    expect(steps).toBeGreaterThan(5);
    expect(purgePending(db)).toBe(false);
    expect(foundOnDisk(some(5))).toEqual([]);
    expect(foundOnDisk(some(6))).toHaveLength(60);
    checkIndexes(db);
    db.close();
  });

  it("is not over while a step is left: the bytes are still there", () => {
    const db = open();
    fill(db);
    redact(db, some(5));
    step(db);
    db.get("PRAGMA wal_checkpoint(TRUNCATE)");
    expect(purgePending(db)).toBe(true);
    expect(foundOnDisk(some(5)).length).toBeGreaterThan(0);
    db.close();
  });

  it.each([1, 2, 3, 5])("ends only after what was removed and stored after its step %i is gone and kept", (at) => {
    const db = open();
    fill(db);
    redact(db, some(5));
    for (let done = 0; done < at; done += 1) step(db);
    hold(db, TEXTS, TEXTS + 300);
    redact(db, [...some(9), TEXTS + 7]);
    while (step(db).more);
    expect(purgePending(db)).toBe(false);
    expect(foundOnDisk([...some(5), ...some(9), TEXTS + 7])).toEqual([]);
    expect([countHits(db, canary(TEXTS + 8)), countHits(db, canary(9))]).toEqual([1, 0]);
    checkIndexes(db);
    db.close();
  });

  it("goes on after a crash behind every one of its steps", () => {
    let db = open();
    fill(db);
    redact(db, some(5));
    for (;;) {
      const { done } = step(db);
      db.close();
      db = open();
      expect(purgePending(db)).toBe(!done);
      if (done) break;
    }
    expect(foundOnDisk(some(5))).toEqual([]);
    db.close();
  });

  it("comes to an end although texts go on being removed", () => {
    const db = open();
    fill(db);
    redact(db, some(0));
    let removed = 0;
    let steps = 0;
    for (let more = true; more; steps += 1) {
      ({ more } = step(db));
      // Removals come as fast as the steps: each round ends all the same, and the last one has them all.
      if (removed < 20) redact(db, [50 * removed++ + 11]);
    }
    expect(steps).toBeLessThan(400);
    expect(foundOnDisk([...some(0), ...Array.from({ length: 20 }, (_, at) => 50 * at + 11)])).toEqual([]);
    db.close();
  });
});
