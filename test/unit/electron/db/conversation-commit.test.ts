/** Pages of the conversation list: idempotence, stale pages, redacted previews, consent, unread, generations. */
import { beforeEach, describe, expect, it } from "vitest";
import type { AccountId, ConversationId } from "../../../../shared/domain.ts";
import { bumpAccountGeneration } from "../../../../electron/db/accounts-repo.ts";
import type { WriteDb } from "../../../../electron/db/connection.ts";
import { findConversation, markRead, unreadByAccount } from "../../../../electron/db/conversations-repo.ts";
import { loadSync } from "../../../../electron/db/sync-repo.ts";
import { consentHistory } from "../../../../electron/db/thread-repo.ts";
import {
  T0,
  commitList,
  commitThread,
  idOf,
  openMemoryDatabase,
  remoteConversation,
  remoteMessage,
  seedAccount,
  seedConversation,
  textsOf,
} from "../../../helpers/test-database.ts";

let db: WriteDb;
beforeEach(() => {
  db = openMemoryDatabase();
  return () => db.close();
});

const NO_PASS = { cursor: null, newestAt: null, stopBefore: null, pages: 1, seen: 1, restarts: 0, startedAt: T0 };

const rowOf = (id: ConversationId) => {
  const row = findConversation(db, { id });
  if (row === null) throw new Error("no such conversation");
  return row;
};

describe("a page of the list", () => {
  it("changes nothing the second time", () => {
    const accountId = seedAccount(db);
    const page = [remoteConversation(), remoteConversation({ remoteId: "conversation-2", lastMessageAt: T0 - 1 })];
    expect(commitList(db, accountId, page).changed).toHaveLength(2);
    expect(commitList(db, accountId, page).changed).toEqual([]);
  });

  it("is stored with its pass, or not at all", () => {
    const accountId = seedAccount(db);
    const pass = { cursor: "c2", newestAt: T0, stopBefore: null, pages: 1, seen: 1, restarts: 0, startedAt: T0 };
    const broken = {
      ...remoteConversation({ remoteId: "conversation-2" }),
      lastMessageAt: "late" as unknown as number,
    };
    expect(() => commitList(db, accountId, [remoteConversation(), broken], { pass, mark: null })).toThrow(
      /lastMessageAt|cannot store|datatype|STRICT|SQLITE/i,
    );
    expect(loadSync(db, { accountId }).list).toBeNull();
    expect(db.all("SELECT id FROM conversations")).toEqual([]);
    commitList(db, accountId, [remoteConversation()], { pass, mark: null });
    expect(loadSync(db, { accountId }).list).toEqual(pass);
  });

  it("writes nothing under an old generation", () => {
    const accountId = seedAccount(db);
    bumpAccountGeneration(db, { id: accountId, keyHint: null });
    const rejected = [{ remoteId: null, reason: "wrong", hash: "h" }];
    const result = commitList(db, accountId, [remoteConversation()], { rejected });
    expect(result).toEqual({ applied: false, changed: [], newInbound: [], removedTexts: 0 });
    expect(db.all("SELECT id FROM conversations")).toEqual([]);
    expect(db.all("SELECT hash FROM quarantine")).toEqual([]);
    expect(loadSync(db, { accountId }).lastCompletedAt).toBeNull();
  });

  it("keeps the same refused record once", () => {
    const accountId = seedAccount(db);
    const rejected = [{ remoteId: "r", reason: "lastMessageAt is missing", hash: "h" }];
    commitList(db, accountId, [], { rejected });
    commitList(db, accountId, [], { rejected, now: T0 + 5 });
    expect(db.all("SELECT hash, seen_at FROM quarantine")).toEqual([{ hash: "h", seen_at: T0 + 5 }]);
  });

  it("that is stale moves nothing backwards", () => {
    const { accountId, id } = seedConversation(db, { lastMessageAt: T0 + 100, preview: "newer" });
    const stale = remoteConversation({ lastMessageAt: T0, preview: "older" });
    expect(commitList(db, accountId, [stale]).changed).toEqual([]);
    expect(rowOf(id)).toMatchObject({ lastMessageAt: T0 + 100, preview: { kind: "text", text: "newer" } });
  });
});

