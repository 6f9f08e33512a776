/** A cache too large to be looked through before it is used: opened at once, looked through beside the calls. */
import { closeSync, openSync, statSync, writeSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import { watchDb } from "../../../electron/app/db-watch.ts";
import { createDbClient } from "../../../electron/db/client.ts";
import { openDatabase } from "../../../electron/db/database.ts";
import { setSetting } from "../../../electron/db/settings-repo.ts";
import { createFakeClock } from "../../fakes/fake-clock.ts";
import { T0, TEST_KEY, makeTempFolder, seedAccount } from "../../helpers/test-database.ts";

const MB = 1024 * 1024;
const workerUrl = new URL("../../../electron/db/worker.ts", import.meta.url);

let folder: ReturnType<typeof makeTempFolder>;
beforeEach(() => {
  folder = makeTempFolder();
  return () => folder.remove();
});

/** One long row makes a file of any size at once. */
function makeFile(bytes: number): void {
  const db = openDatabase({ path: folder.dbPath, key: TEST_KEY });
  seedAccount(db);
  setSetting(db, { key: "filler", value: "x".repeat(bytes) });
  db.get("PRAGMA wal_checkpoint(TRUNCATE)");
  db.close();
}

function damagePage(): void {
  const file = openSync(folder.dbPath, "r+");
  const middle = Math.floor(statSync(folder.dbPath).size / 2 / 4096) * 4096;
  writeSync(file, Buffer.alloc(4096, 1), 0, 4096, middle);
  closeSync(file);
}

async function open() {
  let damaged = 0;
  const client = createDbClient({ workerUrl });
  const db = watchDb(client, { clock: createFakeClock(T0), onDamaged: () => (damaged += 1), onDisk: () => undefined });
  const result = await db.open({ path: folder.dbPath, key: TEST_KEY, keyIsNew: false, now: T0 });
  return { db, result, damaged: () => damaged };
}

describe("a file over 8 MB", () => {
  beforeEach(() => makeFile(9 * MB));

  it("is opened unchecked, and found whole beside the calls", async () => {
    expect(statSync(folder.dbPath).size).toBeGreaterThan(8 * MB);
    const { db, result, damaged } = await open();
    expect(result).toEqual({ setAside: null, isChecked: false });
    const [, accounts] = await Promise.all([db.check(), db.call("accounts.list", undefined)]);
    expect([accounts.length, damaged()]).toEqual([1, 0]);
    await db.close();
  });

  it("is found damaged by the check, and that is told like damage a call meets", async () => {
    damagePage();
    const { db, result, damaged } = await open();
    expect(result).toEqual({ setAside: null, isChecked: false });
    await expect(db.check()).rejects.toMatchObject({ code: "db_damaged" });
    expect([damaged(), db.isDamaged()]).toEqual([1, true]);
    await db.close();
  });

  it("can be closed in the middle of its check", async () => {
    const { db, damaged } = await open();
    const checking = db.check();
    await db.close();
    await checking;
    expect(damaged()).toBe(0);
  });
});

describe("a smaller file", () => {
  it("is looked through before it is used: damage sets it aside", async () => {
    makeFile(MB);
    damagePage();
    const { db, result } = await open();
    expect(result).toMatchObject({ setAside: { reason: "damaged" }, isChecked: true });
    await db.close();
  });
});
