/** Pages of a thread: idempotence, tombstones, suspicion and re-check, adoption of replies, news, statuses. */
import { beforeEach, describe, expect, it } from "vitest";
import type { ConversationId } from "../../../../shared/domain.ts";
import type { WriteDb } from "../../../../electron/db/connection.ts";
import { findConversation } from "../../../../electron/db/conversations-repo.ts";
import { getDraft, saveDraft } from "../../../../electron/db/drafts-repo.ts";
import {
  T0,
  commitList,
  commitThread,
  checkIndexes,
  countHits,
  messagesOf,
  openMemoryDatabase,
  remoteConversation,
  remoteMessage,
  seedConversation,
  textsOf,
} from "../../../helpers/test-database.ts";

let db: WriteDb;
beforeEach(() => {
  db = openMemoryDatabase();
  return () => db.close();
});

const previewOf = (id: ConversationId) => findConversation(db, { id })?.preview;
const isPurgePending = () => db.get<{ p: number }>("SELECT purge_pending AS p FROM meta")?.p === 1;

describe("a page of a thread", () => {
  it("changes nothing the second time", () => {
    const { accountId, id } = seedConversation(db);
    const page = [remoteMessage(), remoteMessage({ remoteId: "m2", body: null, mediaUrls: ["https://a.test/1"] })];
    expect(commitThread(db, accountId, id, page).changed).toEqual([id]);
    expect(commitThread(db, accountId, id, page)).toEqual({
      applied: true,
      changed: [],
      newInbound: [],
      removedTexts: 0,
    });
  });

  it("writes nothing under an old generation", () => {
    const { accountId, id } = seedConversation(db);
    expect(commitThread(db, accountId, id, [remoteMessage()], { generation: 0 }).applied).toBe(false);
    expect(messagesOf(db, id)).toEqual([]);
    expect(db.all("SELECT conversation_id FROM threads")).toEqual([]);
  });

  it("of a conversation that is gone is no sign that the account changed", () => {
    const { accountId } = seedConversation(db);
    expect(commitThread(db, accountId, 999 as ConversationId, [remoteMessage()])).toMatchObject({
      applied: true,
      changed: [],
    });
  });

  it("follows an edited text in the row, the preview and the index", () => {
    const { accountId, id } = seedConversation(db);
    commitThread(db, accountId, id, [remoteMessage({ body: "first shared" })]);
    commitThread(db, accountId, id, [remoteMessage({ body: "second shared" })]);
    expect(textsOf(db, id)).toEqual(["second shared"]);
    expect(previewOf(id)).toEqual({ kind: "text", text: "second shared" });
    expect(["first", "second", "shared"].map((term) => countHits(db, term))).toEqual([0, 1, 1]);
    checkIndexes(db);
  });

  it("keeps the text [redacted] that somebody typed", () => {
    const { accountId, id } = seedConversation(db);
    commitThread(db, accountId, id, [remoteMessage({ body: "[redacted]" })]);
    expect(textsOf(db, id)).toEqual(["[redacted]"]);
  });

  it("moves the list row when the thread knows of a newer message", () => {
    const { accountId, id } = seedConversation(db);
    commitThread(db, accountId, id, [remoteMessage({ createdAt: T0 + 9, body: "newer" })]);
    expect(findConversation(db, { id })).toMatchObject({
      lastMessageAt: T0 + 9,
      preview: { kind: "text", text: "newer" },
    });
  });
});

