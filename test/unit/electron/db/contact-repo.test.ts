/** Notes and details of a contact: kept, forgotten with a text they quote, saved out of a damaged cache and a rebuild. */
import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import type { WriteDb } from "../../../../electron/db/connection.ts";
import { contactDetails, saveNote } from "../../../../electron/db/contact-repo.ts";
import { openDatabase } from "../../../../electron/db/database.ts";
import { purge } from "../../../../electron/db/purge.ts";
import { readSalvage, writeSalvage } from "../../../../electron/db/salvage.ts";
import { rebuildAccount } from "../../../../electron/db/storage-repo.ts";
import {
  T0,
  commitList,
  commitThread,
  idOf,
  makeTempFolder,
  openMemoryDatabase,
  remoteConversation,
  remoteMessage,
  seedAccount,
  seedConversation,
} from "../../../helpers/test-database.ts";

const CANARY = "zanzibar-canary-4711 in a text";
const dbs: WriteDb[] = [];
const opened = (db: WriteDb) => (dbs.push(db), db);
afterEach(() => {
  for (const db of dbs.splice(0)) db.close();
});

describe("a note", () => {
  it("stays with the contact, is emptied on demand, and is refused for nobody", () => {
    const db = opened(openMemoryDatabase());
    const { id } = seedConversation(db);
    saveNote(db, { id, text: "Prefers mornings", now: T0 });
    expect(contactDetails(db, { id }).note).toBe("Prefers mornings");
    saveNote(db, { id, text: " \n", now: T0 });
    expect(contactDetails(db, { id }).note).toBe("");
    expect(() => saveNote(db, { id: 999_999 as typeof id, text: "x", now: T0 })).toThrow("no such conversation");
  });

  it("loses the quote of a removed text, on disk to the last byte, and keeps the rest", () => {
    const folder = makeTempFolder();
    try {
      const db = openDatabase({ path: folder.dbPath, key: null });
      const { accountId, id } = seedConversation(db, { preview: null });
      commitThread(db, accountId, id, [remoteMessage({ body: CANARY })]);
      saveNote(db, { id, text: `Said "${CANARY}" on the phone too`, now: T0 });
      const bytes = () =>
        [folder.dbPath, `${folder.dbPath}-wal`]
          .map((path) => readFileSync(path, "latin1"))
          .join("")
          .includes("zanzibar");
      expect(bytes()).toBe(true);
      commitThread(db, accountId, id, [remoteMessage({ body: null, redactedAt: T0 })]);
      expect(contactDetails(db, { id }).note).toBe('Said "" on the phone too');
      expect(purge(db, { now: T0 })).toEqual({ done: true });
      expect(bytes()).toBe(false);
      db.close();
    } finally {
      folder.remove();
    }
  });

  it("outlives a damaged cache and a rebuild", () => {
    const folder = makeTempFolder();
    try {
      const old = openDatabase({ path: folder.dbPath, key: null });
      const { accountId, id, item } = seedConversation(old);
      saveNote(old, { id, text: "Prefers mornings", now: T0 });
      rebuildAccount(old, { accountId });
      commitList(old, accountId, [item], { generation: 2 });
      expect(contactDetails(old, { id: idOf(old, item.remoteId) }).note).toBe("Prefers mornings");
      old.close();

      const db = opened(openMemoryDatabase());
      writeSalvage(db, readSalvage({ path: folder.dbPath, key: null }), T0);
      const again = seedAccount(db);
      commitList(db, again, [remoteConversation()]);
      expect(contactDetails(db, { id: idOf(db, "conversation-1") }).note).toBe("Prefers mornings");
      expect(db.all("SELECT * FROM salvage")).toEqual([]);
    } finally {
      folder.remove();
    }
  });
});

describe("details", () => {
  it("tell what is held and what was removed", () => {
    const db = opened(openMemoryDatabase());
    const { accountId, id } = seedConversation(db);
    commitThread(db, accountId, id, [
      remoteMessage({ remoteId: "a", createdAt: T0 - 9 }),
      remoteMessage({ remoteId: "b", direction: "outbound", createdAt: T0 - 5 }),
      remoteMessage({ remoteId: "c", body: null, redactedAt: T0 + 3, createdAt: T0 - 2 }),
    ]);
    db.run("INSERT INTO retention (account_id, learned_days) VALUES (?, 90)", accountId);
    expect(contactDetails(db, { id })).toEqual({
      note: "",
      received: 2,
      sent: 1,
      firstAt: T0 - 9,
      lastAt: T0 - 2,
      removed: { count: 1, lastAt: T0 + 3 },
      retention: { days: 90, isTyped: false },
    });
  });
});
