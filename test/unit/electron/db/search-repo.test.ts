/** Search: words by their beginnings, typed text as text, marks that fit the snippet, nothing that was removed. */
import { beforeEach, describe, expect, it } from "vitest";
import type { AccountId, ConversationId } from "../../../../shared/domain.ts";
import { setAccountState } from "../../../../electron/db/accounts-repo.ts";
import type { WriteDb } from "../../../../electron/db/connection.ts";
import { searchMessages } from "../../../../electron/db/search-repo.ts";
import {
  T0,
  commitThread,
  openMemoryDatabase,
  remoteMessage,
  seedConversation,
} from "../../../helpers/test-database.ts";

let db: WriteDb;
let accountId: AccountId;
let id: ConversationId;
beforeEach(() => {
  db = openMemoryDatabase();
  ({ accountId, id } = seedConversation(db, { contactName: "Zoë Müller" }));
  return () => db.close();
});

const hold = (...bodies: string[]) =>
  commitThread(
    db,
    accountId,
    id,
    bodies.map((body, index) => remoteMessage({ remoteId: `m${index}`, body, createdAt: T0 + index })),
  );
const search = (query: string, limit = 20) => searchMessages(db, { query, limit, after: null, now: T0 }).results;
const found = (query: string) =>
  search(query).map(({ message, snippet }) => (message === null ? "<contact>" : snippet));

describe("search", () => {
  it("finds words by their beginning, newest first, without regard to case and accents", () => {
    hold("The bicycle is ready", "Your BICYCLES", "Crème brûlée", "unrelated");
    expect(found("bicy")).toEqual(["Your BICYCLES", "The bicycle is ready"]);
    expect(found("creme brul")).toEqual(["Crème brûlée"]);
    expect(found("ready bicycle")).toEqual(["The bicycle is ready"]);
    expect(found("icycle")).toEqual([]);
  });

  it.each(['"', "*", "NEAR(", "a AND", "body:x", "x OR y", "-x", "^x", "'", "{a b}", "(", "\u0000", "%", "_"])(
    "takes %j as text, not as syntax",
    (query) => {
      hold("nothing of the kind");
      expect(() => search(query)).not.toThrow();
    },
  );

  it("marks the hits by offsets into plain text", () => {
    hold(`${"before ".repeat(30)}<b>needle</b> and needles ${"after ".repeat(30)}`);
    const [hit] = search("needle");
    const marked = hit?.marks.map(([start, end]) => hit.snippet.slice(start, end));
    expect(marked).toEqual(["needle", "needles"]);
    expect(hit?.snippet.length).toBeLessThan(200);
    expect(hit?.message?.body).toMatchObject({ kind: "text" });
  });

  it("finds contacts by part of the name and by digits in any format", () => {
    expect(found("mül")).toEqual(["<contact>"]);
    expect(found("(555) 999-0001")).toEqual(["<contact>"]);
    expect(found("0")).toEqual([]);
  });

  it("does not find a text that was removed", () => {
    hold("secret words");
    expect(found("secret")).toHaveLength(1);
    commitThread(db, accountId, id, [remoteMessage({ remoteId: "m0", body: null, redactedAt: T0 })]);
    expect(found("secret")).toEqual([]);
  });

  it("shows nothing of an account that is being removed", () => {
    hold("needle");
    setAccountState(db, { id: accountId, state: "removing", missingScope: null });
    expect(search("needle")).toEqual([]);
    expect(search("Müller")).toEqual([]);
  });

  it("gives no more than asked for", () => {
    hold("needle 1", "needle 2", "needle 3");
    expect(search("needle", 2)).toHaveLength(2);
  });
});
