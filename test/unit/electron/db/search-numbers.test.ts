/** Numbers that many contacts have: the newest of them, whether or not all contacts had to be looked at. */
import { beforeAll, describe, expect, it } from "vitest";
import type { WriteDb } from "../../../../electron/db/connection.ts";
import { newestByNumber } from "../../../../electron/db/contact-match.ts";
import { searchMessages } from "../../../../electron/db/search-repo.ts";
import {
  T0,
  commitList,
  idOf,
  openMemoryDatabase,
  remoteConversation,
  seedAccount,
} from "../../../helpers/test-database.ts";

const MANY = 2_500;
/** Newest first; every twentieth has a number of its own kind, every hundredth of another, and some are called by one. */
const rows = Array.from({ length: MANY }, (_, index) =>
  remoteConversation({
    remoteId: `c${index}`,
    contactNumber: `${index % 100 === 99 ? "+4930" : index % 20 === 19 ? "+4420" : "+1555"}${1_000_000 + index}`,
    contactName: index % 500 === 7 ? `Club 777` : null,
    lastMessageAt: T0 - index * 1_000,
  }),
);

let db: WriteDb;
beforeAll(() => {
  db = openMemoryDatabase();
  commitList(db, seedAccount(db), rows);
  return () => db.close();
});

const found = (query: string) =>
  searchMessages(db, { query, limit: 20, after: null, now: T0 }).results.map(({ conversation }) => conversation.id);
const ids = (...indexes: number[]) => indexes.map((index) => idOf(db, `c${index}`));

describe("a search for digits", () => {
  it("that nearly all have finds the newest ten", () => {
    expect(found("555")).toEqual(ids(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
    expect(newestByNumber(db, "555", [], 10)).toHaveLength(10);
  });

  it("that every twentieth has finds the newest ten", () => {
    expect(newestByNumber(db, "4420", [], 10)).toHaveLength(10);
    expect(found("4420")).toEqual(ids(19, 39, 59, 79, 119, 139, 159, 179, 219, 239));
  });

  it("that few of the newest have finds the newest ten of all", () => {
    expect(newestByNumber(db, "4930", [], 10)).toBeNull();
    expect(found("4930")).toEqual(ids(99, 199, 299, 399, 499, 599, 699, 799, 899, 999));
  });

  it("that only few have finds them however old they are", () => {
    expect(newestByNumber(db, "555 100 24", [], 10)).toBeNull();
    expect(found("555 1002 400")).toEqual(ids(2_400));
  });

  it("finds who is called so, too, newest first", () => {
    expect(found("777")).toEqual(ids(7, 507, 777, 1_007, 1_507, 1_777, 2_007));
  });

  it("shows nothing of an account that is being removed", () => {
    db.run("UPDATE accounts SET state = 'removing'");
    expect(found("555")).toEqual([]);
    db.run("UPDATE accounts SET state = 'ok'");
  });
});
