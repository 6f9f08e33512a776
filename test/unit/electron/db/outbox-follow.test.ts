/** Accepted replies that are followed, the reply window at both gates, and messages deleted one by one. */
import { describe, expect, it } from "vitest";
import type { WriteDb } from "../../../../electron/db/connection.ts";
import { findConversation } from "../../../../electron/db/conversations-repo.ts";
import { getDraft } from "../../../../electron/db/drafts-repo.ts";
import { replyFromNotification } from "../../../../electron/db/notify-repo.ts";
import { nextFollow, settleFollow } from "../../../../electron/db/outbox-follow.ts";
import { threadOutbox } from "../../../../electron/db/outbox-person.ts";
import { beginSend, enqueue } from "../../../../electron/db/outbox-repo.ts";
import { markSent } from "../../../../electron/db/outbox-settle.ts";
import { REPLY_WINDOW_MS } from "../../../../shared/capabilities.ts";
import {
  T0,
  commitList,
  commitThread,
  countHits,
  openMemoryDatabase,
  remoteConversation,
  remoteMessage,
  seedConversation,
  textsOf,
} from "../../../helpers/test-database.ts";

function sent(db: WriteDb, follow: string | null = "/actions/1") {
  const { accountId, id } = seedConversation(db);
  commitThread(db, accountId, id, [remoteMessage()]);
  const item = enqueue(db, { conversationId: id, text: "On our way", key: "k1", now: T0 + 1 });
  beginSend(db, { id: item.id, now: T0 + 2 });
  const receipt = { remoteId: "act-1", status: "queued", createdAt: T0 + 3, follow } as const;
  markSent(db, { id: item.id, receipt, now: T0 + 4 });
  return { accountId, id, outboxId: item.id };
}

describe("a reply that was accepted but not decided", () => {
  it("is asked about later, and is a message until then", () => {
    const db = openMemoryDatabase();
    const { accountId, id, outboxId } = sent(db);
    expect(textsOf(db, id)).toEqual(["hello", "On our way"]);
    expect(nextFollow(db, { accountId })).toMatchObject({ id: outboxId, follow: "/actions/1", dueAt: T0 + 4 + 10_000 });
    settleFollow(db, { id: outboxId, outcome: null, askAt: T0 + 99_000 });
    expect(nextFollow(db, { accountId })!.dueAt).toBe(T0 + 99_000);
    settleFollow(db, { id: outboxId, outcome: null, askAt: null });
    expect(nextFollow(db, { accountId })).toBeNull();
    db.close();
  });

  it("is a failed reply with its words when it fails after all, and no message and no preview of it stays", () => {
    const db = openMemoryDatabase();
    const { id, outboxId } = sent(db);
    settleFollow(db, { id: outboxId, outcome: "failed", askAt: null });
    expect(textsOf(db, id)).toEqual(["hello"]);
    expect(threadOutbox(db, { conversationId: id })).toMatchObject([
      { state: "failed", text: "On our way", error: { code: "rejected", detail: { reason: "FAILED" } } },
    ]);
    expect(findConversation(db, { id })).toMatchObject({
      preview: { kind: "text", text: "hello" },
      lastMessageAt: T0,
      lastDirection: "inbound",
      outboxProblems: 1,
    });
    db.close();
  });

  it("takes the thread's id when it went out, and appears once when the thread lists it", () => {
    const db = openMemoryDatabase();
    const { accountId, id, outboxId } = sent(db);
    const outcome = { remoteId: "comm-1", status: "sent", createdAt: T0 + 3 } as const;
    settleFollow(db, { id: outboxId, outcome, askAt: null });
    const listed = remoteMessage({ remoteId: "comm-1", direction: "outbound", body: "On our way", createdAt: T0 + 3 });
    commitThread(db, accountId, id, [remoteMessage(), listed]);
    expect(textsOf(db, id)).toEqual(["hello", "On our way"]);
    expect(nextFollow(db, { accountId })).toBeNull();
    db.close();
  });

  it("needs no asking once the thread lists it", () => {
    const db = openMemoryDatabase();
    const { accountId, id, outboxId } = sent(db);
    const listed = remoteMessage({ remoteId: "comm-1", direction: "outbound", body: "On our way", createdAt: T0 + 3 });
    commitThread(db, accountId, id, [remoteMessage(), listed]);
    expect(nextFollow(db, { accountId })).toBeNull();
    settleFollow(db, { id: outboxId, outcome: "failed", askAt: null });
    expect([textsOf(db, id), threadOutbox(db, { conversationId: id })]).toEqual([["hello", "On our way"], []]);
    db.close();
  });
});

