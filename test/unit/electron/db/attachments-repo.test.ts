/** Files of drafts and replies: where they go with each step, and that they are gone to the last byte when they end. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { beginAccountRemoval, deleteAccountRows, insertAccount } from "../../../../electron/db/accounts-repo.ts";
import {
  addAttachment,
  draftAttachments,
  filesToSend,
  markUploaded,
  openAttachment,
  removeAttachments,
} from "../../../../electron/db/attachments-repo.ts";
import type { WriteDb } from "../../../../electron/db/connection.ts";
import { findConversation } from "../../../../electron/db/conversations-repo.ts";
import { openDatabase } from "../../../../electron/db/database.ts";
import { getDraft, saveDraft } from "../../../../electron/db/drafts-repo.ts";
import { openMedia } from "../../../../electron/db/media-repo.ts";
import { discard, threadOutbox, toDraft } from "../../../../electron/db/outbox-person.ts";
import {
  beginSend,
  beginUpload,
  enqueue,
  markUnknown,
  nextQueued,
  recoverInterrupted,
} from "../../../../electron/db/outbox-repo.ts";
import { markSent, settleFromThread } from "../../../../electron/db/outbox-settle.ts";
import { purge, purgePending } from "../../../../electron/db/purge.ts";
import { enforceRetention } from "../../../../electron/db/retention-repo.ts";
import { rebuildAccount, storageReport } from "../../../../electron/db/storage-repo.ts";
import type { AccountId, ConversationId, OutboxId } from "../../../../shared/domain.ts";
import type { MediaId } from "../../../../shared/media.ts";
import {
  T0,
  commitList,
  commitThread,
  idOf,
  makeTempFolder,
  messagesOf,
  openMemoryDatabase,
  remoteConversation,
  remoteMessage,
} from "../../../helpers/test-database.ts";

const CANARY = createHash("sha256").update("attachment canary").digest("hex");
/** Longer than a page, so that it stands on pages of its own. */
const BYTES = new TextEncoder().encode(`${CANARY}${"x".repeat(20_000)}${CANARY}`);
const URL_1 = "https://files.test/1/a.png";

let db: WriteDb;
let accountId: AccountId;
let conversationId: ConversationId;

function seed(into: WriteDb): void {
  db = into;
  accountId = insertAccount(db, {
    uid: "account-1",
    provider: "highlevel",
    name: "Desk",
    baseUrl: "https://api.example.test",
    keyHint: null,
    isSample: false,
    now: T0,
  });
  commitList(db, accountId, [remoteConversation()]);
  conversationId = idOf(db, "conversation-1");
}

beforeEach(() => seed(openMemoryDatabase()));
afterEach(() => db.close());

const add = (name = "a.png", bytes = BYTES) =>
  addAttachment(db, { conversationId, name, contentType: "image/png", bytes, now: T0 }).id;
