/** Pages of a feed of changes: what they may change, what they may bring, and what they may never prove. */
import { beforeEach, describe, expect, it } from "vitest";
import type { AccountId, ConversationId } from "../../../../shared/domain.ts";
import type { WriteDb } from "../../../../electron/db/connection.ts";
import { commitChanges } from "../../../../electron/db/feed-commit.ts";
import { loadSync } from "../../../../electron/db/sync-repo.ts";
import { coverageOf, nextThread } from "../../../../electron/db/threads-repo.ts";
import { rebuildAccount } from "../../../../electron/db/storage-repo.ts";
import type { CommitChanges, RemoteMessage } from "../../../../electron/sync/ports.ts";
import {
  T0,
  commitThread,
  messagesOf,
  openMemoryDatabase,
  remoteMessage,
  seedConversation,
  textsOf,
} from "../../../helpers/test-database.ts";

let db: WriteDb;
let accountId: AccountId;
let id: ConversationId;
let remoteId: string;
beforeEach(() => {
  db = openMemoryDatabase();
  const seeded = seedConversation(db);
  ({ accountId, id } = seeded);
  ({ remoteId } = seeded.item);
  return () => db.close();
});

const feed = (messages: readonly RemoteMessage[], change: Partial<CommitChanges> = {}) =>
  commitChanges(db, {
    accountId,
    generation: 1,
    items: messages.map((message) => ({ conversationRemoteId: remoteId, message })),
    mark: null,
    startedAt: T0 + 5_000,
    now: T0 + 5_000,
    ...change,
  });

const sent = remoteMessage({ remoteId: "m1", direction: "outbound", status: "sent", createdAt: T0 });

describe("a page of the feed", () => {
  it("changes a message that is here, and says which thread changed", () => {
    commitThread(db, accountId, id, [sent]);
    expect(feed([{ ...sent, status: "delivered", body: "hello, edited" }])).toEqual({
      applied: true,
      changed: [id],
      newInbound: [],
      removedTexts: 1,
    });
    expect(messagesOf(db, id)).toMatchObject([{ status: "delivered", body: { text: "hello, edited" } }]);
    expect(db.get("SELECT purge_pending AS p FROM meta")).toEqual({ p: 1 });
    expect(feed([{ ...sent, status: "delivered", body: "hello, edited" }]).changed).toEqual([]);
  });

  it("takes nothing away that a row leaves out, and no picture for a new one because its address is signed anew", () => {
    const picture = { ...sent, mediaUrls: ["https://media.test/1?signed=a"] };
    commitThread(db, accountId, id, [picture]);
    const media = () => db.all("SELECT media_urls FROM messages");
    const before = media();
    expect(feed([{ ...sent, body: null, mediaUrls: [], status: "delivered" }])).toMatchObject({ removedTexts: 0 });
    expect(feed([{ ...sent, body: "", mediaUrls: ["https://media.test/1?signed=b"], status: "read" }])).toMatchObject({
      removedTexts: 0,
    });
    expect([textsOf(db, id), media()]).toEqual([["hello"], before]);
    expect(messagesOf(db, id)).toMatchObject([{ status: "read" }]);
    feed([{ ...sent, mediaUrls: ["https://media.test/1", "https://media.test/2"] }]);
    expect(media()).not.toEqual(before);
  });

  it("never moves a status backwards", () => {
    commitThread(db, accountId, id, [{ ...sent, status: "read" }]);
    expect(feed([{ ...sent, status: "delivered" }]).changed).toEqual([]);
  });

  it("brings what is newer than all that is held, as news, and leaves the thread to confirm it", () => {
    commitThread(db, accountId, id, [sent]);
    const two = remoteMessage({ remoteId: "m3", body: "Two", createdAt: T0 + 2_000 });
    const one = remoteMessage({ remoteId: "m2", body: "One", createdAt: T0 + 1_000 });
    // The later one stood on an earlier page.
    const first = feed([two]);
    const second = feed([one]);
    expect([first.newInbound.length, second.newInbound.length]).toEqual([1, 1]);
    expect(textsOf(db, id)).toEqual(["hello", "One", "Two"]);
    expect(coverageOf(db, id).complete).toBe(false);
    expect(nextThread(db, { accountId, recent: 10, now: T0 + 6_000 })).toMatchObject({
      conversation: { id },
      kind: "delta",
    });
    // Its own page says nothing new of them.
    const page = [sent, one, two];
    expect(commitThread(db, accountId, id, page, { kind: "delta", startedAt: T0 + 6_000 }).newInbound).toEqual([]);
    expect(coverageOf(db, id).complete).toBe(true);
  });

  it("does not bring back what is not here and not newer: it may have been deleted there", () => {
    commitThread(db, accountId, id, [sent]);
    expect(feed([remoteMessage({ remoteId: "m0", body: "deleted", createdAt: T0 - 1_000 })]).changed).toEqual([]);
    expect(feed([remoteMessage({ remoteId: "m0", body: "deleted", createdAt: T0 })]).changed).toEqual([]);
    expect(textsOf(db, id)).toEqual(["hello"]);
  });

  it("does not bring back what was removed", () => {
    commitThread(db, accountId, id, [{ ...sent, body: null, redactedAt: T0 + 100 }]);
    feed([{ ...sent, status: "delivered" }]);
    expect(textsOf(db, id)).toEqual(["<redacted>"]);
  });

  it("leaves a thread alone that was never held completely", () => {
    expect(feed([sent]).changed).toEqual([]);
    commitThread(db, accountId, id, [sent], { complete: false });
    expect(feed([{ ...sent, status: "delivered" }]).changed).toEqual([]);
    expect(messagesOf(db, id)).toMatchObject([{ status: "sent" }]);
  });

  it("says nothing about threads it does not know", () => {
    expect(feed([sent], { items: [{ conversationRemoteId: "elsewhere", message: sent }] })).toMatchObject({
      applied: true,
      changed: [],
    });
  });

  it("keeps its mark with its last page, forwards only, until the account is built anew", () => {
    const mark = () => loadSync(db, { accountId }).feedMark;
    feed([], { mark: T0 });
    feed([], { mark: T0 - 1 });
    feed([]);
    expect(mark()).toBe(T0);
    rebuildAccount(db, { accountId });
    expect(mark()).toBeNull();
  });

  it("writes nothing under an old generation", () => {
    commitThread(db, accountId, id, [sent]);
    expect(feed([{ ...sent, status: "delivered" }], { generation: 0, mark: T0 }).applied).toBe(false);
    expect(messagesOf(db, id)).toMatchObject([{ status: "sent" }]);
    expect(loadSync(db, { accountId }).feedMark).toBeNull();
  });
});
