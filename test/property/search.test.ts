/** Whatever is typed is a search: ten thousand random lines, many of them made of query syntax, and none fails. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WriteDb } from "../../electron/db/connection.ts";
import { searchMessages } from "../../electron/db/search-repo.ts";
import { requestDownloads, searchHoles } from "../../electron/db/search-scope.ts";
import { T0, commitThread, openMemoryDatabase, remoteMessage, seedConversation } from "../helpers/test-database.ts";

const RUNS = 10_000;
const SYNTAX = [
  '"',
  "'",
  "*",
  "(",
  ")",
  "^",
  "-",
  "+",
  ":",
  "{",
  "}",
  ",",
  "\\",
  "%",
  "_",
  ";",
  "--",
  "/*",
  "\u0000",
  "\ud800",
  "\udfff",
  "AND",
  "OR",
  "NOT",
  "NEAR",
  "NEAR(a b, 2)",
  "body:",
  "rowid:",
  "from:",
  "account:",
  "before:",
  "after:",
  "is:",
  "has:",
  "unread",
  "media",
  "me",
  "today",
  "2026-02-31",
  "hello",
  "e\u0301",
  "\u0301",
  "ﷺ",
  "👩‍👩‍👧",
  "«",
  "“",
  "”",
  " ",
  "\t",
  "\n",
];

let db: WriteDb;
beforeAll(() => {
  db = openMemoryDatabase();
  const { accountId, id } = seedConversation(db, { contactName: "Zoë" });
  commitThread(db, accountId, id, [
    remoteMessage({ remoteId: "a", body: "hello 'there' \"you\" AND me" }),
    remoteMessage({ remoteId: "b", body: null, redactedAt: T0 }),
  ]);
});
afterAll(() => db.close());

const line = fc.oneof(
  { weight: 3, arbitrary: fc.array(fc.constantFrom(...SYNTAX), { maxLength: 24 }).map((parts) => parts.join("")) },
  { weight: 2, arbitrary: fc.array(fc.constantFrom(...SYNTAX), { maxLength: 16 }).map((parts) => parts.join(" ")) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 220 }) },
);

describe("search", () => {
  it("answers whatever is typed, with marks inside its snippets", () => {
    let found = 0;
    fc.assert(
      fc.property(line, (query) => {
        const { results } = searchMessages(db, { query, limit: 20, after: null, now: T0 });
        searchHoles(db, { query, now: T0 });
        requestDownloads(db, { query, now: T0 });
        found += results.length;
        for (const { snippet, marks, message } of results) {
          expect(message?.body.kind).not.toBe("redacted");
          for (const [start, end] of marks) expect(0 <= start && start < end && end <= snippet.length).toBe(true);
        }
      }),
      { numRuns: RUNS, seed: 20_260_414 },
    );
    // The lines are no mere noise: many of them do find the text.
    expect(found).toBeGreaterThan(RUNS / 50);
  }, 120_000);
});
