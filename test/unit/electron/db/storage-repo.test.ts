/** The storage report, the re-check and the rebuild, over a real database. */
import { beforeEach, describe, expect, it } from "vitest";
import type { WriteDb } from "../../../../electron/db/connection.ts";
import { getDraft, saveDraft } from "../../../../electron/db/drafts-repo.ts";
import { openDatabase } from "../../../../electron/db/database.ts";
import { threadOutbox } from "../../../../electron/db/outbox-person.ts";
import { beginSend, enqueue, markFailed } from "../../../../electron/db/outbox-repo.ts";
import { openOrSetAside } from "../../../../electron/db/set-aside.ts";
import { readSalvage, writeSalvage } from "../../../../electron/db/salvage.ts";
import { purgePending } from "../../../../electron/db/purge.ts";
import { retentionReport, setTypedRetention } from "../../../../electron/db/retention-repo.ts";
import { loadSync } from "../../../../electron/db/sync-repo.ts";
import { rebuildAccount, requestRecheck, storageReport } from "../../../../electron/db/storage-repo.ts";
import { applyTriage } from "../../../../electron/db/triage-repo.ts";
import { findConversation } from "../../../../electron/db/conversations-repo.ts";
import { consentHistory } from "../../../../electron/db/thread-repo.ts";
import { nextThread } from "../../../../electron/db/threads-repo.ts";
import {
  T0,
  TEST_KEY,
  commitList,
  commitThread,
  idOf,
  makeTempFolder,
  openMemoryDatabase,
  remoteConversation,
  remoteMessage,
  seedAccount,
  textsOf,
} from "../../../helpers/test-database.ts";

let db: WriteDb;
beforeEach(() => {
  db = openMemoryDatabase();
  return () => db.close();
});

const conversation = (index: number, change = {}) =>
  remoteConversation({ remoteId: `c${index}`, contactNumber: `+1555${index}`, consent: null, ...change });
const only = (database = db) => storageReport(database).accounts[0]!;

describe("the report", () => {
  it("counts what is held, what is behind and what was left out", () => {
    const accountId = seedAccount(db);
    commitList(
      db,
      accountId,
      [0, 1, 2, 3].map((index) => conversation(index)),
      {
        rejected: [{ remoteId: null, reason: "contact: Required", hash: "h1" }],
      },
    );
    commitThread(db, accountId, idOf(db, "c0"), [remoteMessage()]);
    commitThread(db, accountId, idOf(db, "c1"), [remoteMessage()]);
    commitThread(db, accountId, idOf(db, "c2"), [remoteMessage()], { complete: false, cursor: "next" });
    commitList(db, accountId, [conversation(1, { lastMessageAt: T0 + 60_000, preview: "later" })], {
      now: T0 + 60_001,
    });
    setTypedRetention(db, { accountId, days: 30 });
    expect(storageReport(db)).toEqual({
      accounts: [
        {
          accountId,
          lastCompletedAt: T0 + 60_001,
          sweep: { running: null, completedAt: null },
          conversations: 4,
          threads: { complete: 1, behind: 1, partial: 1, neverFetched: 1, recheck: 0 },
          messages: 3,
          quarantined: {
            total: 1,
            newest: [{ scope: "conversations", remoteId: null, reason: "contact: Required", seenAt: T0 }],
          },
          retention: { typedDays: 30, learned: null, enforcedDays: 30, lastRunAt: null, removedTexts: 0 },
          keptWords: 0,
          unsentFiles: { count: 0, bytes: 0 },
        },
      ],
      files: null,
      purgePending: false,
      lastPurgeAt: null,
    });
  });

  it("tells how far a sweep has come", () => {
    const accountId = seedAccount(db);
    const pass = { cursor: "p2", newestAt: T0, stopBefore: null, pages: 1, seen: 200, restarts: 0, startedAt: T0 - 5 };
    commitList(db, accountId, [conversation(0)], { kind: "sweep", pass });
    expect(only().sweep).toEqual({ running: { seen: 200, startedAt: T0 - 5 }, completedAt: null });
  });

  it("measures the file and its journal, and leaves out accounts on their way out", () => {
    const folder = makeTempFolder();
    const file = openDatabase({ path: folder.dbPath, key: TEST_KEY });
    seedAccount(file);
    file.run("UPDATE accounts SET state = 'removing'");
    const report = storageReport(file);
    expect(report.accounts).toEqual([]);
    expect(report.files?.databaseBytes).toBeGreaterThan(4_000);
    expect(report.files?.walBytes).toBeGreaterThan(4_000);
    file.close();
    folder.remove();
  });
});

