/** Opening files of every shape: ours, damaged, foreign, from the future, with a lost key; and what is saved out. */
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import SqliteDriver from "better-sqlite3";
import { beforeEach, describe, expect, it } from "vitest";
import type { WriteDb } from "../../../../electron/db/connection.ts";
import { openDatabase } from "../../../../electron/db/database.ts";
import { dbError } from "../../../../electron/db/db-errors.ts";
import { getDraft, saveDraft } from "../../../../electron/db/drafts-repo.ts";
import { enqueue, listUnknowns } from "../../../../electron/db/outbox-repo.ts";
import { openOrSetAside } from "../../../../electron/db/set-aside.ts";
import { findSetting, setSetting } from "../../../../electron/db/settings-repo.ts";
import {
  T0,
  TEST_KEY,
  commitList,
  idOf,
  makeTempFolder,
  remoteConversation,
  seedAccount,
  seedConversation,
} from "../../../helpers/test-database.ts";

let folder: ReturnType<typeof makeTempFolder>;
let path: string;
beforeEach(() => {
  folder = makeTempFolder();
  path = folder.dbPath;
  return () => folder.remove();
});

const OTHER_KEY = new Uint8Array(32).fill(9);
const fill = (key: Uint8Array | null = TEST_KEY) => {
  const db = openDatabase({ path, key });
  const { id } = seedConversation(db);
  saveDraft(db, { conversationId: id, text: "my draft", now: T0 });
  enqueue(db, { conversationId: id, text: "my reply", key: "k", now: T0 });
  setSetting(db, { key: "theme", value: "dark" });
  db.close();
};
const hash = (file: string) => createHash("sha256").update(readFileSync(file)).digest("hex");
const start = (key: Uint8Array | null = TEST_KEY, keyIsNew = false) => openOrSetAside({ path, key, keyIsNew, now: T0 });
const bytes = () => readFileSync(path);
const flip = (offset: number) => {
  const content = bytes();
  content[offset] = (content[offset] ?? 0) ^ 1;
  writeFileSync(path, content);
};
const plainFile = (sql: string) => {
  const other = new SqliteDriver(path);
  other.exec(sql);
  other.close();
};

describe("our own file", () => {
  it("opens again with its rows, unreadable to everybody else", () => {
    fill();
    const { db, setAside } = start();
    expect(setAside).toBeNull();
    expect(db.all("SELECT id FROM conversations")).toHaveLength(1);
    db.close();
    expect(bytes().includes("my draft")).toBe(false);
    expect(bytes().subarray(0, 6).toString()).not.toBe("SQLite");
    expect(() => new SqliteDriver(path).pragma("user_version")).toThrow(/not a database/);
  });

  it("has the durability and the hygiene it promises", () => {
    const db = openDatabase({ path, key: TEST_KEY });
    const pragma = (name: string) => Object.values(db.get<Record<string, unknown>>(`PRAGMA ${name}`) ?? {})[0];
    expect(
      ["journal_mode", "synchronous", "foreign_keys", "secure_delete", "temp_store", "busy_timeout"].map(pragma),
    ).toEqual(["wal", 2, 1, 1, 2, 5_000]);
    db.close();
  });

  it("is taken as new when a crash left it without a schema", () => {
    const blank = new SqliteDriver(path);
    blank.pragma("journal_mode = WAL");
    blank.close();
    const { db, setAside } = start(null);
    expect(setAside).toBeNull();
    db.close();
  });
});

describe("a file that cannot be ours", () => {
  const shapes: ReadonlyArray<readonly [string, "damaged" | "foreign", () => void]> = [
    ["empty", "damaged", () => writeFileSync(path, "")],
    ["one byte", "damaged", () => writeFileSync(path, "x")],
    ["text", "damaged", () => writeFileSync(path, "hello ".repeat(2_000))],
    ["zeroes", "damaged", () => writeFileSync(path, Buffer.alloc(8_192))],
    ["half of it", "damaged", () => writeFileSync(path, bytes().subarray(0, bytes().length / 2))],
    ["its first page only", "damaged", () => writeFileSync(path, bytes().subarray(0, 4_096))],
    ["a flipped bit in the header", "damaged", () => flip(30)],
    ["a flipped bit in the first page", "damaged", () => flip(2_000)],
    ["a flipped bit in the middle", "damaged", () => flip(Math.floor(bytes().length / 2))],
    ["a flipped bit at the end", "damaged", () => flip(bytes().length - 100)],
    ["two pages swapped", "damaged", () => swapPages(2, 3)],
    ["a page of zeroes", "damaged", () => writeFileSync(path, bytes().fill(0, 8_192, 12_288))],
  ];
  const swapPages = (a: number, b: number) => {
    const content = bytes();
    const first = Buffer.from(content.subarray(a * 4_096, (a + 1) * 4_096));
    content.copy(content, a * 4_096, b * 4_096, (b + 1) * 4_096);
    first.copy(content, b * 4_096);
    writeFileSync(path, content);
  };

  it.each(shapes)("%s: is set aside unharmed, and a new cache begun", (_name, reason, damage) => {
    fill();
    damage();
    const before = hash(path);
    const { db, setAside } = start();
    expect(setAside).toEqual({ path: `${path}.set-aside-2026-04-28T12-00-00-000Z`, reason });
    expect(hash(setAside!.path)).toBe(before);
    expect(db.all("SELECT id FROM accounts")).toEqual([]);
    db.close();
    expect(start().setAside).toBeNull();
  });

  it("of another program is foreign", () => {
    plainFile("CREATE TABLE theirs (a); PRAGMA application_id = 42;");
    const before = hash(path);
    const { db, setAside } = start(null);
    expect(setAside?.reason).toBe("foreign");
    expect(hash(setAside!.path)).toBe(before);
    db.close();
  });

  it("because its key is lost says so", () => {
    fill();
    const { db, setAside } = start(OTHER_KEY, true);
    expect(setAside?.reason).toBe("key_lost");
    db.close();
  });

  it("never takes the place of one set aside before", () => {
    for (const text of ["first", "second"]) {
      writeFileSync(path, text);
      start().db.close();
      copyFileSync(path, `${path}.good`);
    }
    const aside = readdirSync(folder.path).filter((name) => /set-aside-[^-]+-\d\d-\d\dT[\d-]+Z(-2)?$/.test(name));
    expect(aside).toHaveLength(2);
  });

  it("of a newer app stays as it is", () => {
    fill();
    const db = openDatabase({ path, key: TEST_KEY });
    db.exec("PRAGMA user_version = 99999");
    db.close();
    const before = hash(path);
    expect(() => start()).toThrow(expect.objectContaining({ code: "db_from_future" }));
    expect(hash(path)).toBe(before);
    expect(readdirSync(folder.path).filter((name) => name.includes("set-aside"))).toEqual([]);
  });

  it("in a folder that is not there is a disk error, not damage", () => {
    const nowhere = { path: `${folder.path}/missing/inbox.db`, key: null, keyIsNew: false, now: T0 };
    expect(() => openOrSetAside(nowhere)).toThrow(expect.objectContaining({ code: "disk_error" }));
    expect(existsSync(`${folder.path}/missing`)).toBe(false);
  });
});

