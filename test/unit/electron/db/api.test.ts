/** The database's calls against the window's contract: what they answer parses, strictly, under shared/ipc.ts. */
import { beforeEach, describe, expect, it } from "vitest";
import type { z } from "zod";
import { Account } from "../../../../shared/domain.ts";
import type { AccountId, ConversationId } from "../../../../shared/domain.ts";
import { calls } from "../../../../shared/ipc.ts";
import { dbCalls } from "../../../../electron/db/api.ts";
import type { WriteDb } from "../../../../electron/db/connection.ts";
import {
  T0,
  commitList,
  commitThread,
  createInProcessClient,
  createStores,
  openMemoryDatabase,
  remoteConversation,
  remoteMessage,
  seedAccount,
  seedConversation,
} from "../../../helpers/test-database.ts";

let db: WriteDb;
let accountId: AccountId;
let id: ConversationId;
beforeEach(() => {
  db = openMemoryDatabase();
  ({ accountId, id } = seedConversation(db));
  const optIn = { optedIn: true, since: T0 - 5 };
  const other = { remoteId: "c2", contactNumber: "+15559990002", lastMessageAt: T0 - 1, contactName: "Ann" };
  commitList(db, accountId, [
    remoteConversation({ consent: optIn }),
    remoteConversation({ ...other, preview: null, previewRedactedAt: T0 }),
  ]);
  commitThread(db, accountId, id, [
    remoteMessage(),
    remoteMessage({ remoteId: "m2", body: null, redactedAt: T0, createdAt: T0 - 1 }),
    remoteMessage({ remoteId: "m3", body: null, mediaUrls: ["https://a.test/1"], createdAt: T0 - 2 }),
  ]);
  dbCalls["drafts.save"](db, { conversationId: id, text: "a draft", now: T0 });
  const item = dbCalls["outbox.enqueue"](db, { conversationId: id, text: "a reply", key: "k", now: T0 });
  dbCalls["outbox.markFailed"](db, { id: item.id, failure: { code: "rejected", detail: { reason: "x" } }, now: T0 });
  return () => db.close();
});

const everything = { view: "all", accountId: null, numberId: null } as const;

/** Parses and compares: a field the contract does not name would be lost on the way and shows here. */
function expectContract(schema: z.ZodType, value: unknown): void {
  expect(schema.parse(value)).toEqual(value);
}

describe("the answers for the window", () => {
  it.each<[keyof typeof calls, () => unknown]>([
    [
      "conversations.window",
      () => dbCalls["conversations.window"](db, { ...everything, offset: 0, limit: 9, keepId: id }),
    ],
    ["conversations.get", () => dbCalls["conversations.get"](db, { id })],
    ["conversations.counts", () => dbCalls["conversations.counts"](db)],
    ["conversations.ids", () => dbCalls["conversations.ids"](db, { ...everything, offset: 0, limit: 9 })],
    ["triage.apply", () => dbCalls["triage.apply"](db, { ids: [id], action: { kind: "done" }, now: T0 })],
    ["conversations.unread", () => dbCalls["conversations.unread"](db)],
    ["thread.page", () => dbCalls["thread.page"](db, { conversationId: id, before: null, limit: 9 })],
    ["thread.outbox", () => dbCalls["thread.outbox"](db, { conversationId: id })],
    ["thread.consentHistory", () => dbCalls["thread.consentHistory"](db, { conversationId: id })],
    ["drafts.get", () => dbCalls["drafts.get"](db, { conversationId: id })],
    ["search.messages", () => dbCalls["search.messages"](db, { query: "hel", limit: 9, after: null, now: T0 })],
    ["search.holes", () => dbCalls["search.holes"](db, { query: "hel", now: T0 })],
    ["search.download", () => dbCalls["search.download"](db, { query: "hel", now: T0 })],
    ["thread.since", () => dbCalls["thread.since"](db, { conversationId: id, at: 0 })],
    ["contacts.details", () => dbCalls["contacts.details"](db, { id })],
    [
      "contacts.importPick",
      () =>
        dbCalls["contacts.importPreview"](db, {
          file: { fileName: "a.csv", bytes: Buffer.from("Name,Phone\nAnna,+1 555 999 0001\n") },
          choices: { columns: null, country: null },
        }),
    ],
    ["outbox.send", () => dbCalls["outbox.enqueue"](db, { conversationId: id, text: "b", key: "k2", now: T0 })],
  ])("%s parses under the contract", (name, ask) => {
    const value = ask();
    expect(value).toBeTruthy();
    expectContract(calls[name].output, value);
  });

  it("accounts carry nothing but their two inner fields beyond the contract", () => {
    const [account] = dbCalls["accounts.list"](db);
    const { uid, generation, ...shown } = account!;
    expect([uid, generation]).toEqual(["account-1", 1]);
    expectContract(Account, shown);
  });
});

