/** The filters of a search, alone and together; what no search can find; steps through more hits than one look takes. */
import { beforeEach, describe, expect, it } from "vitest";
import { insertAccount } from "../../../../electron/db/accounts-repo.ts";
import type { WriteDb } from "../../../../electron/db/connection.ts";
import { searchMessages } from "../../../../electron/db/search-repo.ts";
import type { SearchAnswer } from "../../../../electron/db/search-repo.ts";
import { requestDownloads, searchHoles } from "../../../../electron/db/search-scope.ts";
import { nextThread } from "../../../../electron/db/threads-repo.ts";
import type { AccountId, ConversationId } from "../../../../shared/domain.ts";
import {
  T0,
  commitList,
  commitThread,
  idOf,
  openMemoryDatabase,
  remoteConversation,
  remoteMessage,
  seedAccount,
} from "../../../helpers/test-database.ts";

const DAY = 86_400_000;
let db: WriteDb;
let accountId: AccountId;
let anna: ConversationId;
let bert: ConversationId;

beforeEach(() => {
  db = openMemoryDatabase();
  accountId = seedAccount(db);
  commitList(db, accountId, [
    remoteConversation({ remoteId: "anna", contactNumber: "+15550101234", contactName: "Anna Özil", unreadCount: 1 }),
    remoteConversation({ remoteId: "bert", contactNumber: "+15559990002", contactName: "Bert", lastMessageAt: T0 - 1 }),
  ]);
  anna = idOf(db, "anna");
  bert = idOf(db, "bert");
  commitThread(db, accountId, anna, [
    remoteMessage({ remoteId: "a1", body: "half past ten", createdAt: T0 - 3 * DAY }),
    remoteMessage({ remoteId: "a2", direction: "outbound", body: "ten past half", createdAt: T0 - 2 * DAY }),
    remoteMessage({ remoteId: "a3", body: "ten tickets", createdAt: T0, mediaUrls: ["https://m.test/1"] }),
  ]);
  commitThread(db, accountId, bert, [
    remoteMessage({ remoteId: "b1", body: "ten from bert", createdAt: T0 - 1 }),
    remoteMessage({ remoteId: "b2", body: null, redactedAt: T0, createdAt: T0 - DAY }),
  ]);
  return () => db.close();
});

const ask = (query: string) => searchMessages(db, { query, limit: 20, after: null, now: T0 });
const found = (query: string) =>
  ask(query).results.map(({ message, snippet, conversation }) =>
    message === null ? `<${conversation.contactName ?? ""}>` : snippet,
  );
const iso = (at: number) => {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
};

describe("filters", () => {
  it("takes a phrase as it stands", () => {
    expect(found('"half past ten"')).toEqual(["half past ten"]);
    expect(found('"half past" ten')).toEqual(["half past ten"]);
    expect(found('"half pas"')).toEqual([]);
  });

  it.each([
    ["ten from:anna", ["ten tickets", "half past ten"]],
    ["ten from:ozil", ["ten tickets", "half past ten"]],
    ["ten from:5550101234", ["ten tickets", "half past ten"]],
    ["ten from:me", ["ten past half"]],
    ["ten from:nobody", []],
    ["ten has:media", ["ten tickets"]],
    ["ten is:unread", ["ten tickets"]],
    ["ten account:agentmessage from:bert", ["ten from bert"]],
    ["ten account:0000001 from:bert", ["ten from bert"]],
    ["ten account:elsewhere", []],
    ["has:media", ["ten tickets"]],
    ["is:unread", ["ten tickets"]],
    ["from:bert", ["<Bert>", "ten from bert"]],
  ])("%s", (query, texts) => {
    expect(found(query)).toEqual(texts);
  });

  it("narrows by days: after from its beginning on, before up to its beginning", () => {
    expect(found(`ten after:${iso(T0 - DAY)}`)).toEqual(["ten tickets", "ten from bert"]);
    expect(found(`ten before:${iso(T0 - DAY)}`)).toEqual(["ten past half", "half past ten"]);
    expect(found(`before:${iso(T0 - 2 * DAY)}`)).toEqual(["half past ten"]);
    expect(found(`ten after:${iso(T0 - 2 * DAY)} before:${iso(T0 - DAY)}`)).toEqual(["ten past half"]);
  });

  it("says who or what is not known, and goes on", () => {
    expect(ask("ten from:nobody account:elsewhere").hints.map(({ kind }) => kind)).toEqual(["no_account", "nobody"]);
    expect(ask("ten before:soon")).toMatchObject({ hints: [{ kind: "bad_date" }] });
    expect(found("ten before:soon")).toHaveLength(4);
  });

  it("finds a number however it is written", () => {
    for (const query of ["(555) 010-1234", "+1 555 0101234", "0101234", "555.010.1234", "1-555-010-1234"]) {
      expect(found(query), query).toContain("<Anna Özil>");
    }
    expect(found("5550109999")).toEqual([]);
  });

  it("folds accents in names and texts, and marks the name", () => {
    const [hit] = ask("ozil").results;
    expect(hit).toMatchObject({ message: null, snippet: "Anna Özil", marks: [[5, 9]] });
  });
});

