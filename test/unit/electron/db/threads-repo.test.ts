/** Which thread is fetched next, from where; what a walk covers; coverage; conversations that are gone. */
import { beforeEach, describe, expect, it } from "vitest";
import type { AccountId, ConversationId } from "../../../../shared/domain.ts";
import { setAccountState } from "../../../../electron/db/accounts-repo.ts";
import type { WriteDb } from "../../../../electron/db/connection.ts";
import { contactDetails, saveNote } from "../../../../electron/db/contact-repo.ts";
import { findConversation } from "../../../../electron/db/conversations-repo.ts";
import { saveDraft } from "../../../../electron/db/drafts-repo.ts";
import { threadOutbox } from "../../../../electron/db/outbox-person.ts";
import { enqueue } from "../../../../electron/db/outbox-repo.ts";
import {
  coverageOf,
  deferThread,
  findThreadWork,
  nextThread,
  removeConversation,
} from "../../../../electron/db/threads-repo.ts";
import {
  T0,
  commitList,
  commitThread,
  countHits,
  idOf,
  openMemoryDatabase,
  remoteConversation,
  remoteMessage,
  seedAccount,
  seedConversation,
} from "../../../helpers/test-database.ts";

let db: WriteDb;
beforeEach(() => {
  db = openMemoryDatabase();
  return () => db.close();
});

/** Conversations "c0" (newest) to "c<n-1>", and a way to name the next one. */
function seedMany(count: number) {
  const accountId = seedAccount(db);
  const items = Array.from({ length: count }, (_, index) =>
    remoteConversation({ remoteId: `c${index}`, contactNumber: `+1555${index}`, lastMessageAt: T0 - index * 10 }),
  );
  commitList(db, accountId, items);
  const next = (recent = 100, now = T0 + 500) =>
    nextThread(db, { accountId, recent, now })?.conversation.remoteId ?? null;
  const walk = (remoteId: string, createdAt: number) =>
    commitThread(db, accountId, idOf(db, remoteId), [remoteMessage({ createdAt })]);
  return { accountId, next, walk };
}

describe("the next thread", () => {
  it("is the newest that is not held up to its last message, among the recent ones only", () => {
    const { next, walk } = seedMany(3);
    expect(next()).toBe("c0");
    walk("c0", T0);
    expect(next()).toBe("c1");
    expect(next(1)).toBeNull();
    walk("c1", T0 - 10);
    walk("c2", T0 - 20);
    expect(next()).toBeNull();
  });

  it("is one with a new message again", () => {
    const { accountId, next, walk } = seedMany(1);
    walk("c0", T0);
    commitList(db, accountId, [remoteConversation({ remoteId: "c0", lastMessageAt: T0 + 5 })]);
    expect(next()).toBe("c0");
  });

  it("then is one due for a re-check, also outside the recent ones, and as a full walk", () => {
    const { accountId, walk } = seedMany(2);
    walk("c0", T0);
    walk("c1", T0 - 10);
    db.run("UPDATE threads SET recheck_due_at = ? WHERE conversation_id = ?", T0 + 100, idOf(db, "c1"));
    expect(nextThread(db, { accountId, recent: 1, now: T0 + 99 })).toBeNull();
    const work = nextThread(db, { accountId, recent: 1, now: T0 + 100 });
    expect(work).toMatchObject({ kind: "full", cursor: null, conversation: { remoteId: "c1" } });
  });

  it("waits after a failure until its time has come", () => {
    const { next } = seedMany(1);
    deferThread(db, { conversationId: idOf(db, "c0"), retryAt: T0 + 600 });
    expect(next(100, T0 + 599)).toBeNull();
    expect(next(100, T0 + 600)).toBe("c0");
  });

  it.each(["needs_key", "missing_scope", "removing"] as const)("is none for an account that is %s", (state) => {
    const { accountId, next } = seedMany(1);
    setAccountState(db, { id: accountId, state, missingScope: null });
    expect(next()).toBeNull();
  });

  it("goes on from the saved cursor after a crash, and from the last page's cursor once complete", () => {
    const { accountId, id } = seedConversation(db);
    expect(findThreadWork(db, { conversationId: id })).toMatchObject({ kind: "full", cursor: null });
    commitThread(db, accountId, id, [remoteMessage()], { complete: false, cursor: "page-2" });
    expect(findThreadWork(db, { conversationId: id })).toMatchObject({ kind: "delta", cursor: "page-2" });
    commitThread(db, accountId, id, [], { kind: "delta", cursor: "page-3" });
    expect(findThreadWork(db, { conversationId: id })).toMatchObject({ kind: "delta", cursor: "page-3" });
    expect(findThreadWork(db, { conversationId: 99 as ConversationId })).toBeNull();
  });
});