describe("the window of the list", () => {
  const window = (
    offset: number,
    limit: number,
    keepId: ConversationId | null = null,
    account: AccountId | null = null,
  ) => dbCalls["conversations.window"](db, { ...everything, accountId: account, offset, limit, keepId });

  it("is a slice of one order: newest first, ties by the newer id", () => {
    const tied = Array.from({ length: 5 }, (_, index) =>
      remoteConversation({ remoteId: `t${index}`, contactNumber: `+1${index}`, lastMessageAt: T0 - 9 }),
    );
    commitList(db, accountId, tied);
    const whole = window(0, 100);
    expect(whole.total).toBe(7);
    const slices = [0, 2, 4, 6].flatMap((offset) => window(offset, 2).rows);
    expect(slices).toEqual(whole.rows);
    const order = whole.rows.map((row) => [row.lastMessageAt, row.id] as const);
    expect(order).toEqual(order.toSorted(([atA, a], [atB, b]) => atB - atA || b - a));
    for (const [index, row] of whole.rows.entries()) expect(window(3, 1, row.id).keepIndex).toBe(index);
    expect(window(0, 1, 999 as ConversationId).keepIndex).toBeNull();
  });

  it("holds one account or all, with draft and reply problems on the row", () => {
    const other = seedAccount(db, "account-2");
    expect(window(0, 9, null, other)).toEqual({ total: 0, offset: 0, rows: [], keepIndex: null });
    expect(window(0, 9, null, accountId).rows[0]).toMatchObject({ draft: "a draft", outboxProblems: 1 });
  });
});

describe("a page of a thread", () => {
  it("reads backwards without gap or overlap, also where messages share a date", () => {
    const many = Array.from({ length: 25 }, (_, index) =>
      remoteMessage({ remoteId: `n${index}`, createdAt: T0 + Math.floor(index / 4) }),
    );
    commitThread(db, accountId, id, many);
    const whole = dbCalls["thread.page"](db, { conversationId: id, before: null, limit: 200 });
    const read: typeof whole.messages = [];
    for (let hasOlder = true; hasOlder;) {
      const page = dbCalls["thread.page"](db, { conversationId: id, before: read[0] ?? null, limit: 7 });
      read.unshift(...page.messages);
      ({ hasOlder } = page);
    }
    expect(read).toEqual(whole.messages);
    expect(whole.hasOlder).toBe(false);
  });
});

describe("a read", () => {
  it("cannot be asked of a statement that writes", () => {
    expect(() => db.get("DELETE FROM accounts RETURNING id")).toThrow(/statement that writes/);
    expect(() => db.all("UPDATE accounts SET name = 'x' RETURNING id")).toThrow(/statement that writes/);
    expect(db.all("SELECT name FROM accounts")).toEqual([{ name: "Name of account-1" }]);
  });
});

describe("the engines' stores", () => {
  it("reach every call, and reject as the call does", async () => {
    const { sync, outbox } = createStores(db);
    expect(await sync.loadSync({ accountId })).toMatchObject({ generation: 1, mark: T0, list: null });
    await sync.saveNumbers({
      accountId,
      generation: 1,
      numbers: [{ remoteId: "n", number: "+15550000001", label: "Shop" }],
    });
    expect(dbCalls["conversations.get"](db, { id })?.ownLabel).toBe("Shop");
    await sync.deferThread({ conversationId: id, retryAt: T0 + 1 });
    expect(await sync.purge({ now: T0 })).toEqual({ done: true });
    expect(await outbox.unknowns({ accountId })).toEqual([]);
    const blank = outbox.enqueue({ conversationId: id, text: " ", key: "k3", now: T0 });
    await expect(blank).rejects.toMatchObject({ code: "text_empty" });
    await expect(createInProcessClient(db).call("purge.pending", undefined)).resolves.toBe(false);
  });
});