describe("a redacted preview", () => {
  const redacted = remoteConversation({ preview: null, previewRedactedAt: T0 + 50 });

  it("stays removed for its message, whatever a later page says", () => {
    const { accountId, id, item } = seedConversation(db);
    expect(commitList(db, accountId, [redacted], { now: T0 + 60 }).removedTexts).toBe(1);
    commitList(db, accountId, [item], { now: T0 + 70 });
    expect(rowOf(id).preview).toEqual({
      kind: "redacted",
      redaction: { by: "provider", at: T0 + 50, removedHereAt: T0 + 60 },
    });
  });

  it("gives way to the preview of a newer message", () => {
    const { accountId, id } = seedConversation(db);
    commitList(db, accountId, [redacted]);
    commitList(db, accountId, [remoteConversation({ lastMessageAt: T0 + 90, preview: "new" })]);
    expect(rowOf(id).preview).toEqual({ kind: "text", text: "new" });
  });

  it("is decided by the timestamp: the words alone are somebody's text", () => {
    const { id } = seedConversation(db, { preview: "[redacted]" });
    expect(rowOf(id).preview).toEqual({ kind: "text", text: "[redacted]" });
  });

  it("drops the older bodies of the thread at once, without tombstones", () => {
    const { accountId, id } = seedConversation(db);
    const older = remoteMessage({ remoteId: "m0", body: "older", createdAt: T0 - 10 });
    commitThread(db, accountId, id, [older, remoteMessage({ body: "last" })]);
    expect(commitList(db, accountId, [redacted], { now: T0 + 60 }).removedTexts).toBeGreaterThanOrEqual(2);
    expect(textsOf(db, id)).toEqual(["<missing>", "<missing>"]);
    expect(db.all("SELECT remote_id FROM redactions")).toEqual([]);
    expect(db.get("SELECT recheck_due_at AS at FROM threads WHERE conversation_id = ?", id)).toEqual({ at: T0 + 60 });
    expect(db.get("SELECT purge_pending AS p FROM meta")).toEqual({ p: 1 });
  });

  it("makes other threads of the same own number that hold texts as old due for a re-check", () => {
    const { accountId, id } = seedConversation(db);
    const other = (remoteId: string, change = {}) =>
      remoteConversation({ remoteId, contactNumber: `+1555${remoteId}`, lastMessageAt: T0 + 500, ...change });
    commitList(db, accountId, [other("old"), other("young"), other("elsewhere", { ownNumber: "+15550000002" })]);
    commitThread(db, accountId, id, [remoteMessage()]);
    commitThread(db, accountId, idOf(db, "old"), [remoteMessage({ createdAt: T0 - 5 })]);
    commitThread(db, accountId, idOf(db, "young"), [remoteMessage({ createdAt: T0 + 5 })]);
    commitThread(db, accountId, idOf(db, "elsewhere"), [remoteMessage({ createdAt: T0 - 5 })]);
    commitList(db, accountId, [redacted], { now: T0 + 60 });
    const due = db.all<{ remote_id: string }>(
      `SELECT c.remote_id FROM threads t JOIN conversations c ON c.id = t.conversation_id
       WHERE t.recheck_due_at IS NOT NULL ORDER BY c.id`,
    );
    expect(due.map((row) => row.remote_id)).toEqual(["conversation-1", "old"]);
  });
});