describe("a thread that is due only because a sweep came by", () => {
  it("is told as routine and comes after suspicions, until the sweep after that has come by too", () => {
    const { accountId, walk } = seedMany(3);
    for (const at of [0, 1, 2]) walk(`c${at}`, T0 - at * 10);
    const sweep = (now: number) => {
      const items = [0, 1, 2].map((at) =>
        remoteConversation({ remoteId: `c${at}`, contactNumber: `+1555${at}`, lastMessageAt: T0 - at * 10 }),
      );
      commitList(db, accountId, items, { kind: "sweep", now });
    };
    const next = () => nextThread(db, { accountId, recent: 9, now: T0 + 900 });
    sweep(T0 + 400);
    expect(next()).toMatchObject({ kind: "full", isRoutine: true, conversation: { remoteId: "c2" } });

    db.run("UPDATE threads SET recheck_due_at = ? WHERE conversation_id = ?", T0 + 450, idOf(db, "c0"));
    expect(next()?.conversation.remoteId).toBe("c0");
    expect(next()?.isRoutine).toBeUndefined();

    db.run("UPDATE threads SET recheck_due_at = NULL WHERE conversation_id = ?", idOf(db, "c0"));
    sweep(T0 + 600);
    expect(next()).toMatchObject({ conversation: { remoteId: "c2" } });
    expect(next()?.isRoutine).toBeUndefined();
  });
});

it("is due after a sweep for whatever it holds that could be removed: a text, or nothing but a picture", () => {
  const { accountId } = seedConversation(db);
  const shown = [
    ["text", remoteMessage()],
    ["picture", remoteMessage({ body: null, mediaUrls: ["https://media.test/1.png"] })],
    ["nothing", remoteMessage({ body: null, redactedAt: T0 })],
  ] as const;
  const items = shown.map(([remoteId], at) => remoteConversation({ remoteId, contactNumber: `+1555000${at}` }));
  commitList(db, accountId, items);
  for (const [remoteId, message] of shown) commitThread(db, accountId, idOf(db, remoteId), [message]);
  db.run("UPDATE threads SET recheck_due_at = NULL");
  commitList(db, accountId, items, { kind: "sweep", now: T0 + 400 });
  const due = db.all<{ name: string }>(
    `SELECT c.remote_id AS name FROM threads t JOIN conversations c ON c.id = t.conversation_id
     WHERE t.recheck_due_at IS NOT NULL ORDER BY c.id`,
  );
  expect(due.map(({ name }) => name)).toEqual(["text", "picture"]);
});

describe("what a walk covers", () => {
  const behind = (accountId: AccountId) => nextThread(db, { accountId, recent: 9, now: T0 + 900 }) !== null;
  const list = (lastMessageAt: number, now: number) => [[remoteConversation({ lastMessageAt })], { now }] as const;

  it("leaves out what the list learned while its page was on the way", () => {
    const { accountId, id } = seedConversation(db);
    commitList(db, accountId, ...list(T0 + 30, T0 + 120));
    commitThread(db, accountId, id, [remoteMessage()], { startedAt: T0 + 100, now: T0 + 130 });
    expect(behind(accountId)).toBe(true);
    expect(coverageOf(db, id).complete).toBe(false);
  });

  it("leaves that out on a clock that stands still, too", () => {
    const { accountId, id } = seedConversation(db);
    commitList(db, accountId, ...list(T0 + 30, T0));
    commitThread(db, accountId, id, [remoteMessage()], { startedAt: T0, now: T0 });
    expect(behind(accountId)).toBe(true);
  });

  it("ends although the list's date is that of no message: two walks under one date are enough", () => {
    const { accountId, id } = seedConversation(db, { lastMessageAt: T0 + 30 });
    commitThread(db, accountId, id, [remoteMessage()]);
    commitThread(db, accountId, id, [remoteMessage()]);
    expect(behind(accountId)).toBe(false);
  });

  it("needs one walk when the list knew the date before it began", () => {
    const { accountId, id } = seedConversation(db, { lastMessageAt: T0 + 30 });
    commitThread(db, accountId, id, [remoteMessage()], { startedAt: T0 + 1, now: T0 + 2 });
    expect(behind(accountId)).toBe(false);
  });
});

