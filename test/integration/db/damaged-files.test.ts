/** Every shape of a file that is not a sound cache, opened through the real worker: nothing is lost without a word. */
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, truncateSync, writeFileSync } from "node:fs";
import { getuid } from "node:process";
import SqliteDriver from "better-sqlite3";
import { beforeEach, describe, expect, it } from "vitest";
import type { ConversationId } from "../../../shared/domain.ts";
import { createDbClient } from "../../../electron/db/client.ts";
import type { DbClient } from "../../../electron/db/client.ts";
import type { WriteDb } from "../../../electron/db/connection.ts";
import { openDatabase } from "../../../electron/db/database.ts";
import { saveDraft } from "../../../electron/db/drafts-repo.ts";
import { enqueue } from "../../../electron/db/outbox-repo.ts";
import { openOrSetAside } from "../../../electron/db/set-aside.ts";
import { seededRandom } from "../../fakes/fake-data.ts";
import {
  T0,
  TEST_KEY,
  commitList,
  commitThread,
  idOf,
  makeTempFolder,
  remoteConversation,
  remoteMessage,
  seedAccount,
} from "../../helpers/test-database.ts";

const workerUrl = new URL("../../../electron/db/worker.ts", import.meta.url);
const isRoot = getuid?.() === 0;
const FLIPS = 20;
let folder: ReturnType<typeof makeTempFolder>;
let path: string;
let clients: DbClient[];
beforeEach(() => {
  folder = makeTempFolder();
  path = folder.dbPath;
  clients = [];
  return async () => {
    await Promise.all(clients.map((client) => client.close()));
    folder.remove();
  };
});

/** The words of a person first, much that comes back by sync after them. */
function fillDatabase(db: WriteDb): { accountId: ReturnType<typeof seedAccount>; id: ConversationId } {
  const accountId = seedAccount(db);
  commitList(db, accountId, [remoteConversation()]);
  const id = idOf(db, "conversation-1");
  saveDraft(db, { conversationId: id, text: "my draft", now: T0 });
  enqueue(db, { conversationId: id, text: "my reply", key: "k", now: T0 });
  const texts = Array.from({ length: 400 }, (_, index) =>
    remoteMessage({ remoteId: `m${index}`, body: `text ${index} ${"x".repeat(400)}`, createdAt: T0 - index }),
  );
  commitThread(db, accountId, id, texts);
  return { accountId, id };
}

function fill(): void {
  const db = openDatabase({ path, key: TEST_KEY });
  fillDatabase(db);
  db.close();
}

async function open(key: Uint8Array | null = TEST_KEY, keyIsNew = false) {
  const client = createDbClient({ workerUrl });
  clients.push(client);
  const { setAside } = await client.open({ path, key, keyIsNew, now: T0 });
  return { client, setAside };
}

const hash = (file: string) => createHash("sha256").update(readFileSync(file)).digest("hex");
const bytes = () => readFileSync(path);

interface Shape {
  readonly name: string;
  readonly damage: () => void;
  readonly reason: "damaged" | "foreign" | "key_lost";
  readonly key?: Uint8Array;
}
const SHAPES: readonly Shape[] = [
  { name: "zero bytes", damage: () => writeFileSync(path, ""), reason: "damaged" },
  { name: "NULs", damage: () => writeFileSync(path, Buffer.alloc(bytes().length)), reason: "damaged" },
  {
    name: "garbage",
    damage: () => {
      const random = seededRandom(11);
      writeFileSync(path, Buffer.from(bytes().map(() => Math.floor(random() * 256))));
    },
    reason: "damaged",
  },
  { name: "half of it", damage: () => truncateSync(path, bytes().length / 2), reason: "damaged" },
  { name: "its header only", damage: () => truncateSync(path, 100), reason: "damaged" },
  { name: "plain text", damage: () => writeFileSync(path, "Dear diary, ".repeat(1_000)), reason: "damaged" },
  { name: "a wrong key", damage: () => {}, reason: "key_lost", key: new Uint8Array(32).fill(9) },
];

