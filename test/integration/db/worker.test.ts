/** The real worker over a real encrypted file: typed calls, order, errors, death, and a kill at any moment. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, it } from "vitest";
import type { AccountId } from "../../../shared/domain.ts";
import { AppError } from "../../../shared/errors.ts";
import { createDbClient } from "../../../electron/db/client.ts";
import type { DbClient } from "../../../electron/db/client.ts";
import { openDatabase } from "../../../electron/db/database.ts";
import { collect } from "../../helpers/kill-run.ts";
import { writeOldCache } from "../../helpers/old-cache.ts";
import { T0, TEST_KEY, listPage, makeTempFolder, newAccount } from "../../helpers/test-database.ts";

const workerUrl = new URL("../../../electron/db/worker.ts", import.meta.url);
let folder: ReturnType<typeof makeTempFolder>;
let clients: DbClient[];
beforeEach(() => {
  folder = makeTempFolder();
  clients = [];
  return async () => {
    await Promise.all(clients.map((client) => client.close()));
    folder.remove();
  };
});

function createClient(url = workerUrl): DbClient {
  const client = createDbClient({ workerUrl: url });
  clients.push(client);
  return client;
}
const openFile = (client: DbClient) => client.open({ path: folder.dbPath, key: TEST_KEY, keyIsNew: false, now: T0 });
const insert = (client: DbClient) => client.call("accounts.insert", newAccount());
const page = (accountId: AccountId, index: number) => listPage(accountId, index, 1);

describe("the worker", () => {
  it("keeps what it was told in an encrypted file, across a restart", async () => {
    const first = createClient();
    expect(await openFile(first)).toEqual({ setAside: null, isChecked: true });
    const id = await insert(first);
    await first.call("drafts.save", { conversationId: 1 as never, text: "", now: T0 });
    await first.close();
    expect(readFileSync(folder.dbPath).includes(newAccount().baseUrl)).toBe(false);
    const second = createClient();
    await openFile(second);
    expect(await second.call("accounts.list", undefined)).toMatchObject([{ id, uid: newAccount().uid, generation: 1 }]);
  });

  it("tells how far it is while it moves an older app's cache, and answers after", async () => {
    writeOldCache(folder.dbPath, TEST_KEY, 25_000);
    const client = createClient();
    const told: number[] = [];
    const options = { path: folder.dbPath, key: TEST_KEY, keyIsNew: false, now: T0 };
    await client.open(options, ({ done, total }) => told.push(done / total)).then(() => told.push(Infinity));
    expect(told).toEqual([0, 0.8, 1, Infinity]);
    const { results } = await client.call("search.messages", {
      query: "zebra24999quartz",
      limit: 5,
      after: null,
      now: T0,
    });
    expect(results).toHaveLength(1);
  });

  it("answers in the order of the questions", async () => {
    const client = createClient();
    await openFile(client);
    const accountId = await insert(client);
    const answers: number[] = [];
    const asked = Array.from({ length: 20 }, (_, index) =>
      client.call("sync.commitConversations", page(accountId, index)).then(() => answers.push(index)),
    );
    await Promise.all(asked);
    expect(answers).toEqual(asked.map((_, index) => index));
  });

  it("sends errors across as themselves", async () => {
    const client = createClient();
    await expect(client.call("accounts.list", undefined)).rejects.toMatchObject({ code: "not_ready" });
    await openFile(client);
    const failed = client.call("outbox.discard", { id: 5 as never });
    await expect(failed).rejects.toBeInstanceOf(AppError);
    await expect(failed).rejects.toMatchObject({ code: "not_found" });
  });

  it.each(["__proto__", "constructor", "toString", "accounts.drop"])("does not know a call named %s", async (name) => {
    const client = createClient();
    await openFile(client);
    await expect(client.call(name as "accounts.list", undefined)).rejects.toMatchObject({ code: "unknown_call" });
  });

  it("sets a damaged file aside and says where it is", async () => {
    writeFileSync(folder.dbPath, "not a database at all");
    const { setAside } = await openFile(createClient());
    expect(setAside?.reason).toBe("damaged");
    expect(readFileSync(setAside!.path, "utf8")).toBe("not a database at all");
  });

  it("keeps a session in memory out of the folder", async () => {
    const client = createClient();
    await client.open({ path: ":memory:", key: TEST_KEY, keyIsNew: true, now: T0 });
    await insert(client);
    expect(await client.call("accounts.list", undefined)).toHaveLength(1);
  });

  it("closes once, twice and before it was opened, and refuses calls afterwards", async () => {
    const client = createClient();
    await client.close();
    await client.close();
    await expect(client.call("accounts.list", undefined)).rejects.toMatchObject({ code: "not_ready" });
  });
});

describe("a worker that dies", () => {
  const dying = (code: string) => new URL(`data:text/javascript,${encodeURIComponent(code)}`);

  it("rejects what waits and what comes later", async () => {
    const code = 'import { parentPort } from "node:worker_threads"; parentPort.on("message", () => process.exit(1));';
    const client = createClient(dying(code));
    const waiting = [client.call("accounts.list", undefined), client.call("purge.pending", undefined)];
    for (const call of waiting) await expect(call).rejects.toBeInstanceOf(AppError);
    await expect(client.call("accounts.list", undefined)).rejects.toBeInstanceOf(AppError);
    await client.close();
  });

  it("by an error does so, too, also when it is closed at that moment", async () => {
    const code =
      'import { parentPort } from "node:worker_threads"; parentPort.on("message", () => { throw new Error("x"); });';
    const client = createClient(dying(code));
    const call = client.call("accounts.list", undefined);
    const closed = client.close();
    await expect(call).rejects.toMatchObject({ code: "internal" });
    await closed;
  });
});

describe("a process killed while it writes", () => {
  const script = fileURLToPath(new URL("../../helpers/db-writer.ts", import.meta.url));

  it.each([1, 7, 23])("keeps every page it was told was stored: after %i", async (pages) => {
    const key = Buffer.from(TEST_KEY).toString("hex");
    const child = spawn(process.execPath, [script, folder.dbPath, key], { stdio: ["ignore", "pipe", "pipe"] });
    const complaint = collect(child.stderr);
    const exited = once(child, "close");
    let acknowledged = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      acknowledged = Number(line);
      if (acknowledged >= pages) child.kill("SIGKILL");
    }
    await exited;
    expect(child.signalCode, complaint()).toBe("SIGKILL");
    const db = openDatabase({ path: folder.dbPath, key: TEST_KEY });
    const stored = db.get<{ rows: number; pages: number }>(
      "SELECT (SELECT count(*) FROM conversations) AS rows, (SELECT pages FROM passes) AS pages",
    );
    expect(stored?.rows).toBe(stored?.pages);
    expect(stored?.rows).toBeGreaterThanOrEqual(acknowledged);
    db.close();
  });
});