describe("what is saved out of a damaged file", () => {
  /** Breaks the file's last page that the words do not need. */
  const damageBehindTheWords = (key: Uint8Array | null) => {
    const db = openDatabase({ path, key });
    db.exec("CREATE TABLE ballast (a TEXT) STRICT");
    db.run("INSERT INTO ballast VALUES (?)", "x".repeat(40_000));
    db.close();
    flip(bytes().length - 200);
  };
  const reappear = (db: WriteDb) => {
    const accountId = seedAccount(db);
    commitList(db, accountId, [remoteConversation()]);
    return { accountId, id: idOf(db, "conversation-1") };
  };

  it("is the draft, the unsent reply and the settings; the rest comes back by sync", () => {
    fill();
    damageBehindTheWords(TEST_KEY);
    const { db, setAside } = start();
    expect(setAside?.reason).toBe("damaged");
    expect(findSetting(db, { key: "theme" })).toBe("dark");
    const kinds = db.all<{ kind: string }>("SELECT kind FROM salvage ORDER BY kind").map(({ kind }) => kind);
    expect(kinds).toEqual(["consent", "draft", "outbox"]);
    const { accountId, id } = reappear(db);
    expect(getDraft(db, { conversationId: id })).toBe("my draft");
    // Whether it had left before the file broke is not known: it is looked up, not sent again.
    expect(listUnknowns(db, { accountId })).toMatchObject([{ item: { text: "my reply" }, sentAt: T0 }]);
    expect(db.all("SELECT id FROM salvage")).toEqual([]);
    db.close();
  });

  it("waits for its own account and conversation", () => {
    fill();
    damageBehindTheWords(TEST_KEY);
    const { db } = start();
    const stranger = seedAccount(db, "account-2");
    commitList(db, stranger, [remoteConversation()]);
    commitList(db, seedAccount(db), [remoteConversation({ remoteId: "conversation-2" })]);
    expect(db.all("SELECT id FROM salvage")).toHaveLength(3);
    expect(db.all("SELECT text FROM drafts")).toEqual([]);
    db.close();
  });
});

describe("an error of SQLite", () => {
  it.each([
    ["SQLITE_FULL", "disk_full"],
    ["SQLITE_IOERR_WRITE", "disk_error"],
    ["SQLITE_CANTOPEN", "disk_error"],
    ["SQLITE_BUSY", "disk_error"],
    ["SQLITE_CORRUPT_VTAB", "db_damaged"],
    ["SQLITE_NOTADB", "db_damaged"],
    ["SQLITE_CONSTRAINT_UNIQUE", "internal"],
  ])("%s becomes %s", (code, expected) => {
    expect(dbError(new SqliteDriver.SqliteError("x", code))).toMatchObject({ code: expected });
  });

  it("that says the disk is full leaves rows and pass as they were, and goes away with the cause", () => {
    const db = openDatabase({ path, key: TEST_KEY });
    const accountId = seedAccount(db);
    const page = Array.from({ length: 400 }, (_, index) =>
      remoteConversation({ remoteId: `c${index}`, contactNumber: `+1${index}`, preview: "x".repeat(500) }),
    );
    const pages = db.get<{ page_count: number }>("PRAGMA page_count")!.page_count;
    db.exec(`PRAGMA max_page_count = ${pages + 5}`);
    expect(() => commitList(db, accountId, page)).toThrow(expect.objectContaining({ code: "disk_full" }));
    expect(db.get("SELECT (SELECT count(*) FROM conversations) AS n, last_completed_at AS at FROM sync_state")).toEqual(
      {
        n: 0,
        at: null,
      },
    );
    db.exec("PRAGMA max_page_count = 1000000");
    expect(commitList(db, accountId, page).changed).toHaveLength(400);
    db.close();
  });
});