describe("a tombstone", () => {
  const removed = remoteMessage({ body: null, redactedAt: T0 + 50 });
  const secret = remoteMessage({ body: "secret words", mediaUrls: ["https://a.test/secret"] });

  it("removes the text from row, media, index and preview, and asks for a purge", () => {
    const { accountId, id } = seedConversation(db, { preview: "secret words" });
    commitThread(db, accountId, id, [secret]);
    expect(isPurgePending()).toBe(false);
    expect(commitThread(db, accountId, id, [removed], { now: T0 + 60 }).removedTexts).toBe(1);
    const redaction = { by: "provider", at: T0 + 50, removedHereAt: T0 + 60 };
    expect(messagesOf(db, id)[0]?.body).toEqual({ kind: "redacted", redaction });
    expect(previewOf(id)).toEqual({ kind: "redacted", redaction });
    expect(countHits(db, "secret")).toBe(0);
    expect(db.all("SELECT body, media_urls FROM messages")).toEqual([{ body: null, media_urls: null }]);
    expect(isPurgePending()).toBe(true);
  });

  it.each(["delta", "full"] as const)("wins over a later %s page, whenever it was begun", (kind) => {
    const { accountId, id } = seedConversation(db, { preview: "secret words" });
    commitThread(db, accountId, id, [secret]);
    commitThread(db, accountId, id, [removed], { now: T0 + 60 });
    const late = { kind, startedAt: T0 + 1_000, now: T0 + 1_000 };
    expect(commitThread(db, accountId, id, [secret], late).changed).toEqual([]);
    expect(textsOf(db, id)).toEqual(["<redacted>"]);
    expect(countHits(db, "secret")).toBe(0);
  });

  it("says that nothing was removed here when no text was ever held", () => {
    const { accountId, id } = seedConversation(db, { preview: null });
    expect(commitThread(db, accountId, id, [removed]).removedTexts).toBe(0);
    expect(messagesOf(db, id)[0]?.body).toMatchObject({ redaction: { removedHereAt: null } });
    expect(isPurgePending()).toBe(false);
  });

  it("takes along a draft that repeats the text, and leaves another alone", () => {
    const { accountId, id } = seedConversation(db);
    commitThread(db, accountId, id, [secret]);
    saveDraft(db, { conversationId: id, text: "secret words", now: T0 });
    commitThread(db, accountId, id, [removed]);
    expect(getDraft(db, { conversationId: id })).toBe("");
    saveDraft(db, { conversationId: id, text: "my own", now: T0 });
    commitThread(db, accountId, id, [removed, remoteMessage({ remoteId: "m2", body: null, redactedAt: T0 + 51 })]);
    expect(getDraft(db, { conversationId: id })).toBe("my own");
  });

  it("of the last message found by the thread itself makes the older ones suspect, but not what it just showed", () => {
    const { accountId, id } = seedConversation(db, { lastMessageAt: T0 + 20 });
    const shown = remoteMessage({ remoteId: "shown", body: "shown", createdAt: T0 + 10 });
    const last = { remoteId: "last", createdAt: T0 + 20 };
    commitThread(db, accountId, id, [remoteMessage({ body: "before" }), shown, remoteMessage(last)]);
    const page = [shown, remoteMessage({ ...last, body: null, redactedAt: T0 + 50 })];
    commitThread(db, accountId, id, page, { kind: "delta", now: T0 + 60, startedAt: T0 + 55 });
    expect(textsOf(db, id)).toEqual(["<missing>", "shown", "<redacted>"]);
  });
});

