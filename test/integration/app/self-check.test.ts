/** The self-check over the real worker, files, sample server and HTTP: it passes, and each broken part is caught by name. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { createInbox } from "../../../electron/app/inbox.ts";
import { databaseCheck, purgeCheck } from "../../../electron/app/self-check/disk-checks.ts";
import { inboxChecks } from "../../../electron/app/self-check/inbox-checks.ts";
import { runChecks } from "../../../electron/app/self-check/report.ts";
import { silentDesktop } from "../../../electron/app/self-check/silent-desktop.ts";
import { systemClock } from "../../../electron/app/system-clock.ts";
import { createDbClient } from "../../../electron/db/client.ts";
import type { DbClient } from "../../../electron/db/client.ts";
import { createLog } from "../../../electron/log.ts";
import type { Fetch } from "../../../electron/providers/http.ts";

const workerUrl = new URL("../../../electron/db/worker.ts", import.meta.url);
const realDb = () => createDbClient({ workerUrl });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "threadkeep-check-"));
  return () => rmSync(folder, { recursive: true, force: true });
});

const disk = (createDb: () => DbClient) => ({ folder, createDb, now: systemClock.now });

async function runInbox(fetch: Fetch, createDb = realDb) {
  const { checks, close } = inboxChecks({
    folder,
    createDb,
    clock: systemClock,
    createInbox: (db, secrets) =>
      createInbox({
        db,
        secrets,
        fetch,
        clock: systemClock,
        random: Math.random,
        log: createLog(() => {}, systemClock.now),
        push: () => {},
        desktop: silentDesktop(),
      }),
  });
  try {
    return await runChecks("0.0.0", checks, systemClock);
  } finally {
    await close();
  }
}

const outcomes = (report: Awaited<ReturnType<typeof runChecks>>) =>
  Object.fromEntries(report.checks.map(({ name, ok }) => [name, ok]));

describe("the disk checks", () => {
  it("pass with the real database", async () => {
    const report = await runChecks("0.0.0", [databaseCheck(disk(realDb)), purgeCheck(disk(realDb))], systemClock);
    expect(report.checks).toMatchObject([
      { name: "database", ok: true },
      { name: "purge", ok: true },
    ]);
  });

  it("catch a database that does not encrypt", async () => {
    const plain = () => {
      const db = realDb();
      return { ...db, open: (options: Parameters<DbClient["open"]>[0]) => db.open({ ...options, key: null }) };
    };
    const report = await runChecks("0.0.0", [databaseCheck(disk(plain))], systemClock);
    expect(report.checks).toMatchObject([{ name: "database", ok: false, detail: "the file is not encrypted" }]);
  });

  it("catch a purge that leaves the text, and a removal that never happens", async () => {
    const without = (left: (name: string, input: unknown) => unknown) => () => {
      const db = realDb();
      const real = db.call as (name: string, input: unknown) => Promise<unknown>;
      const call = async (name: string, input: unknown) => left(name, input) ?? (await real(name, input));
      return { ...db, call: call as DbClient["call"] };
    };
    const noPurge = without((name) => (name === "purge.run" ? { done: true } : undefined));
    const noRemoval = without((name, input) =>
      name === "sync.commitMessages" && (input as { kind: string }).kind === "delta" ? {} : undefined,
    );
    for (const createDb of [noPurge, noRemoval]) {
      const report = await runChecks("0.0.0", [purgeCheck(disk(createDb))], systemClock);
      expect(report.checks).toMatchObject([{ name: "purge", ok: false, detail: "a removed text is still on disk" }]);
      rmSync(folder, { recursive: true });
      folder = mkdtempSync(join(tmpdir(), "threadkeep-check-"));
    }
  });
});

describe("the inbox checks", () => {
  it("sync, search and send against the sample server", async () => {
    const report = await runInbox((url, init) => fetch(url, init));
    expect(report.checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(outcomes(report)).toEqual({ sync: true, search: true, outbox: true });
  });

  it("without a network the first names itself, and the others what they miss", async () => {
    const report = await runInbox(() => Promise.reject(new TypeError("net::ERR_INTERNET_DISCONNECTED")));
    expect(outcomes(report)).toEqual({ sync: false, search: false, outbox: false });
    expect(report.checks[2]?.detail).toBe("needs the sample's texts, which are missing");
  });

  it("a reply that is refused is not settled", async () => {
    const refusing: Fetch = (url, init) =>
      init.method === "POST"
        ? Promise.resolve(Response.json({ success: false, error: { code: "INVALID_INPUT" } }, { status: 422 }))
        : fetch(url, init);
    expect(outcomes(await runInbox(refusing))).toEqual({ sync: true, search: true, outbox: false });
  });
});
