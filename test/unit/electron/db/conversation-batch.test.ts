/** Many rows with few statements: how many a page costs, and that rows of one page do not get in each other's way. */
import { beforeEach, describe, expect, it } from "vitest";
import type { AccountId, ConversationId } from "../../../../shared/domain.ts";
import type { SqlValue, WriteDb } from "../../../../electron/db/connection.ts";
import { decideConsent } from "../../../../electron/db/consent-repo.ts";
import { findConversation } from "../../../../electron/db/conversations-repo.ts";
import { createInsertRows } from "../../../../electron/db/multi-row.ts";
import type { RemoteConversation } from "../../../../electron/sync/ports.ts";
import {
  T0,
  commitList,
  idOf,
  openMemoryDatabase,
  remoteConversation,
  seedAccount,
} from "../../../helpers/test-database.ts";

const PAGE = 200;

let db: WriteDb;
let accountId: AccountId;
beforeEach(() => {
  db = openMemoryDatabase();
  accountId = seedAccount(db);
  return () => db.close();
});

const rowOf = (id: ConversationId) => findConversation(db, { id });
const one = (index: number, change: Partial<RemoteConversation> = {}): RemoteConversation =>
  remoteConversation({
    remoteId: `c${index}`,
    contactNumber: `+1555${1_000_000 + index}`,
    lastMessageAt: T0 - index,
    ...change,
  });
const page = (change: (index: number) => Partial<RemoteConversation> = () => ({})) =>
  Array.from({ length: PAGE }, (_, index) => one(index, change(index)));

/** How many statements `work` runs. */
function statementsOf(work: (counted: WriteDb) => unknown): number {
  let count = 0;
  const counting =
    <R>(ask: (sql: string, ...values: SqlValue[]) => R) =>
    (sql: string, ...values: SqlValue[]): R => {
      count += 1;
      return ask(sql, ...values);
    };
  work({ ...db, all: counting(db.all), get: counting(db.get), run: counting(db.run) } as WriteDb);
  return count;
}

describe(`a page of ${PAGE}`, () => {
  it("of new conversations costs a few statements, not some for each", () => {
    expect(statementsOf((counted) => commitList(counted, accountId, page()))).toBeLessThan(40);
  });

  it("that says nothing new costs as few", () => {
    commitList(
      db,
      accountId,
      page(() => ({ unreadCount: 1, contactName: "Ann" })),
    );
    const again = page(() => ({ unreadCount: 1, contactName: "Ann" }));
    expect(statementsOf((counted) => commitList(counted, accountId, again))).toBeLessThan(20);
  });

  it("that a sweep meets costs as few, and nobody on it is missing from the sweep", () => {
    commitList(db, accountId, page());
    const pass = { cursor: "c", newestAt: T0, stopBefore: null, pages: 1, seen: PAGE, restarts: 0, startedAt: T0 + 5 };
    const sweep = { kind: "sweep", pass, mark: null, now: T0 + 9 } as const;
    expect(statementsOf((counted) => commitList(counted, accountId, page(), sweep))).toBeLessThan(20);
    expect(db.get("SELECT count(*) AS n FROM conversations WHERE swept_at = ?", T0 + 9)).toEqual({ n: PAGE });
  });

  it("of new conversations stores each with its own contact, number, consent and history", () => {
    const items = page((index) => ({
      ownNumber: `+1555000000${index % 3}`,
      contactName: index % 2 === 0 ? `Name ${index}` : null,
      consent: index % 3 === 0 ? null : { optedIn: index % 3 === 1, since: T0 - index },
    }));
    const { changed } = commitList(db, accountId, items);
    expect(new Set(changed).size).toBe(PAGE);
    for (const [index, item] of items.entries()) {
      const { consent } = item;
      const state = consent === null ? "unknown" : consent.optedIn ? "opted_in" : "opted_out";
      const id = idOf(db, item.remoteId);
      expect(rowOf(id)).toMatchObject({
        ownNumber: item.ownNumber,
        contactNumber: item.contactNumber,
        contactName: item.contactName,
        lastMessageAt: T0 - index,
        consent: { state },
      });
      const events = db.all("SELECT consent, since FROM consent_events WHERE conversation_id = ?", id);
      expect(events).toEqual(consent === null ? [] : [{ consent: state, since: T0 - index }]);
    }
  });
});

