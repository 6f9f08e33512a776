/** Names from a file: who gets one, who keeps theirs, taking back; and that nobody unknown is made. */
import { beforeEach, describe, expect, it } from "vitest";
import type { WriteDb } from "../../../../electron/db/connection.ts";
import { applyImport, previewImport, undoImport } from "../../../../electron/db/contact-import.ts";
import { renameContact } from "../../../../electron/db/triage-repo.ts";
import type { ImportChoices } from "../../../../shared/contacts.ts";
import {
  commitList,
  idOf,
  openMemoryDatabase,
  remoteConversation,
  seedAccount,
} from "../../../helpers/test-database.ts";

let db: WriteDb;
beforeEach(() => {
  db = openMemoryDatabase();
  const first = seedAccount(db, "one");
  const second = seedAccount(db, "two");
  const people = ["+15550101234", "+15550102222", "+15550103333", "+15550104444"];
  for (const [account, name] of [
    [first, "1"],
    [second, "2"],
  ] as const) {
    commitList(
      db,
      account,
      people.map((contactNumber, at) =>
        remoteConversation({ remoteId: `${name}-${at}`, contactNumber, contactName: at === 3 ? "Dora" : null }),
      ),
    );
  }
  renameContact(db, { id: idOf(db, "1-1"), name: "My Bert" });
  return () => db.close();
});

const AS_FOUND: ImportChoices = { columns: null, country: null };
const TEXT = `Name,Phone
Anna,(555) 010-1234
Bert,+1 555 010 2222
Cora,555-010-3333
Cora Twice,5550103333
Dora,15550104444
Nobody,+1 555 010 9999
`;
const fileOf = (text: string) => ({ fileName: "people.csv", bytes: new TextEncoder().encode(text) });
const preview = (text = TEXT, choices = AS_FOUND) => {
  const answer = previewImport(db, { file: fileOf(text), choices });
  if (answer.kind !== "preview") throw new Error(JSON.stringify(answer));
  return answer.preview;
};
const names = () =>
  Object.fromEntries(
    db
      .all<{ number: string; names: string | null }>(
        "SELECT number, group_concat(DISTINCT local_name) AS names FROM contacts GROUP BY number",
      )
      .map((row) => [row.number.slice(-4), row.names]),
  );

describe("names from a file", () => {
  it("says what would change before it does", () => {
    expect(preview()).toMatchObject({ names: 6, known: 4, unmatched: 1, conflicts: 2, unchanged: 1, broken: 0 });
    expect(names()).toEqual({ 1234: null, 2222: "My Bert", 3333: null, 4444: null });
  });

  it("gives names in every account, keeps those given here, and makes nobody", () => {
    const contacts = db.get("SELECT count(*) AS n FROM contacts");
    const done = applyImport(db, { file: fileOf(TEXT), choices: AS_FOUND, replace: false });
    expect(done.count).toBe(2);
    expect(new Set(done.changed)).toEqual(new Set(["1-0", "2-0", "1-2", "2-2"].map((remote) => idOf(db, remote))));
    expect(names()).toEqual({ 1234: "Anna", 2222: "My Bert", 3333: "Cora", 4444: null });
    expect(db.get("SELECT count(*) AS n FROM contacts")).toEqual(contacts);
  });

  it("gives names over those given here when asked, and takes back to what was", () => {
    const done = applyImport(db, { file: fileOf(TEXT), choices: AS_FOUND, replace: true });
    expect(names()).toMatchObject({ 2222: "Bert" });
    renameContact(db, { id: idOf(db, "1-0"), name: "Changed since" });
    undoImport(db, { undoId: done.undoId });
    expect(names()).toEqual({ 1234: "Changed since", 2222: "My Bert", 3333: null, 4444: null });
    expect(undoImport(db, { undoId: done.undoId })).toEqual({ count: 0, changed: [] });
  });

  it("reads numbers without a country code as those of the chosen country", () => {
    commitList(db, seedAccount(db, "three"), [
      remoteConversation({ remoteId: "uk", contactNumber: "+442079460123", contactName: null }),
    ]);
    const text = "Name,Phone\nOffice,020 7946 0123\n";
    expect(preview(text)).toMatchObject({ known: 0, country: "US" });
    expect(preview(text, { columns: null, country: "GB" })).toMatchObject({ known: 1, country: "GB" });
  });

  it("says why a file cannot be read, and changes nothing", () => {
    const file = fileOf("no table at all");
    expect(previewImport(db, { file, choices: AS_FOUND })).toEqual({
      kind: "problem",
      problem: "not_contacts",
      fileName: "people.csv",
    });
    expect(() => applyImport(db, { file, choices: AS_FOUND, replace: true })).toThrow("no contacts");
    expect(names()).toMatchObject({ 1234: null, 2222: "My Bert" });
  });

  it("finds the new names at once, and the old ones no more", () => {
    const hits = (word: string) =>
      db.get<{ n: number }>("SELECT count(*) AS n FROM contacts_fts WHERE contacts_fts MATCH ?", `"${word}"*`)?.n;
    const { undoId } = applyImport(db, { file: fileOf(TEXT), choices: AS_FOUND, replace: true });
    expect([hits("anna"), hits("bert"), hits("my")]).toEqual([2, 2, 0]);
    undoImport(db, { undoId });
    expect([hits("anna"), hits("my")]).toEqual([0, 2]);
    db.run("INSERT INTO contacts_fts (contacts_fts, rank) VALUES ('integrity-check', 1)");
  });
});
