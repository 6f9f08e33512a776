/**
 * A disk that refuses, for real: a full 2 MB file system, and writes that the kernel fails at random moments.
 *
 * The second one sets the process's file size limit below what it writes (`prlimit`): every write beyond it fails in
 * the kernel with EFBIG, which SQLite sees as an I/O error of the write, exactly where a dying disk shows; nothing of
 * SQLite is replaced, and no library has to be preloaded.
 */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { getuid } from "node:process";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it, onTestFinished } from "vitest";
import { createDbClient } from "../../../electron/db/client.ts";
import { openDatabase } from "../../../electron/db/database.ts";
import type { AccountId } from "../../../shared/domain.ts";
import { seededRandom } from "../../fakes/fake-data.ts";
import { collect } from "../../helpers/kill-run.ts";
import { T0, TEST_KEY, listPage, makeTempFolder, newAccount } from "../../helpers/test-database.ts";

const workerUrl = new URL("../../../electron/db/worker.ts", import.meta.url);
const script = fileURLToPath(new URL("../../helpers/db-retry-writer.ts", import.meta.url));
const mounts: string[] = [];
afterEach(() => {
  for (const mount of mounts.splice(0)) {
    execFileSync("umount", [mount]);
    rmSync(mount, { recursive: true });
  }
});

/** Mounting needs root and a kernel that allows it (containers often do not). */
function canMount(): boolean {
  if (process.platform !== "linux" || getuid?.() !== 0) return false;
  const probe = mkdtempSync(join(tmpdir(), "threadkeep-mount-"));
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", probe]).status === 0;
  if (mounted) execFileSync("umount", [probe]);
  rmSync(probe, { recursive: true });
  return mounted;
}
const mountable = canMount();
const limitable = process.platform === "linux" && spawnSync("prlimit", ["--version"]).status === 0;

function mountSmall(): string {
  const mount = mkdtempSync(join(tmpdir(), "threadkeep-full-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", mount]);
  mounts.push(mount);
  return mount;
}

const ROWS = 20;
const page = (accountId: AccountId, index: number) => listPage(accountId, index, ROWS, 600);

describe("a full disk", () => {
  it.skipIf(!mountable)("(2 MB, needs root to mount) stops writing, keeps reading, and goes on by itself", async () => {
    const mount = mountSmall();
    const client = createDbClient({ workerUrl });
    onTestFinished(() => client.close());
    // Something else fills the disk, and is deleted later.
    writeFileSync(join(mount, "ballast"), Buffer.alloc(700 * 1024));
    await client.open({ path: join(mount, "inbox.db"), key: TEST_KEY, keyIsNew: true, now: T0 });
    const accountId = await client.call("accounts.insert", newAccount());
    let stored = 0;
    const store = async () => {
      await client.call("sync.commitConversations", page(accountId, stored + 1));
      stored += 1;
    };
    const failed = await (async () => {
      for (;;) {
        try {
          await store();
        } catch (error) {
          return error;
        }
      }
    })();
    expect(failed).toMatchObject({ code: "disk_full" });
    expect(statfsSync(mount).bavail * statfsSync(mount).bsize).toBeLessThan(200 * 1024);
    expect(stored).toBeGreaterThan(2);

    const rows = async () => (await client.call("storage.report", undefined)).accounts[0]!.conversations;
    expect(await rows()).toBe(stored * ROWS);
    expect((await client.call("sync.load", { accountId })).list?.pages).toBe(stored);
    await expect(client.call("storage.probe", undefined)).rejects.toMatchObject({ code: "disk_full" });
    await expect(store()).rejects.toMatchObject({ code: "disk_full" });
    expect(await rows()).toBe(stored * ROWS);

    rmSync(join(mount, "ballast"));
    await client.call("storage.probe", undefined);
    await store();
    expect(await rows()).toBe(stored * ROWS);
    await client.close();
    const db = openDatabase({ path: join(mount, "inbox.db"), key: TEST_KEY });
    expect(db.get("SELECT count(*) AS n FROM conversations")).toEqual({ n: stored * ROWS });
    expect(db.get("SELECT count(*) AS n FROM settings WHERE key = 'storage-probe'")).toEqual({ n: 0 });
    db.close();
  });

  it("(by SQLite's own page limit) is told by the probe, and the probe leaves nothing behind", () => {
    const folder = makeTempFolder();
    onTestFinished(folder.remove);
    const db = openDatabase({ path: folder.dbPath, key: TEST_KEY });
    db.close();
    const limited = openDatabase({ path: folder.dbPath, key: TEST_KEY });
    const pages = limited.get<{ page_count: number }>("PRAGMA page_count")!.page_count;
    limited.exec(`PRAGMA max_page_count = ${pages + 4}`);
    expect(() => limited.run("INSERT INTO settings VALUES ('big', hex(zeroblob(200000)))")).toThrow(
      expect.objectContaining({ code: "disk_full" }),
    );
    expect(limited.all("SELECT key FROM settings")).toEqual([]);
    limited.close();
  });
});

describe("a disk whose writes fail at random", () => {
  it.skipIf(!limitable)(
    "(needs prlimit) loses nothing it said was stored, and never parts rows from their place",
    async () => {
      const folder = makeTempFolder();
      onTestFinished(folder.remove);
      const key = Buffer.from(TEST_KEY).toString("hex");
      const child = spawn(process.execPath, [script, folder.dbPath, key, "120"], {
        stdio: ["pipe", "pipe", "pipe"],
      });
      const complaint = collect(child.stderr);
      const exited = once(child, "close");
      const limit = (bytes: number | "unlimited") =>
        execFileSync("prlimit", ["--pid", String(child.pid), `--fsize=${bytes}:unlimited`]);
      const random = seededRandom(5);
      let acknowledged = 0;
      const failures: string[] = [];
      for await (const line of createInterface({ input: child.stdout })) {
        if (line.startsWith("failed")) {
          failures.push(line.slice(7));
          if (random() < 0.5) limit("unlimited");
        } else if (line.startsWith("stored")) {
          acknowledged = Number(line.slice(7));
          if (random() < 0.25) limit(4_096 + Math.floor(random() * 65_536));
        }
        if (acknowledged === 120) limit("unlimited");
        child.stdin.write("go\n");
      }
      const ended = await exited;
      expect(ended, complaint()).toEqual([0, null]);
      expect(failures.length).toBeGreaterThan(10);
      expect(failures.filter((code) => code !== "disk_error" && code !== "disk_full")).toEqual([]);
      expect(acknowledged).toBe(120);
      const db = openDatabase({ path: folder.dbPath, key: TEST_KEY });
      expect(db.get("SELECT count(*) AS n FROM conversations")).toEqual({ n: acknowledged * 5 });
      expect(db.get("SELECT pages FROM passes")).toEqual({ pages: acknowledged });
      db.close();
    },
    60_000,
  );
});