describe("consent", () => {
  const optedIn = { optedIn: true, since: T0 - 1000 };

  it("is recorded when it is seen to change, and not otherwise", () => {
    const { accountId, id } = seedConversation(db, { consent: null });
    commitList(db, accountId, [remoteConversation({ consent: optedIn })], { now: T0 + 1 });
    commitList(db, accountId, [remoteConversation({ consent: optedIn })], { now: T0 + 2 });
    commitList(db, accountId, [remoteConversation({ consent: { optedIn: false, since: null } })], { now: T0 + 3 });
    commitList(db, accountId, [remoteConversation({ consent: null })], { now: T0 + 4 });
    expect(consentHistory(db, { conversationId: id })).toEqual([
      { consent: { state: "opted_in", since: T0 - 1000 }, observedAt: T0 + 1, source: "list" },
      { consent: { state: "opted_out", since: null }, observedAt: T0 + 3, source: "list" },
      { consent: { state: "unknown", since: null }, observedAt: T0 + 4, source: "list" },
    ]);
  });
});

describe("unread", () => {
  const unreadOf = (accountId: AccountId) => unreadByAccount(db).find((row) => row.accountId === accountId)?.unread;

  it("begins at zero: what the first sync finds was there before", () => {
    const { accountId, id } = seedConversation(db);
    commitThread(db, accountId, id, [remoteMessage()]);
    expect(rowOf(id).unreadCount).toBe(0);
    expect(unreadOf(accountId)).toBe(0);
  });

  it("counts a new inbound message before and after it is fetched, until it is read", () => {
    const { accountId, id } = seedConversation(db);
    commitThread(db, accountId, id, [remoteMessage()]);
    commitList(db, accountId, [remoteConversation({ lastMessageAt: T0 + 20 })]);
    expect(rowOf(id).unreadCount).toBe(1);
    const fetched = [10, 20].map((at) => remoteMessage({ remoteId: `m${at}`, createdAt: T0 + at }));
    commitThread(db, accountId, id, fetched);
    expect(rowOf(id).unreadCount).toBe(2);
    expect(unreadOf(accountId)).toBe(1);
    expect(markRead(db, { id, now: T0 + 30 })).toBe(true);
    expect(markRead(db, { id, now: T0 + 30 })).toBe(false);
    expect(unreadOf(accountId)).toBe(0);
  });

  it("of a conversation that is new later counts from the last pass's mark, not from the beginning of time", () => {
    const { accountId } = seedConversation(db);
    const later = remoteConversation({ remoteId: "later", contactNumber: "+15559990002", lastMessageAt: T0 + 10 });
    commitList(db, accountId, [later]);
    const id = idOf(db, "later");
    expect(rowOf(id).unreadCount).toBe(1);
    const history = remoteMessage({ remoteId: "old", createdAt: T0 - 1_000 });
    commitThread(db, accountId, id, [history, remoteMessage({ remoteId: "new", createdAt: T0 + 10 })]);
    expect(rowOf(id).unreadCount).toBe(1);
  });

  it("does not rise for an old conversation that appears late", () => {
    const { accountId } = seedConversation(db);
    const old = remoteConversation({ remoteId: "old", contactNumber: "+15559990002", lastMessageAt: T0 - 10 });
    commitList(db, accountId, [old]);
    expect(rowOf(idOf(db, "old")).unreadCount).toBe(0);
  });

  it("does not rise in the first pass for a thread that is met again with more to say, but does for one that moved", () => {
    const accountId = seedAccount(db);
    const first = { pass: { ...NO_PASS, cursor: "page-2" }, mark: null };
    const silent = { preview: null, lastDirection: null, lastMessageAt: T0 - 86_400_000 };
    const moved = remoteConversation({ remoteId: "moved", contactNumber: "+15559990002", lastMessageAt: T0 - 1 });
    commitList(db, accountId, [remoteConversation(silent), moved], first);
    commitList(db, accountId, [remoteConversation(), { ...moved, lastMessageAt: T0 }], first);
    expect([rowOf(idOf(db, "conversation-1")).unreadCount, rowOf(idOf(db, "moved")).unreadCount]).toEqual([0, 1]);
  });
});
