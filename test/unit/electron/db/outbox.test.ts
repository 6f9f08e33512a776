/** The durable outbox: idempotence, consent, order, outcomes, and one message for one reply. */
import { beforeEach, describe, expect, it } from "vitest";
import type { AccountId, ConversationId, OutboxId } from "../../../../shared/domain.ts";
import type { WriteDb } from "../../../../electron/db/connection.ts";
import { findConversation } from "../../../../electron/db/conversations-repo.ts";
import { getDraft, saveDraft } from "../../../../electron/db/drafts-repo.ts";
import * as person from "../../../../electron/db/outbox-person.ts";
import * as outbox from "../../../../electron/db/outbox-repo.ts";
import { markSent, settleFromThread } from "../../../../electron/db/outbox-settle.ts";
import {
  T0,
  commitList,
  commitThread,
  countHits,
  messagesOf,
  openMemoryDatabase,
  remoteConversation,
  remoteMessage,
  seedConversation,
  textsOf,
} from "../../../helpers/test-database.ts";

let db: WriteDb;
let accountId: AccountId;
let id: ConversationId;
beforeEach(() => {
  db = openMemoryDatabase();
  ({ accountId, id } = seedConversation(db));
  return () => db.close();
});

const receipt = { remoteId: "sent-1", status: "queued", createdAt: T0 + 20 } as const;
const failure = { code: "timeout", detail: {} } as const;
const write = (text: string, key = text) => outbox.enqueue(db, { conversationId: id, text, key, now: T0 + 10 }).id;
const begin = (item: OutboxId) => outbox.beginSend(db, { id: item, now: T0 + 15 });
const next = (now = T0 + 100) => outbox.nextQueued(db, { accountId, now })?.item.text ?? null;
const stateOf = (item: OutboxId) =>
  db.get<{ state: string; text: string }>("SELECT state, text FROM outbox WHERE id = ?", item);
const optOut = () => commitList(db, accountId, [remoteConversation({ consent: { optedIn: false, since: null } })]);
const listed = (change = {}) =>
  remoteMessage({ remoteId: "listed", direction: "outbound", body: "hi", createdAt: T0 + 21, ...change });
const thread = (...items: ReturnType<typeof listed>[]) =>
  commitThread(db, accountId, id, items, { startedAt: T0 + 50, now: T0 + 60 });

describe("writing a reply", () => {
  it("twice with one key gives one row, with its target fixed and a mark of its own", () => {
    const first = outbox.enqueue(db, { conversationId: id, text: "hi", key: "k", now: T0 });
    expect(outbox.enqueue(db, { conversationId: id, text: "other", key: "k", now: T0 + 1 })).toEqual(first);
    const work = outbox.nextQueued(db, { accountId, now: T0 });
    expect(work).toMatchObject({
      accountId,
      item: { id: first.id, text: "hi", state: "queued", attempts: 0 },
      conversation: { id, remoteId: "conversation-1", ownNumber: "+15550000001", contactNumber: "+15559990001" },
      sentAt: null,
    });
    expect(work?.tag.length).toBeLessThanOrEqual(64);
  });

  it("takes the draft it came from along, and no other", () => {
    saveDraft(db, { conversationId: id, text: "hi ", now: T0 });
    write("hi");
    expect(getDraft(db, { conversationId: id })).toBe("");
    saveDraft(db, { conversationId: id, text: "next thought", now: T0 });
    write("hi again");
    expect(getDraft(db, { conversationId: id })).toBe("next thought");
  });

  it("refuses a blank text, an opted-out contact and an unknown conversation", () => {
    expect(() => write(" \n ")).toThrow(expect.objectContaining({ code: "text_empty" }));
    optOut();
    expect(() => write("hi")).toThrow(expect.objectContaining({ code: "opted_out" }));
    const gone = { conversationId: 99 as ConversationId, text: "hi", key: "k", now: T0 };
    expect(() => outbox.enqueue(db, gone)).toThrow(expect.objectContaining({ code: "not_found" }));
    expect(db.all("SELECT id FROM outbox")).toEqual([]);
  });

  it("refuses what is longer than the provider takes, and says how much it takes", () => {
    write("x".repeat(1_600));
    expect(() => write("x".repeat(1_601))).toThrow(
      expect.objectContaining({ code: "text_too_long", detail: { max: "1600" } }),
    );
    expect(db.all("SELECT id FROM outbox")).toHaveLength(1);
  });
});

describe("the queue", () => {
  it("keeps the order of a thread", () => {
    const first = write("one");
    write("two");
    expect(next()).toBe("one");
    outbox.requeue(db, { id: first, failure, notBefore: T0 + 500, now: T0 });
    expect(next()).toBeNull();
    expect(next(T0 + 500)).toBe("one");
  });

  it("holds a thread back behind a reply on its way or of unknown outcome, not behind a failed one", () => {
    const first = write("one");
    write("two");
    begin(first);
    expect(next()).toBeNull();
    outbox.markUnknown(db, { id: first, failure, now: T0 });
    expect(next()).toBeNull();
    outbox.markFailed(db, { id: first, failure, now: T0 });
    expect(next()).toBe("two");
  });

  it("asks for consent again at the moment of sending", () => {
    const item = write("hi");
    optOut();
    expect(begin(item)).toBe("refused");
    expect(person.threadOutbox(db, { conversationId: id })).toMatchObject([
      { state: "failed", text: "hi", error: { code: "opted_out" } },
    ]);
    expect(begin(item)).toBe("gone");
  });

  it("makes what a dead process left behind unknown, once", () => {
    begin(write("hi"));
    expect(outbox.recoverInterrupted(db, { now: T0 })).toBe(1);
    expect(outbox.recoverInterrupted(db, { now: T0 })).toBe(0);
    expect(outbox.listUnknowns(db, { accountId })).toMatchObject([{ sentAt: T0 + 15, item: { attempts: 1 } }]);
  });
});