describe("a re-check", () => {
  it("makes every thread of this account due at once, also one that was put off, and of no other", () => {
    const [accountId, other] = [seedAccount(db), seedAccount(db, "account-2")];
    for (const id of [accountId, other]) {
      commitList(db, id, [conversation(0)]);
      const { id: thread } = db.get<{ id: never }>("SELECT id FROM conversations WHERE account_id = ?", id)!;
      commitThread(db, id, thread, [remoteMessage()]);
    }
    db.run("UPDATE threads SET retry_at = ?", T0 + 9e9);
    expect(nextThread(db, { accountId, recent: 10, now: T0 })).toBeNull();
    requestRecheck(db, { accountId, now: T0 });
    expect(nextThread(db, { accountId, recent: 10, now: T0 })).toMatchObject({ kind: "full", cursor: null });
    expect(nextThread(db, { accountId: other, recent: 10, now: T0 })).toBeNull();
    expect(only().threads.recheck).toBe(1);
  });
});

describe("a rebuild", () => {
  /** One thread with everything only this device has. */
  function seedWords() {
    const accountId = seedAccount(db);
    commitList(db, accountId, [conversation(0, { consent: { optedIn: true, since: T0 - 9 } }), conversation(1)]);
    const id = idOf(db, "c0");
    commitThread(db, accountId, id, [
      remoteMessage({ remoteId: "kept", body: "still there" }),
      remoteMessage({ remoteId: "gone", body: null, redactedAt: T0 - 100, createdAt: T0 - 200 }),
    ]);
    saveDraft(db, { conversationId: id, text: "my draft", now: T0 });
    const later = enqueue(db, { conversationId: id, text: "tomorrow", key: "k1", now: T0, notBefore: T0 + 8e7 });
    const sending = enqueue(db, { conversationId: id, text: "leaving", key: "k2", now: T0 });
    beginSend(db, { id: sending.id, now: T0 + 1 });
    const failed = enqueue(db, { conversationId: id, text: "refused", key: "k3", now: T0 });
    markFailed(db, { id: failed.id, failure: { code: "rejected", detail: { reason: "x" } }, now: T0 });
    return { accountId, id, later };
  }

  it("forgets what the provider can give again, and gives back the rest when its conversation is here", () => {
    const { accountId, id } = seedWords();
    const other = seedAccount(db, "account-2");
    commitList(db, other, [remoteConversation({ remoteId: "theirs" })]);
    rebuildAccount(db, { accountId });
    expect(only()).toMatchObject({ conversations: 0, messages: 0, lastCompletedAt: null, keptWords: 4 });
    expect(storageReport(db).accounts[1]).toMatchObject({ accountId: other, conversations: 1 });
    expect(purgePending(db)).toBe(true);
    expect(loadSync(db, { accountId })).toMatchObject({ generation: 2, mark: null, list: null, sweep: null });

    commitList(db, accountId, [conversation(0, { consent: { optedIn: true, since: T0 - 9 } })], {
      generation: 2,
      now: T0 + 1_000,
    });
    const again = idOf(db, "c0");
    expect(again).toBeGreaterThan(id);
    expect(getDraft(db, { conversationId: again })).toBe("my draft");
    expect(threadOutbox(db, { conversationId: again })).toMatchObject([
      { text: "tomorrow", state: "queued", notBefore: T0 + 8e7 },
      // It had left when it was put aside: whether it arrived is looked up, not tried again.
      { text: "leaving", state: "unknown", attempts: 1 },
      { text: "refused", state: "failed", error: { code: "rejected", detail: { reason: "x" } } },
    ]);
    expect(consentHistory(db, { conversationId: again })).toMatchObject([{ observedAt: T0 }]);
    expect(db.all("SELECT kind FROM salvage")).toEqual([]);
  });

  it("does not let a stale page bring back what was removed before it", () => {
    const { accountId } = seedWords();
    rebuildAccount(db, { accountId });
    commitList(db, accountId, [conversation(0)], { generation: 2 });
    const stale = remoteMessage({ remoteId: "gone", body: "must stay gone", createdAt: T0 - 200 });
    commitThread(db, accountId, idOf(db, "c0"), [stale, remoteMessage({ remoteId: "kept", body: "still there" })], {
      generation: 2,
    });
    expect(textsOf(db, idOf(db, "c0"))).toEqual(["<redacted>", "still there"]);
  });

  it("keeps what was decided about a conversation, and does not take what was read before for news", () => {
    const { accountId, id } = seedWords();
    const decided = "done_at, snoozed_until, snoozed_until_reply, put_away_to, pinned_at";
    const read = (conversationId: number) =>
      db.get(`SELECT ${decided} FROM conversations WHERE id = ?`, conversationId);
    applyTriage(db, { ids: [id], action: { kind: "done" }, now: T0 });
    applyTriage(db, { ids: [idOf(db, "c1")], action: { kind: "pin" }, now: T0 });
    const before = [read(id), read(idOf(db, "c1"))];
    rebuildAccount(db, { accountId });
    commitList(db, accountId, [conversation(0), conversation(1)], { generation: 2 });
    commitThread(db, accountId, idOf(db, "c0"), [remoteMessage({ remoteId: "kept", body: "still there" })], {
      generation: 2,
    });
    expect([read(idOf(db, "c0")), read(idOf(db, "c1"))]).toEqual(before);
    expect(before[0]).toMatchObject({ done_at: T0 });
    expect(before[1]).toMatchObject({ pinned_at: T0 });
  });

  it("drops answers that were asked for before it", () => {
    const { accountId } = seedWords();
    rebuildAccount(db, { accountId });
    expect(commitList(db, accountId, [conversation(5)]).applied).toBe(false);
    expect(only().conversations).toBe(0);
  });

  it("keeps the typed window and names given here", () => {
    const { accountId } = seedWords();
    setTypedRetention(db, { accountId, days: 45 });
    db.run("UPDATE contacts SET local_name = 'Dana', provider_name = 'D. R.' WHERE number = '+15550'");
    rebuildAccount(db, { accountId });
    expect(retentionReport(db, { accountId }).enforcedDays).toBe(45);
    expect(db.all("SELECT number, local_name, provider_name FROM contacts")).toEqual([
      { number: "+15550", local_name: "Dana", provider_name: null },
    ]);
  });

  it("of an account that is not there changes nothing", () => {
    seedWords();
    expect(() => rebuildAccount(db, { accountId: 99 as never })).toThrow(
      expect.objectContaining({ code: "not_found" }),
    );
    expect(only().conversations).toBe(2);
  });
});