describe("coverage", () => {
  it("tells never fetched from put off, begun and complete", () => {
    const { accountId, id } = seedConversation(db);
    const never = { complete: false, neverFetched: true, checkedAt: null, held: 0, oldestAt: null, gap: null };
    expect(coverageOf(db, id)).toEqual(never);
    deferThread(db, { conversationId: id, retryAt: T0 + 5 });
    expect(coverageOf(db, id)).toEqual(never);
    commitThread(db, accountId, id, [remoteMessage()], { complete: false, cursor: "2" });
    expect(coverageOf(db, id)).toMatchObject({ complete: false, neverFetched: false, checkedAt: null, held: 1 });
    commitThread(db, accountId, id, [], { kind: "delta", now: T0 + 7 });
    expect(coverageOf(db, id)).toMatchObject({ complete: true, neverFetched: false, checkedAt: T0 + 7, held: 1 });
  });

  it("stays complete while a held thread is read again from its start", () => {
    const { accountId, id } = seedConversation(db);
    commitThread(db, accountId, id, [remoteMessage()], { cursor: "last" });
    commitThread(db, accountId, id, [remoteMessage()], { complete: false, cursor: "page-2" });
    expect(coverageOf(db, id).complete).toBe(true);
    expect(findThreadWork(db, { conversationId: id })).toMatchObject({ kind: "delta", cursor: "last" });
  });
});

describe("a conversation its provider no longer has", () => {
  it("goes with its messages, tombstones and search terms", () => {
    const { accountId, id } = seedConversation(db);
    const removed = remoteMessage({ remoteId: "m2", body: null, redactedAt: T0 });
    commitThread(db, accountId, id, [remoteMessage({ body: "words" }), removed]);
    expect(removeConversation(db, { accountId, generation: 1, conversationId: id })).toBe(true);
    expect(findConversation(db, { id })).toBeNull();
    for (const table of ["messages", "redactions", "threads", "conversations"]) {
      expect(db.all(`SELECT * FROM ${table}`), table).toEqual([]);
    }
    expect(countHits(db, "words")).toBe(0);
    expect(db.get("SELECT purge_pending AS p FROM meta")).toEqual({ p: 1 });
  });

  it("keeps the person's own words: a queued reply as failed, and the draft", () => {
    const { accountId, id } = seedConversation(db);
    commitThread(db, accountId, id, [remoteMessage({ body: "words" })]);
    enqueue(db, { conversationId: id, text: "on my way", key: "k1", now: T0 });
    saveDraft(db, { conversationId: id, text: "and then", now: T0 });
    expect(removeConversation(db, { accountId, generation: 1, conversationId: id })).toBe(true);
    expect(threadOutbox(db, { conversationId: id })).toMatchObject([
      { text: "on my way", state: "failed", error: { code: "not_found" } },
    ]);
    expect(findConversation(db, { id })).toMatchObject({ draft: "and then", preview: { kind: "missing" } });
    expect(countHits(db, "words")).toBe(0);
  });

  it("takes along what quotes it: of the draft, of the note, of a text it showed in the list alone", () => {
    const { accountId, id } = seedConversation(db, { preview: "the code is 4711, thanks" });
    commitThread(db, accountId, id, [remoteMessage({ body: "meet me at the old mill", createdAt: T0 - 1 })]);
    saveDraft(db, { conversationId: id, text: '"meet me at the old mill" fine', now: T0 });
    saveNote(db, { id, text: "said: the code is 4711, thanks", now: T0 });
    expect(removeConversation(db, { accountId, generation: 1, conversationId: id })).toBe(true);
    expect(findConversation(db, { id })).toMatchObject({ draft: '"" fine', preview: { kind: "missing" } });
    expect(contactDetails(db, { id }).note).toBe("said:");
  });

  it("keeps no draft that was nothing but its words", () => {
    const { accountId, id } = seedConversation(db);
    commitThread(db, accountId, id, [remoteMessage({ body: "meet me at the old mill" })]);
    saveDraft(db, { conversationId: id, text: "meet me at the old mill", now: T0 });
    expect(removeConversation(db, { accountId, generation: 1, conversationId: id })).toBe(true);
    expect(findConversation(db, { id })).toBeNull();
  });

  it("stays under an old generation, for another account, and when it is not there", () => {
    const { accountId, id } = seedConversation(db);
    const other = seedAccount(db, "account-2");
    expect(removeConversation(db, { accountId, generation: 0, conversationId: id })).toBe(false);
    expect(removeConversation(db, { accountId: other, generation: 1, conversationId: id })).toBe(false);
    expect(removeConversation(db, { accountId, generation: 1, conversationId: 99 as ConversationId })).toBe(false);
    expect(findConversation(db, { id })).not.toBeNull();
    expect(db.get("SELECT purge_pending AS p FROM meta")).toEqual({ p: 0 });
  });
});