describe("a cache that is", () => {
  it.each(SHAPES)("$name: is kept as it was, said so, and a new one begun", async ({ damage, reason, key }) => {
    fill();
    damage();
    const before = hash(path);
    const { client, setAside } = await open(key ?? TEST_KEY, key !== undefined);
    expect(setAside?.reason).toBe(reason);
    expect(hash(setAside!.path)).toBe(before);
    expect(await client.call("accounts.list", undefined)).toEqual([]);
  });

  it("another program's SQLite file: is kept as it was, as a foreign one", async () => {
    const other = new SqliteDriver(path);
    other.exec("CREATE TABLE theirs (a); INSERT INTO theirs VALUES (1); PRAGMA application_id = 42;");
    other.close();
    const before = hash(path);
    const { setAside } = await open(null);
    expect(setAside?.reason).toBe("foreign");
    expect(hash(setAside!.path)).toBe(before);
  });

  it("a folder: is moved away with everything in it", async () => {
    mkdirSync(path);
    writeFileSync(`${path}/mine.txt`, "kept");
    const { client, setAside } = await open();
    expect(setAside?.reason).toBe("foreign");
    expect(readFileSync(`${setAside!.path}/mine.txt`, "utf8")).toBe("kept");
    expect(await client.call("accounts.list", undefined)).toEqual([]);
  });

  // Root may read everything, so there is nothing to see.
  it.skipIf(isRoot)("not readable: is a disk error, and stays where it is", async () => {
    fill();
    const before = hash(path);
    chmodSync(path, 0o000);
    await expect(open()).rejects.toMatchObject({ code: "disk_error" });
    chmodSync(path, 0o600);
    expect(hash(path)).toBe(before);
    expect(readdirSync(folder.path).filter((name) => name.includes("set-aside"))).toEqual([]);
  });

  it("without the end of its journal: opens with what the rest of it says, nothing is set aside", async () => {
    const db = openDatabase({ path, key: TEST_KEY });
    const { accountId } = fillDatabase(db);
    db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    for (let page = 1; page <= 30; page += 1) {
      const remoteId = `later-${page}`;
      const pass = { cursor: `p${page}`, newestAt: T0, stopBefore: null, pages: page, seen: page, restarts: 0 };
      commitList(db, accountId, [remoteConversation({ remoteId, contactNumber: `+1${page}` })], {
        pass: { ...pass, startedAt: T0 },
      });
    }
    // As after a power cut: the journal is there, and only a part of it.
    const journal = readFileSync(`${path}-wal`);
    const file = bytes();
    db.close();
    writeFileSync(path, file);
    writeFileSync(`${path}-wal`, journal.subarray(0, Math.floor(journal.length * 0.6)));
    const opened = openOrSetAside({ path, key: TEST_KEY, keyIsNew: false, now: T0 });
    expect(opened.setAside).toBeNull();
    const kept = opened.db.get<{ rows: number; pages: number }>(
      `SELECT (SELECT count(*) FROM conversations WHERE remote_id LIKE 'later-%') AS rows,
         (SELECT pages FROM passes) AS pages`,
    )!;
    // Rows and place moved together, also in what was lost.
    expect(kept.rows).toBe(kept.pages);
    expect(kept.rows).toBeGreaterThan(0);
    expect(kept.rows).toBeLessThan(30);
    expect(opened.db.all("SELECT text FROM drafts")).toEqual([{ text: "my draft" }]);
    opened.db.close();
  });

  it(`touched by one flipped bit at any of ${FLIPS} places: is found out, and what can be read of the words is saved`, async () => {
    fill();
    const sound = bytes();
    const random = seededRandom(23);
    let withWords = 0;
    for (let flip = 0; flip < FLIPS; flip += 1) {
      const broken = Buffer.from(sound);
      const at = Math.floor(random() * broken.length);
      broken[at] = broken[at]! ^ (1 << Math.floor(random() * 8));
      writeFileSync(path, broken);
      const { db, setAside } = openOrSetAside({ path, key: TEST_KEY, keyIsNew: false, now: T0 + flip });
      expect(setAside?.reason, `byte ${at}`).toBe("damaged");
      expect(readFileSync(setAside!.path).equals(broken)).toBe(true);
      const kinds = db.all<{ kind: string }>("SELECT kind FROM salvage WHERE kind IN ('draft', 'outbox')");
      if (kinds.length === 2) withWords += 1;
      db.close();
    }
    // Most pages hold messages: a flip in one of those must not cost a draft.
    expect(withWords).toBeGreaterThan(FLIPS / 2);
    expect(readdirSync(folder.path).filter((name) => /set-aside-[\dTZ-]+$/.test(name))).toHaveLength(FLIPS);
  });
});

describe("a cache that cannot be replaced", () => {
  it("is put back, so that the next try finds the words in it again", () => {
    fill();
    const broken = bytes();
    broken[broken.length - 300] = broken[broken.length - 300]! ^ 1;
    writeFileSync(path, broken);
    const before = hash(path);
    const original = SqliteDriver.prototype.pragma;
    // The new file cannot be made: its first write finds no room.
    SqliteDriver.prototype.pragma = function full(
      this: SqliteDriver.Database,
      source: string,
      options?: SqliteDriver.PragmaOptions,
    ) {
      if (source.startsWith("application_id =")) throw new SqliteDriver.SqliteError("full", "SQLITE_FULL");
      return original.call(this, source, options);
    };
    try {
      expect(() => openOrSetAside({ path, key: TEST_KEY, keyIsNew: false, now: T0 })).toThrow(
        expect.objectContaining({ code: "disk_full" }),
      );
    } finally {
      SqliteDriver.prototype.pragma = original;
    }
    expect(hash(path)).toBe(before);
    const { db, setAside } = openOrSetAside({ path, key: TEST_KEY, keyIsNew: false, now: T0 });
    expect(existsSync(setAside!.path)).toBe(true);
    expect(db.all("SELECT kind FROM salvage WHERE kind IN ('draft', 'outbox') ORDER BY kind")).toEqual([
      { kind: "draft" },
      { kind: "outbox" },
    ]);
    db.close();
  });
});