const draftNames = () => draftAttachments(db, { conversationId }).map(({ name }) => name);
const codeOf = (work: () => unknown) => {
  try {
    work();
    return "done";
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

let keys = 0;
function send(files: readonly MediaId[], text = ""): OutboxId {
  keys += 1;
  return enqueue(db, { conversationId, text, files, key: `key-${keys}`, now: T0 }).id;
}

/** As far as an answer that never came. */
function unknown(files: readonly MediaId[], text = "", url: string | null = URL_1): OutboxId {
  const id = send(files, text);
  for (const [at, file] of files.entries()) {
    if (url !== null) markUploaded(db, { id: file, url: at === 0 ? url : `${url}-${at}`, now: T0 });
  }
  expect(beginSend(db, { id, now: T0 })).toBe("go");
  markUnknown(db, { id, failure: { code: "timeout", detail: {} }, now: T0 });
  return id;
}

const outbound = (change: Parameters<typeof remoteMessage>[0]) =>
  remoteMessage({ remoteId: "sent-1", direction: "outbound", body: null, createdAt: T0 + 1_000, ...change });
const listed = (...items: ReturnType<typeof outbound>[]) =>
  commitThread(db, accountId, conversationId, items, { now: T0 + 2_000, startedAt: T0 + 1_500 });
const settles = (id: OutboxId) => settleFromThread(db, { id, windowMs: 600_000, now: T0 + 3_000 });

describe("a draft's files", () => {
  it("make a draft of their own, stay when its words go, and end it with the last of them", () => {
    const first = add();
    const second = add("b.pdf");
    expect(draftNames()).toEqual(["a.png", "b.pdf"]);
    expect(findConversation(db, { id: conversationId })).toMatchObject({ draft: null, draftFiles: 2 });
    saveDraft(db, { conversationId, text: "hello", now: T0 });
    saveDraft(db, { conversationId, text: "", now: T0 });
    expect(draftNames()).toHaveLength(2);
    expect(removeAttachments(db, { ids: [first, second] })).toEqual([conversationId]);
    expect(db.all("SELECT 1 FROM drafts")).toEqual([]);
    expect(findConversation(db, { id: conversationId })!.draftFiles).toBeUndefined();
    expect(purgePending(db)).toBe(true);
  });

  it("are no more and no larger than the provider takes, and none where it takes none", () => {
    for (let index = 0; index < 5; index += 1) add(`${index}.png`);
    expect(codeOf(() => add("6.png"))).toBe("files_too_many");
    expect(codeOf(() => add("big.png", new Uint8Array(5 * 1024 * 1024 + 1)))).toBe("bad_input");
    db.run("UPDATE accounts SET provider = 'quo'");
    expect(codeOf(() => add())).toBe("files_not_taken");
  });
});

describe("a reply with files", () => {
  it("takes those that are named out of the draft and leaves the others in it", () => {
    const [first, second] = [add("a.png"), add("b.png")];
    saveDraft(db, { conversationId, text: "Look", now: T0 });
    const id = send([first], "Look");
    expect(draftNames()).toEqual(["b.png"]);
    expect(getDraft(db, { conversationId })).toBe("");
    expect(threadOutbox(db, { conversationId })[0]!.files).toMatchObject([
      { id: first, name: "a.png", kind: "picture" },
    ]);
    // The draft's removal is not the reply's.
    expect(removeAttachments(db, { ids: [first, second] })).toEqual([conversationId]);
    expect(filesToSend(db, id, T0)).toHaveLength(1);
  });

  it("is refused without words and files, and with files of another thread", () => {
    expect(codeOf(() => send([]))).toBe("text_empty");
    commitList(db, accountId, [
      remoteConversation(),
      remoteConversation({ remoteId: "c2", contactNumber: "+15559990002" }),
    ]);
    const foreign = addAttachment(db, {
      conversationId: idOf(db, "c2"),
      name: "x.png",
      contentType: "image/png",
      bytes: BYTES,
      now: T0,
    }).id;
    expect(codeOf(() => send([foreign]))).toBe("not_found");
    expect(threadOutbox(db, { conversationId })).toEqual([]);
  });

  it("goes back into the draft with its files, and aside with the way back until the app ends", () => {
    toDraft(db, { id: send([add()], "Look"), now: T0 });
    expect([getDraft(db, { conversationId }), draftNames()]).toEqual(["Look", ["a.png"]]);
    const { files } = discard(db, {
      id: send(draftAttachments(db, { conversationId }).map((one) => one.id)),
      keepsFiles: true,
    });
    expect(draftNames()).toEqual([]);
    const again = enqueue(db, { conversationId, text: "", files, key: "again", now: T0, writtenIn: "again" });
    expect(again.files).toHaveLength(1);
    discard(db, { id: again.id, keepsFiles: true });
    recoverInterrupted(db, { now: T0 });
    expect(db.all("SELECT 1 FROM attachment_blobs")).toEqual([]);
  });

  it("brings no file to the provider of a contact who has opted out, and stays queued while it brings them", () => {
    const id = send([add()]);
    expect(beginUpload(db, { id, now: T0 })).toBe("go");
    expect(threadOutbox(db, { conversationId })[0]).toMatchObject({ state: "queued", isUploading: true });
    recoverInterrupted(db, { now: T0 });
    expect(threadOutbox(db, { conversationId })[0]!.isUploading).toBeUndefined();
    commitList(db, accountId, [remoteConversation({ consent: { optedIn: false, since: T0 } })]);
    expect(beginUpload(db, { id, now: T0 })).toBe("refused");
    expect(threadOutbox(db, { conversationId })[0]).toMatchObject({ state: "failed", error: { code: "opted_out" } });
  });

  it("keeps the provider's addresses over a restart, for a day", () => {
    const file = add();
    const id = send([file]);
    markUploaded(db, { id: file, url: URL_1, now: T0 });
    expect(nextQueued(db, { accountId, now: T0 + 80_000_000 })!.files[0]!.url).toBe(URL_1);
    expect(filesToSend(db, id, T0 + 86_400_001)[0]!.url).toBeNull();
  });
});

describe("an outcome that is not known", () => {
  it("is settled by the very files that were brought, under whatever query", () => {
    const id = unknown([add()]);
    listed(outbound({ mediaUrls: [`${URL_1}?signed=2`] }));
    expect(settles(id)).toBe(true);
    expect(messagesOf(db, conversationId)).toHaveLength(1);
  });

  it("is settled by the same words and as many files at other addresses", () => {
    const id = unknown([add(), add("b.png")], "Both");
    listed(outbound({ body: "Both", mediaUrls: ["https://cdn.test/1"] }));
    expect(settles(id)).toBe(false);
    listed(outbound({ remoteId: "sent-2", body: "Both", mediaUrls: ["https://cdn.test/1", "https://cdn.test/2"] }));
    expect(settles(id)).toBe(true);
  });

  it.each([
    ["a message without anything", { body: null, mediaUrls: [] }],
    ["anybody's picture", { body: null, mediaUrls: ["https://cdn.test/other.png"] }],
    ["words alone", { body: "hi", mediaUrls: [] }],
    ["one of two files", { body: null, mediaUrls: [URL_1] }],
    ["these and another", { body: null, mediaUrls: [URL_1, `${URL_1}-1`, "https://cdn.test/3"] }],
  ])("is not settled by %s, where there are no words", (_what, change) => {
    const id = unknown([add(), add("b.png")]);
    listed(outbound(change));
    expect(settles(id)).toBe(false);
    expect(threadOutbox(db, { conversationId })[0]!.state).toBe("unknown");
  });

  it("is not settled by a message with a file where only words were sent", () => {
    const id = unknown([], "Here it is", null);
    listed(outbound({ body: "Here it is", mediaUrls: ["https://cdn.test/1"] }));
    expect(settles(id)).toBe(false);
  });
});

describe("a reply that was sent", () => {
  const receipt = { remoteId: "sent-1", status: "sent" as const, createdAt: T0 + 1_000 };

  function sent(url = URL_1): void {
    const id = unknown([add()], "", url);
    markSent(db, { id, receipt, now: T0 + 1_000 });
  }
  const media = () => messagesOf(db, conversationId)[0]!.media!;

  it("shows its files as the message's own, also once the thread lists it", () => {
    sent();
    expect(media()).toMatchObject([{ state: "held", kind: "picture", sizeBytes: BYTES.byteLength }]);
    expect(db.all("SELECT 1 FROM attachments")).toEqual([]);
    expect(purgePending(db)).toBe(false);
    listed(outbound({ mediaUrls: [URL_1] }));
    expect(messagesOf(db, conversationId)).toHaveLength(1);
    expect(openMedia(db, { id: media()[0]!.id, now: T0 })!.bytes).toEqual(Buffer.from(BYTES));
  });

  it("is one message where the thread lists it under another id", () => {
    sent();
    listed(outbound({ remoteId: "other-id", mediaUrls: [URL_1] }));
    expect(messagesOf(db, conversationId)).toHaveLength(1);
  });

  it("is not taken for another message without words", () => {
    sent();
    listed(outbound({ remoteId: "other-id", mediaUrls: ["https://cdn.test/other.png"] }));
    expect(messagesOf(db, conversationId)).toHaveLength(2);
  });

  it("forgets files that the message does not have", () => {
    const id = unknown([add()], "Look");
    listed(outbound({ body: "Look", mediaUrls: ["https://cdn.test/1"] }));
    expect(settles(id)).toBe(true);
    expect([db.all("SELECT 1 FROM attachments"), purgePending(db)]).toEqual([[], true]);
  });
});

describe("whatever only this device has", () => {
  it("outlives a rebuild: files of a draft and of a reply, each where it was", () => {
    const id = unknown([add("sent.png")], "Look");
    add("draft.png");
    rebuildAccount(db, { accountId });
    expect(db.all("SELECT 1 FROM attachments")).toEqual([]);
    commitList(db, accountId, [remoteConversation()], { generation: 2 });
    conversationId = idOf(db, "conversation-1");
    expect(draftNames()).toEqual(["draft.png"]);
    const [item] = threadOutbox(db, { conversationId });
    expect(item).toMatchObject({ state: "unknown", files: [{ name: "sent.png" }] });
    expect(item!.id).not.toBe(id);
    expect(filesToSend(db, item!.id, T0)[0]!.url).toBe(URL_1);
    expect(openAttachment(db, { id: item!.files![0]!.id })!.bytes.byteLength).toBe(BYTES.byteLength);
    expect(db.all("SELECT 1 FROM salvage_files")).toEqual([]);
  });

  it("is counted among what is stored", () => {
    add();
    send([add("b.png")]);
    expect(storageReport(db).accounts[0]!.unsentFiles).toEqual({ count: 2, bytes: 2 * BYTES.byteLength });
  });
});

describe("on disk", () => {
  /** What ends a file, and what has to be there for it. */
  const ENDS: Readonly<Record<string, () => void>> = {
    "a file that was removed": () => void removeAttachments(db, { ids: [add()] }),
    "a reply that was given up": () => void discard(db, { id: send([add()]) }),
    "an account that was disconnected": () => {
      add();
      beginAccountRemoval(db, { id: accountId });
      deleteAccountRows(db, { id: accountId });
    },
    "a disconnected account whose rebuild was not over": () => {
      add();
      rebuildAccount(db, { accountId });
      beginAccountRemoval(db, { id: accountId });
      deleteAccountRows(db, { id: accountId });
    },
    "a sent message that was removed by retention": () => {
      const id = unknown([add()], "Look");
      markSent(db, { id, receipt: { remoteId: "sent-1", status: "sent", createdAt: T0 }, now: T0 });
      enforceRetention(db, { accountId, windowMs: 1, cutoff: T0 + 1, now: T0 + 2 });
    },
    "a sent message that was redacted": () => {
      const id = unknown([add()], "Look");
      markSent(db, { id, receipt: { remoteId: "sent-1", status: "sent", createdAt: T0 + 1_000 }, now: T0 });
      listed(outbound({ redactedAt: T0 + 1_500 }));
    },
  };

  it.each(Object.entries(ENDS))("nothing is left of %s", (_what, end) => {
    const folder = makeTempFolder();
    try {
      db.close();
      // In clear: what is looked for would otherwise be hidden by the encryption.
      seed(openDatabase({ path: folder.dbPath, key: null }));
      add("kept-for-a-moment.png");
      const bytesOnDisk = () =>
        [folder.dbPath, `${folder.dbPath}-wal`].filter(existsSync).some((path) => readFileSync(path).includes(CANARY));
      expect(bytesOnDisk()).toBe(true);
      const others = draftAttachments(db, { conversationId }).map((one) => one.id);
      removeAttachments(db, { ids: others });
      end();
      expect(purgePending(db)).toBe(true);
      expect(purge(db, { now: T0 })).toEqual({ done: true });
      expect(bytesOnDisk()).toBe(false);
    } finally {
      db.close();
      folder.remove();
      seed(openMemoryDatabase());
    }
  });
});