describe("rows of one page", () => {
  it("that name a conversation twice are one, as the newer of them says", () => {
    const newer = one(1, { lastMessageAt: T0 + 5, preview: "newer" });
    for (const items of [
      [one(1), newer],
      [newer, one(1)],
    ]) {
      db.run("DELETE FROM conversations");
      commitList(db, accountId, items);
      expect(db.all("SELECT remote_id, preview FROM conversations")).toEqual([{ remote_id: "c1", preview: "newer" }]);
    }
  });

  it("that name a stored conversation twice do not fall back to what it was before the first", () => {
    commitList(db, accountId, [one(1, { lastMessageAt: T0 - 50, preview: "old" })]);
    const [newest, older] = [one(1, { lastMessageAt: T0 + 5, preview: "newest" }), one(1, { preview: "older" })];
    commitList(db, accountId, [newest, older]);
    expect(rowOf(idOf(db, "c1"))).toMatchObject({ lastMessageAt: T0 + 5, preview: { kind: "text", text: "newest" } });
  });

  it("whose removal comes first on the page show no text that comes second", () => {
    commitList(db, accountId, [one(1, { preview: "secret" })]);
    commitList(db, accountId, [one(1, { preview: null, previewRedactedAt: T0 + 1 }), one(1, { preview: "secret" })]);
    expect(db.get("SELECT preview, preview_redacted_at AS at FROM conversations")).toEqual({
      preview: null,
      at: T0 + 1,
    });
  });

  it("of one contact on two own numbers share it, with the last name it is given", () => {
    const contactNumber = "+15557770001";
    const [first, second] = [
      one(1, { contactNumber, contactName: "First" }),
      one(2, { contactNumber, contactName: "Last", ownNumber: "+15550000009" }),
    ];
    commitList(db, accountId, [first, second]);
    expect(db.all("SELECT number, provider_name AS name FROM contacts")).toEqual([
      { number: contactNumber, name: "Last" },
    ]);
    // A list that names nobody takes no name away.
    commitList(db, accountId, [{ ...first, contactName: null }]);
    expect(rowOf(idOf(db, "c1"))?.contactName).toBe("Last");
  });

  it("are opted out where a person said so, and only those", () => {
    commitList(db, accountId, [one(1)]);
    decideConsent(db, { id: idOf(db, "c1"), decision: "opted_out", messageId: null, now: T0 });
    const { contactNumber } = one(1);
    commitList(db, accountId, [one(2), one(3, { contactNumber, ownNumber: "+15550000009" }), one(4)]);
    const states = db.all(
      "SELECT remote_id AS id, consent, told_consent AS told FROM conversations ORDER BY remote_id",
    );
    expect(states).toEqual([
      { id: "c1", consent: "opted_out", told: "opted_in" },
      { id: "c2", consent: "opted_in", told: null },
      { id: "c3", consent: "opted_out", told: "opted_in" },
      { id: "c4", consent: "opted_in", told: null },
    ]);
  });
});

describe("inserting rows", () => {
  it.each([0, 1, 3, 4, 21, 64, 85, 200])("gives %i of them ids in their order", (count) => {
    const insert = createInsertRows("phone_numbers", ["account_id", "number"]);
    const ids = insert(
      db,
      Array.from({ length: count }, (_, index) => [accountId, `n${index}`]),
    );
    expect(db.all("SELECT id, number FROM phone_numbers ORDER BY id")).toEqual(
      ids.map((id, index) => ({ id, number: `n${index}` })),
    );
    expect(ids).toHaveLength(count);
  });

  it("leaves triggers of the search index out of the count", () => {
    const insert = createInsertRows("contacts", ["account_id", "number", "provider_name"]);
    const ids = insert(
      db,
      Array.from({ length: 70 }, (_, index) => [accountId, `n${index}`, `Name ${index}`]),
    );
    expect(db.all("SELECT id, number FROM contacts ORDER BY id")).toEqual(
      ids.map((id, index) => ({ id, number: `n${index}` })),
    );
  });
});
