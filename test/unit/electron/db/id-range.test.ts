/** Ranges of conversation ids: a thread of one cache is never found in another by its id. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { claimIdRange, RANGE_SIZE } from "../../../../electron/db/id-range.ts";
import { replyFromNotification } from "../../../../electron/db/notify-repo.ts";
import { openOrSetAside } from "../../../../electron/db/set-aside.ts";
import { readActivation, replyArguments } from "../../../../electron/notify/activation.ts";
import { readLink } from "../../../../electron/notify/deep-link.ts";
import type { MessageId } from "../../../../shared/domain.ts";
import { T0, TEST_KEY, makeTempFolder, openMemoryDatabase, seedConversation } from "../../../helpers/test-database.ts";

let folder: ReturnType<typeof makeTempFolder>;
beforeEach(() => {
  folder = makeTempFolder();
});
afterEach(() => folder.remove());

const open = (path: string) => openOrSetAside({ path, key: TEST_KEY, keyIsNew: false, now: T0 }).db;

describe("a new cache", () => {
  it("has ids that a notification of the cache before it cannot name", () => {
    const before = open(folder.dbPath);
    const old = seedConversation(before);
    before.close();
    const after = open(":memory:");
    const current = seedConversation(after);
    expect(current.id).not.toBe(old.id);
    const reply = { conversationId: old.id, text: "Yes", key: "k", now: T0 };
    expect(replyFromNotification(after, reply)).toEqual({ kind: "gone" });
    expect(after.all("SELECT 1 FROM outbox")).toEqual([]);
    after.close();
  });

  it("without a range of its own would answer the wrong person", () => {
    const [before, after] = [openMemoryDatabase(), openMemoryDatabase()];
    const old = seedConversation(before);
    seedConversation(after);
    const reply = { conversationId: old.id, text: "Yes", key: "k", now: T0 };
    expect(replyFromNotification(after, reply).kind).not.toBe("gone");
    for (const db of [before, after]) db.close();
  });

  it("has ids that links and notifications can carry, also at the end of the last range", () => {
    const db = openMemoryDatabase();
    claimIdRange(db, (below) => below - 1);
    const { id } = seedConversation(db);
    const last = (id + RANGE_SIZE - 2) as typeof id;
    for (const one of [id, last]) {
      expect(Number.isSafeInteger(one)).toBe(true);
      expect(readLink(`threadkeep://open/${one}`)?.conversationId).toBe(one);
      const told = replyArguments("reply", { conversationId: one, messageId: 7 as MessageId });
      expect(readActivation(told, "Yes")?.conversationId).toBe(one);
    }
    db.close();
  });
});

describe("a cache in use", () => {
  it("keeps its range, also when every conversation is gone", () => {
    const first = open(folder.dbPath);
    const { id } = seedConversation(first);
    first.run("DELETE FROM accounts");
    first.close();
    const second = open(folder.dbPath);
    expect(seedConversation(second).id).toBe(id + 1);
    second.close();
  });
});