describe("a text that was dropped on suspicion", () => {
  const older = remoteMessage({ remoteId: "m0", body: "older", createdAt: T0 - 10 });
  const last = remoteMessage({ body: "last" });
  const suspect = () => {
    const seeded = seedConversation(db);
    commitThread(db, seeded.accountId, seeded.id, [older, last]);
    const list = remoteConversation({ preview: null, previewRedactedAt: T0 + 50 });
    commitList(db, seeded.accountId, [list], { now: T0 + 60 });
    return seeded;
  };
  const recheck = { kind: "full", startedAt: T0 + 70, now: T0 + 80 } as const;

  it.each([
    ["a delta", { kind: "delta", startedAt: T0 + 70, now: T0 + 80 }],
    ["a walk begun before", { kind: "full", startedAt: T0 + 59, now: T0 + 80 }],
  ] as const)("is not brought back by %s", (_name, walk) => {
    const { accountId, id } = suspect();
    commitThread(db, accountId, id, [older], walk);
    expect(textsOf(db, id)[0]).toBe("<missing>");
    expect(countHits(db, "older")).toBe(0);
  });

  it("is restored by the re-check where the provider still has it", () => {
    const { accountId, id } = suspect();
    commitThread(db, accountId, id, [older, { ...last, body: null, redactedAt: T0 + 50 }], recheck);
    expect(textsOf(db, id)).toEqual(["older", "<redacted>"]);
    expect(db.get("SELECT recheck_due_at AS at FROM threads")).toEqual({ at: null });
  });

  it("says when it left this device once the provider confirms", () => {
    const { accountId, id } = suspect();
    commitThread(db, accountId, id, [{ ...older, body: null, redactedAt: T0 + 40 }], recheck);
    expect(messagesOf(db, id)[0]?.body).toMatchObject({ redaction: { at: T0 + 40, removedHereAt: T0 + 60 } });
  });

  it("becomes a tombstone when the re-check does not list it any more", () => {
    const { accountId, id } = suspect();
    commitThread(db, accountId, id, [{ ...last, body: null, redactedAt: T0 + 50 }], recheck);
    expect(textsOf(db, id)).toEqual(["<redacted>", "<redacted>"]);
    commitThread(db, accountId, id, [older], { ...recheck, startedAt: T0 + 900 });
    expect(textsOf(db, id)[0]).toBe("<redacted>");
  });

  it("is no tombstone while its record cannot be read", () => {
    const { accountId, id } = suspect();
    const rejected = [{ remoteId: "m0", reason: "direction", hash: "h" }];
    commitThread(db, accountId, id, [{ ...last, body: null, redactedAt: T0 + 50 }], { ...recheck, rejected });
    expect(textsOf(db, id)[0]).toBe("<missing>");
  });

  it("stays due when the suspicion is newer than the walk", () => {
    const { accountId, id } = suspect();
    commitThread(db, accountId, id, [older], { ...recheck, startedAt: T0 + 59 });
    expect(db.get("SELECT recheck_due_at AS at FROM threads")).toEqual({ at: T0 + 60 });
  });

  it("is for ever gone where the list named its very message, also after newer ones", () => {
    const { accountId, id } = suspect();
    commitList(db, accountId, [remoteConversation({ lastMessageAt: T0 + 90, preview: "newer" })]);
    commitThread(db, accountId, id, [older, last], { kind: "full", startedAt: T0 + 95, now: T0 + 99 });
    expect(textsOf(db, id)).toEqual(["older", "<redacted>"]);
  });

  it("is left to the re-check where two messages share the date", () => {
    const { accountId, id } = suspect();
    const twin = remoteMessage({ remoteId: "twin", body: "twin" });
    commitThread(db, accountId, id, [older, twin, { ...last, body: null, redactedAt: T0 + 50 }], recheck);
    expect(textsOf(db, id).toSorted()).toEqual(["<redacted>", "older", "twin"]);
  });
});

describe("news", () => {
  const at = (offset: number, change = {}) =>
    remoteMessage({ remoteId: `m${offset}`, createdAt: T0 + offset, ...change });

  it("is none in a thread fetched for the first time", () => {
    const { accountId, id } = seedConversation(db);
    expect(commitThread(db, accountId, id, [at(0)], { complete: false, cursor: "2" }).newInbound).toEqual([]);
    expect(commitThread(db, accountId, id, [at(1)]).newInbound).toEqual([]);
  });

  it("is what came in since, in order, once, and not what went out", () => {
    const { accountId, id } = seedConversation(db);
    commitThread(db, accountId, id, [at(0)]);
    const page = [at(1), at(2, { direction: "outbound" }), at(3), at(-5)];
    const ids = commitThread(db, accountId, id, page).newInbound;
    const known = messagesOf(db, id);
    expect(ids.map((one) => known.find((message) => message.id === one)?.createdAt)).toEqual([T0 + 1, T0 + 3]);
    expect(commitThread(db, accountId, id, page).newInbound).toEqual([]);
  });

  it("is all that came in since the last complete look, though the newest page is stored first", () => {
    const { accountId, id } = seedConversation(db);
    commitThread(db, accountId, id, [at(0)]);
    const newestPage = { kind: "delta", cursor: "older", complete: false } as const;
    expect(commitThread(db, accountId, id, [at(4), at(3)], newestPage).newInbound).toHaveLength(2);
    expect(commitThread(db, accountId, id, [at(2), at(1), at(0)], { kind: "delta" }).newInbound).toHaveLength(2);
  });
});

describe("a status", () => {
  it.each([
    ["queued", "sent", "sent"],
    ["delivered", "sent", "delivered"],
    ["read", "delivered", "read"],
    ["delivered", "failed", "failed"],
    ["failed", "sent", "failed"],
  ] as const)("%s, then %s, is shown as %s", (first, second, shown) => {
    const { accountId, id } = seedConversation(db);
    const out = (status: typeof first | typeof second) => [remoteMessage({ direction: "outbound", status })];
    commitThread(db, accountId, id, out(first));
    commitThread(db, accountId, id, out(second));
    expect(messagesOf(db, id)[0]?.status).toBe(shown);
  });
});