describe("a sent reply", () => {
  it("is a message at once, and keeps no second copy of its text", () => {
    const item = write("hi");
    begin(item);
    markSent(db, { id: item, receipt, now: T0 + 25 });
    expect(stateOf(item)).toEqual({ state: "sent", text: "" });
    expect(messagesOf(db, id)).toMatchObject([{ direction: "outbound", body: { text: "hi" }, status: "queued" }]);
    expect(findConversation(db, { id })).toMatchObject({
      lastMessageAt: T0 + 20,
      lastDirection: "outbound",
      preview: { text: "hi" },
    });
    expect(person.threadOutbox(db, { conversationId: id })).toEqual([]);
    markSent(db, { id: item, receipt, now: T0 + 26 });
    expect(messagesOf(db, id)).toHaveLength(1);
  });

  it.each([["sent-1"], ["another-id"]])("is shown once when the thread lists it as %s", (remoteId) => {
    const item = write("hi");
    begin(item);
    markSent(db, { id: item, receipt, now: T0 + 25 });
    thread(listed({ remoteId }));
    thread(listed({ remoteId }));
    expect(textsOf(db, id)).toEqual(["hi"]);
    expect(db.all("SELECT remote_id, provisional FROM messages")).toEqual([{ remote_id: remoteId, provisional: 0 }]);
  });

  it.each([["sent-1"], ["another-id"]])("is shown once when the thread listed it first, as %s", (remoteId) => {
    const item = write("hi");
    begin(item);
    thread(listed({ remoteId }));
    markSent(db, { id: item, receipt, now: T0 + 61 });
    thread(listed({ remoteId }));
    expect(textsOf(db, id)).toEqual(["hi"]);
  });

  it("is not mistaken for another of the same words", () => {
    for (const [key, remoteId] of [
      ["a", "sent-a"],
      ["b", "sent-b"],
    ] as const) {
      const item = write("hi", key);
      begin(item);
      markSent(db, { id: item, receipt: { ...receipt, remoteId }, now: T0 + 25 });
    }
    thread(listed({ remoteId: "console" }), listed({ remoteId: "sent-a" }), listed({ remoteId: "sent-b" }));
    expect(textsOf(db, id)).toEqual(["hi", "hi", "hi"]);
  });

  it("does not adopt one from another hour", () => {
    const item = write("hi");
    begin(item);
    markSent(db, { id: item, receipt, now: T0 + 25 });
    thread(listed({ createdAt: T0 + 20 + 600_001 }));
    expect(textsOf(db, id)).toEqual(["hi", "hi"]);
  });

  it("stays removed when its tombstone came first", () => {
    const item = write("hi");
    begin(item);
    thread(listed({ remoteId: "sent-1", body: null, redactedAt: T0 + 30 }));
    db.run("DELETE FROM messages");
    markSent(db, { id: item, receipt, now: T0 + 61 });
    expect(textsOf(db, id)).toEqual(["<redacted>"]);
    expect(countHits(db, "hi")).toBe(0);
  });

  it("does not hide what came in just before it", () => {
    commitThread(db, accountId, id, [remoteMessage()]);
    const item = write("hi");
    begin(item);
    markSent(db, { id: item, receipt, now: T0 + 25 });
    const earlier = remoteMessage({ remoteId: "in", body: "wait", createdAt: T0 + 18 });
    const result = thread(remoteMessage(), earlier, listed({ remoteId: "sent-1" }));
    expect(result.newInbound).toHaveLength(1);
  });
});

describe("an unknown outcome", () => {
  const settle = (item: OutboxId) => settleFromThread(db, { id: item, windowMs: 600_000, now: T0 + 70 });
  const unknown = (text = "hi", key = text) => {
    const item = write(text, key);
    begin(item);
    outbox.markUnknown(db, { id: item, failure, now: T0 + 16 });
    return item;
  };

  it("is settled by the message in the thread, each message for one reply only", () => {
    const first = unknown("hi", "a");
    const second = unknown("hi", "b");
    expect(settle(first)).toBe(false);
    thread(listed());
    expect([settle(first), settle(second), settle(first)]).toEqual([true, false, false]);
    expect(stateOf(first)).toEqual({ state: "sent", text: "" });
    expect(textsOf(db, id)).toEqual(["hi"]);
  });

  it.each([
    ["says something else", { body: "ho" }],
    ["came in", { direction: "inbound" }],
    ["is of another hour", { createdAt: T0 + 15 + 600_001 }],
  ] as const)("is not settled by one that %s", (_name, change) => {
    const item = unknown();
    thread(listed(change));
    expect(settle(item)).toBe(false);
  });

  it("is not settled by a message that was here before the reply was written", () => {
    commitThread(db, accountId, id, [listed({ createdAt: T0 + 9 })], { now: T0 + 9 });
    expect(settle(unknown())).toBe(false);
  });

  it("may be sent again or taken back by the person, but not while it is on its way", () => {
    const item = write("hi");
    begin(item);
    expect(() => person.retry(db, { id: item, now: T0 })).toThrow(expect.objectContaining({ code: "rejected" }));
    expect(() => person.discard(db, { id: item })).toThrow(expect.objectContaining({ code: "rejected" }));
    outbox.markUnknown(db, { id: item, failure, now: T0 });
    expect(person.retry(db, { id: item, now: T0 })).toEqual({ conversationId: id });
    expect(next()).toBe("hi");
    expect(person.discard(db, { id: item })).toEqual({ conversationId: id, text: "hi", files: [] });
    expect(() => person.discard(db, { id: item })).toThrow(expect.objectContaining({ code: "not_found" }));
  });
});