describe("the reply window", () => {
  const whatsapp = (db: WriteDb) => {
    const rig = seedConversation(db);
    db.run("UPDATE accounts SET provider = 'vobiz'");
    commitThread(db, rig.accountId, rig.id, [remoteMessage({ channel: "whatsapp" })]);
    return rig;
  };
  const SHUT = T0 + REPLY_WINDOW_MS;

  it("refuses at the queue what comes after it shut, by the provider's clock", () => {
    const db = openMemoryDatabase();
    const { id } = whatsapp(db);
    const send = (now: number) => enqueue(db, { conversationId: id, text: "Hi", key: `k${now}`, now });
    expect(send(SHUT - 1).state).toBe("queued");
    expect(() => send(SHUT)).toThrow("window_shut");
    db.run("UPDATE accounts SET clock_offset_ms = -60000");
    expect(send(SHUT).state).toBe("queued");
    db.close();
  });

  it("fails at dispatch what was queued before it shut, and keeps its words", () => {
    const db = openMemoryDatabase();
    const { id } = whatsapp(db);
    const item = enqueue(db, { conversationId: id, text: "Almost late", key: "k", now: SHUT - 1 });
    expect(beginSend(db, { id: item.id, now: SHUT })).toBe("refused");
    expect(threadOutbox(db, { conversationId: id })).toMatchObject([
      { state: "failed", text: "Almost late", error: { code: "window_shut" } },
    ]);
    db.close();
  });

  it("keeps a reply from a notification as a draft where it is shut, like any other refusal, and takes it once", () => {
    const db = openMemoryDatabase();
    const { id } = whatsapp(db);
    const reply = (text: string, now: number) =>
      replyFromNotification(db, { conversationId: id, text, key: text, now });
    expect(reply("Too late", SHUT)).toEqual({ kind: "draft", reason: "window_shut" });
    expect(reply("Too late", SHUT)).toEqual({ kind: "again" });
    db.run("UPDATE accounts SET provider = 'quo'");
    const long = "x".repeat(1_601);
    expect(reply(long, SHUT)).toEqual({ kind: "draft", reason: "text_too_long" });
    expect(getDraft(db, { conversationId: id })).toBe(`Too late\n${long}`);
    db.close();
  });

  it("says nothing where the last question may not be here, and never for texts by SMS", () => {
    const db = openMemoryDatabase();
    const { accountId, id } = seedConversation(db);
    const send = (key: string) => enqueue(db, { conversationId: id, text: "Hi", key, now: SHUT + 1 });
    db.run("UPDATE accounts SET provider = 'vobiz'");
    expect(send("a").state).toBe("queued");
    const own = remoteMessage({ channel: "whatsapp", direction: "outbound" });
    commitThread(db, accountId, id, [own], { complete: false, cursor: "c" });
    expect(send("b").state).toBe("queued");
    commitThread(db, accountId, id, [own]);
    expect(() => send("c")).toThrow("window_shut");
    db.run("UPDATE accounts SET provider = 'twilio'");
    db.run("UPDATE messages SET channel = 'sms'");
    expect(send("d").state).toBe("queued");
    db.close();
  });
});

describe("a message deleted at the provider", () => {
  const texts = ["one", "two", "three", "four"].map((body, index) =>
    remoteMessage({ remoteId: `m${index}`, body, createdAt: T0 + index }),
  );
  const look = (db: WriteDb, rig: ReturnType<typeof seedConversation>, change = {}) =>
    commitThread(db, rig.accountId, rig.id, [texts[0]!, texts[1]!, texts[3]!], {
      dropsVanished: true,
      startedAt: T0 + 100,
      now: T0 + 100,
      ...change,
    });

  it("goes when a page that spans it no longer has it, with its search terms", () => {
    const db = openMemoryDatabase();
    const rig = seedConversation(db);
    commitThread(db, rig.accountId, rig.id, texts);
    expect(look(db, rig)).toMatchObject({ removedTexts: 1, changed: [rig.id] });
    expect(textsOf(db, rig.id)).toEqual(["one", "two", "four"]);
    expect(countHits(db, "three")).toBe(0);
    db.close();
  });

  it("is not concluded from a page of another provider, an unreadable record, or a page older than the message", () => {
    for (const change of [
      { dropsVanished: false },
      { rejected: [{ remoteId: "m2", reason: "wrong", hash: "h" }] },
      { startedAt: T0 - 1 },
    ]) {
      const db = openMemoryDatabase();
      const rig = seedConversation(db);
      commitThread(db, rig.accountId, rig.id, texts);
      look(db, rig, change);
      expect(textsOf(db, rig.id)).toContain("three");
      db.close();
    }
  });
});

describe("unread at the provider", () => {
  it("that goes from some to none was read elsewhere; a mark set here stays", () => {
    const db = openMemoryDatabase();
    const { accountId, id, item } = seedConversation(db, { unreadCount: 2 });
    const unread = () => findConversation(db, { id })!.unreadCount;
    expect(unread()).toBe(2);
    commitList(db, accountId, [{ ...item, unreadCount: 0 }]);
    expect(unread()).toBe(0);
    db.run("UPDATE conversations SET unread_count = 1");
    commitList(db, accountId, [{ ...item, unreadCount: 0 }]);
    expect(unread()).toBe(1);
    commitList(db, accountId, [remoteConversation({ lastMessageAt: T0 + 5, unreadCount: 3 })]);
    expect(unread()).toBe(3);
    db.close();
  });
});
