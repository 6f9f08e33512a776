/** The cache of an older app under `kill -9` while it is moved: as it was before, and moved as a whole by the next start. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import Database from "better-sqlite3";
import { beforeEach, expect, it } from "vitest";
import { openDatabase } from "../../../electron/db/database.ts";
import { allHits } from "../../../electron/db/text-parts.ts";
import { writeOldCache } from "../../helpers/old-cache.ts";
import { TEST_KEY, checkIndexes, makeTempFolder } from "../../helpers/test-database.ts";

const TEXTS = 45_000;
const keyHex = Buffer.from(TEST_KEY).toString("hex");
const script = join(import.meta.dirname, "../../helpers/migration-process.ts");

let folder: ReturnType<typeof makeTempFolder>;
beforeEach(() => {
  folder = makeTempFolder();
  return () => folder.remove();
});

/** As an app of then would find it: its schema's number, and whether its index finds a text. */
function asOfBefore(): { version: unknown; finds: unknown } {
  const database = new Database(folder.dbPath);
  database.pragma("cipher = 'chacha20'");
  database.pragma(`key = "raw:${keyHex}"`);
  const finds = database.prepare("SELECT count(*) FROM messages_fts WHERE messages_fts MATCH 'zebra44999quartz'");
  const found = { version: database.pragma("user_version", { simple: true }), finds: finds.pluck().get() };
  database.close();
  return found;
}

it.each([0, 20_000, TEXTS])("killed after %i messages", async (killAt) => {
  writeOldCache(folder.dbPath, TEST_KEY, TEXTS);
  const before = asOfBefore();
  expect(before.finds).toBe(1);
  const child = spawn(process.execPath, [script, folder.dbPath, keyHex, String(killAt)], { stdio: "inherit" });
  expect(await once(child, "exit")).toEqual([null, "SIGKILL"]);
  expect(asOfBefore()).toEqual(before);
  const db = openDatabase({ path: folder.dbPath, key: TEST_KEY });
  expect(allHits(db, '"see"')).toHaveLength(TEXTS);
  checkIndexes(db);
  db.close();
});