describe("what is saved out of a damaged file", () => {
  it("includes the typed window and names, and gives no id a second meaning", () => {
    const folder = makeTempFolder();
    const path = folder.dbPath;
    const first = openDatabase({ path, key: TEST_KEY });
    const accountId = seedAccount(first);
    commitList(first, accountId, [conversation(0)]);
    setTypedRetention(first, { accountId, days: 30 });
    first.run("UPDATE contacts SET local_name = 'Dana'");
    const known = idOf(first, "c0");
    first.close();
    const { db: next, setAside } = openOrSetAside({
      path,
      key: TEST_KEY,
      keyIsNew: false,
      now: T0,
      damage: { lastWords: [{ conversationId: known, text: "the last words" }] },
    });
    expect(setAside?.reason).toBe("damaged");
    const again = seedAccount(next);
    expect(retentionReport(next, { accountId: again }).typedDays).toBe(30);
    commitList(next, again, [conversation(0)]);
    expect(idOf(next, "c0")).toBeGreaterThan(1_000_000);
    expect(getDraft(next, { conversationId: idOf(next, "c0") })).toBe("the last words");
    expect(findConversation(next, { id: idOf(next, "c0") })?.contactName).toBe("Dana");
    expect(next.all("SELECT kind FROM salvage")).toEqual([]);
    next.close();
    folder.remove();
  });

  it("survives being saved twice before its account is back", () => {
    const folder = makeTempFolder();
    const options = { path: folder.dbPath, key: TEST_KEY };
    const first = openDatabase(options);
    commitList(first, seedAccount(first), [conversation(0)]);
    saveDraft(first, { conversationId: idOf(first, "c0"), text: "twice kept", now: T0 });
    first.close();
    const salvaged = readSalvage(options);
    const memory = openMemoryDatabase();
    writeSalvage(memory, salvaged, T0);
    expect(memory.all("SELECT kind FROM salvage")).toEqual([{ kind: "draft" }]);
    memory.close();
    const second = openOrSetAside({ ...options, keyIsNew: false, now: T0, damage: { lastWords: [] } });
    second.db.close();
    const third = openOrSetAside({ ...options, keyIsNew: false, now: T0 + 1, damage: { lastWords: [] } });
    commitList(third.db, seedAccount(third.db), [conversation(0)]);
    expect(getDraft(third.db, { conversationId: idOf(third.db, "c0") })).toBe("twice kept");
    third.db.close();
    folder.remove();
  });
});