describe("holes", () => {
  it("counts what was removed within the filters, whatever the words", () => {
    expect(searchHoles(db, { query: "ten", now: T0 })).toEqual({ removed: 1, incomplete: 0 });
    expect(searchHoles(db, { query: "ten from:anna", now: T0 })).toEqual({ removed: 0, incomplete: 0 });
    expect(searchHoles(db, { query: "from:bert", now: T0 })).toEqual({ removed: 1, incomplete: 0 });
    expect(searchHoles(db, { query: `after:${iso(T0)}`, now: T0 }).removed).toBe(0);
    expect(searchHoles(db, { query: "has:media", now: T0 }).removed).toBe(0);
  });

  it("counts threads that are not all here, and asks for them", () => {
    commitList(db, accountId, [
      remoteConversation({
        remoteId: "cora",
        contactNumber: "+15559990003",
        contactName: "Cora",
        lastMessageAt: T0 - DAY,
      }),
    ]);
    expect(searchHoles(db, { query: "ten", now: T0 }).incomplete).toBe(1);
    expect(searchHoles(db, { query: "from:anna", now: T0 }).incomplete).toBe(0);
    // Far down the list nobody would fetch it.
    expect(nextThread(db, { accountId, recent: 1, now: T0 })).toBeNull();
    expect(requestDownloads(db, { query: "ten", now: T0 })).toEqual({ count: 1 });
    expect(nextThread(db, { accountId, recent: 1, now: T0 })).toMatchObject({
      kind: "full",
      conversation: { remoteId: "cora" },
    });
    commitThread(db, accountId, idOf(db, "cora"), [remoteMessage({ remoteId: "c1", createdAt: T0 - DAY })], {
      startedAt: T0 + 1,
      now: T0 + 2,
    });
    expect(searchHoles(db, { query: "ten", now: T0 })).toMatchObject({ incomplete: 0 });
  });
});

describe("steps", () => {
  /** Texts of bert every twenty minutes, of forty days: most parts of the index hold some. */
  function holdMany(count: number): void {
    const items = Array.from({ length: count }, (_, at) =>
      remoteMessage({ remoteId: `m${at}`, body: `common ${at}`, createdAt: T0 - 50 * DAY + at * 1_200_000 }),
    );
    commitThread(db, accountId, bert, [
      remoteMessage({ remoteId: "rare", direction: "outbound", body: "common", createdAt: T0 - 99 * DAY }),
      ...items,
    ]);
  }

  it("goes on where it stopped until the rare hit is found", () => {
    holdMany(2_900);
    let step = searchMessages(db, { query: "common from:me", limit: 20, after: null, now: T0 });
    expect(step.results).toEqual([]);
    let steps = 1;
    for (; step.results.length === 0 && step.next !== null; steps += 1) {
      step = searchMessages(db, { query: "common from:me", limit: 20, after: step.next, now: T0 });
    }
    expect(step.results.map(({ snippet }) => snippet)).toEqual(["common"]);
    expect(step.next).toBeNull();
    expect(steps).toBeLessThan(10);
  });

  it.each(["common", "comm", "c", "common from:bert", "from:bert"])(
    "gives each hit of %j once, the newest first, whatever the pages",
    (query) => {
      holdMany(900);
      const pages: number[] = [];
      let after: SearchAnswer["next"] = null;
      do {
        const answer = searchMessages(db, { query, limit: 7 + (pages.length % 5), after, now: T0 });
        pages.push(...answer.results.flatMap(({ message }) => message?.createdAt ?? []));
        after = answer.next;
      } while (after !== null);
      const isFrom = query.includes("from:");
      const held = db.all<{ at: number }>(
        `SELECT created_at AS at FROM messages WHERE conversation_id = ? AND body IS NOT NULL
           AND (? OR direction = 'inbound') AND (? OR body LIKE 'common%') ORDER BY created_at DESC`,
        bert,
        isFrom ? 0 : 1,
        isFrom && !query.includes("common") ? 1 : 0,
      );
      const all = held.map(({ at }) => at);
      expect(pages).toEqual(all);
    },
  );

  it.each([1, 300])("finds pictures without words where a filter lets %i threads through", (threads) => {
    commitList(
      db,
      accountId,
      Array.from({ length: threads }, (_, at) =>
        remoteConversation({
          remoteId: `carla${at}`,
          contactNumber: `+1555888${1_000 + at}`,
          contactName: `Carla ${at}`,
        }),
      ),
    );
    const items = [
      remoteMessage({ remoteId: "p1", body: null, mediaUrls: ["https://m.test/2"], createdAt: T0 - 3 }),
      remoteMessage({ remoteId: "p2", body: "with words", mediaUrls: ["https://m.test/3"], createdAt: T0 - 2 }),
      remoteMessage({ remoteId: "p3", body: "words alone", createdAt: T0 - 1 }),
    ];
    commitThread(db, accountId, idOf(db, "carla0"), items);
    const times = (query: string) => {
      const { results } = searchMessages(db, { query, limit: 20, after: null, now: T0 });
      return results.flatMap(({ message }) => (message === null ? [] : [message.createdAt - T0]));
    };
    expect(times("from:carla")).toEqual([-1, -2, -3]);
    expect(times("from:carla has:media")).toEqual([-2, -3]);
    expect(times("from:carla words")).toEqual([-1, -2]);
  });

  it("shows nothing of an account that is being removed, whatever the filters", () => {
    insertAccount(db, {
      uid: "b",
      provider: "quo",
      name: "Other",
      baseUrl: "https://b.test",
      keyHint: null,
      isSample: false,
      now: T0,
    });
    db.run("UPDATE accounts SET state = 'removing' WHERE id = ?", accountId);
    for (const query of ["ten", "has:media", "from:anna", "is:unread", `after:${iso(T0 - 9 * DAY)}`]) {
      expect(found(query), query).toEqual([]);
    }
    expect(searchHoles(db, { query: "ten", now: T0 })).toEqual({ removed: 0, incomplete: 0 });
  });
});
