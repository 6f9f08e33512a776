/** Removing accounts and starting with what is there: no crash brings an account back, none loses one. */
import { describe, expect, it } from "vitest";
import { createSessionSecrets } from "../../../../electron/app/secrets.ts";
import type { AccountId } from "../../../../shared/domain.ts";
import { INPUT, KEY, openDb, OTHER_KEY, SAMPLE_KEY, setUp } from "./account-rig.ts";
import type { Crash, Rig } from "./account-rig.ts";

async function getUid(rig: Rig, id: AccountId): Promise<string> {
  const row = (await rig.db.call("accounts.list", undefined)).find((account) => account.id === id);
  return row!.uid;
}

describe("disconnecting", () => {
  const STEPS: readonly Crash[] = [
    "accounts.beginRemoval",
    "runtime.stop",
    "vault.delete",
    "accounts.deleteRows",
  ].flatMap((step) => [
    { step, when: "before" as const },
    { step, when: "after" as const },
  ]);

  it("stops the account, forgets its key and its rows, and asks for the purge", async () => {
    const rig = await setUp();
    const { id } = await rig.service.connect(INPUT);
    const other = await rig.service.connect({ ...INPUT, credentials: { apiKey: OTHER_KEY } });
    rig.events.length = 0;
    await rig.service.disconnect(id);
    expect(rig.events).toEqual([`stop ${id}`]);
    expect([rig.vaultUids().length, await rig.rowCount(), rig.removals.count]).toEqual([1, 1, 1]);
    expect(rig.announced.at(-1)).toEqual([other]);
    expect(rig.service.findRuntime(id)).toBeNull();
    await expect(rig.service.disconnect(id)).rejects.toMatchObject({ code: "not_found" });
  });

  it.each(STEPS)("that dies $when $step is finished at the next start", async (crash) => {
    const rig = await setUp();
    const { id } = await rig.service.connect(INPUT);
    rig.crash = crash;
    await expect(rig.service.disconnect(id)).rejects.toThrow("crash");
    const after = await rig.restart();
    await after.service.start();
    // Before its first step nothing had been said: the account is as it was.
    const left = crash.step === "accounts.beginRemoval" && crash.when === "before" ? 1 : 0;
    const accounts = await after.service.list();
    expect(accounts.map(({ state }) => state)).toEqual(Array(left).fill("ok"));
    expect([after.vaultUids().length, await after.rowCount(), after.events.length]).toEqual([left, left, left]);
  });

  it("that dies a second time while it is being finished is finished at the start after", async () => {
    const rig = await setUp();
    const { id } = await rig.service.connect(INPUT);
    rig.crash = { step: "vault.delete", when: "before" };
    await expect(rig.service.disconnect(id)).rejects.toThrow("crash");
    const second = await rig.restart();
    second.crash = { step: "accounts.deleteRows", when: "before" };
    await expect(second.service.start()).rejects.toThrow("crash");
    const third = await rig.restart();
    await third.service.start();
    expect([third.vaultUids(), await third.rowCount(), third.removals.count]).toEqual([[], 0, 1]);
  });

  it("is not undone by a new key that is still being proven", async () => {
    const rig = await setUp();
    const { id } = await rig.service.connect(INPUT);
    const answer = Promise.withResolvers<void>();
    rig.hold = answer.promise;
    const replaced = rig.service.replaceKey(id, { apiKey: OTHER_KEY });
    await rig.service.disconnect(id);
    answer.resolve();
    await expect(replaced).rejects.toMatchObject({ code: "not_found" });
    expect([rig.vaultUids(), await rig.rowCount(), rig.service.runtimes()]).toEqual([[], 0, []]);
  });

  it("half done is no account any more: it cannot be renamed, given a key or seen", async () => {
    const rig = await setUp();
    const { id } = await rig.service.connect(INPUT);
    rig.crash = { step: "vault.delete", when: "after" };
    await expect(rig.service.disconnect(id)).rejects.toThrow("crash");
    rig.crash = null;
    await expect(rig.service.rename(id, "x")).rejects.toMatchObject({ code: "not_found" });
    await expect(rig.service.replaceKey(id, { apiKey: OTHER_KEY })).rejects.toMatchObject({ code: "not_found" });
    expect([await rig.service.list(), rig.vaultUids()]).toEqual([[], []]);
  });
});

describe("starting", () => {
  it("builds a lost cache anew from the vault", async () => {
    const rig = await setUp();
    await rig.service.connect(INPUT);
    await rig.service.connect({ ...INPUT, name: "Second", credentials: { apiKey: OTHER_KEY } });
    const after = await rig.restart({ db: await openDb() });
    await after.service.start();
    expect(await after.service.list()).toMatchObject([
      { name: "Front desk", baseUrl: "https://api.test", keyHint: "6789", state: "ok" },
      { name: "Second", keyHint: "3210", state: "ok" },
    ]);
    expect(after.events).toHaveLength(2);
    expect(after.requests).toEqual([]);
  });

  it("asks for the key where the vault has lost it, and keeps the rows readable", async () => {
    const rig = await setUp();
    const { id } = await rig.service.connect(INPUT);
    const after = await rig.restart({ secrets: createSessionSecrets() });
    await after.service.start();
    expect(await after.service.list()).toMatchObject([{ id, state: "needs_key", name: "Front desk" }]);
    expect(after.events).toEqual([]);
    expect(await after.service.replaceKey(id, { apiKey: OTHER_KEY })).toMatchObject({ id, state: "ok" });
    expect(after.events).toEqual([`start ${id} ${OTHER_KEY}`]);
    expect(after.vaultUids()).toHaveLength(1);
  });

  it("lets one unreadable entry cost one account, and keeps the entry", async () => {
    const rig = await setUp();
    const broken = await rig.service.connect(INPUT);
    const sound = await rig.service.connect({ ...INPUT, credentials: { apiKey: OTHER_KEY } });
    const name = `account:${await getUid(rig, broken.id)}`;
    await rig.secrets.set(name, "{");
    const after = await rig.restart();
    await after.service.start();
    expect(await after.service.list()).toMatchObject([
      { id: broken.id, state: "needs_key" },
      { id: sound.id, state: "ok" },
    ]);
    expect(after.events).toEqual([`start ${sound.id} ${OTHER_KEY}`]);
    expect(await rig.secrets.find(name)).toBe("{");

    // It does not stand in the way of anything, and a new key mends it.
    await after.service.connect({ ...INPUT, baseUrl: "https://third.test" });
    await after.service.rename(broken.id, "Renamed");
    expect(await rig.secrets.find(name)).toBe("{");
    expect(await after.service.replaceKey(broken.id, { apiKey: KEY })).toMatchObject({ state: "ok", name: "Renamed" });
    const last = await rig.restart();
    await last.service.start();
    expect((await last.service.list()).map(({ state }) => state)).toEqual(["ok", "ok", "ok"]);
  });

  it("tries a blocked account again", async () => {
    const rig = await setUp();
    const { id } = await rig.service.connect(INPUT);
    await rig.service.setState(id, "missing_scope", "messages:send");
    const after = await rig.restart();
    await after.service.start();
    expect(await after.service.list()).toMatchObject([{ id, state: "ok", missingScope: null }]);
  });

  it("ends everything on stop, and what was under way first", async () => {
    const rig = await setUp();
    const { id } = await rig.service.connect(INPUT);
    const connecting = rig.service.connectSample();
    await rig.service.stop();
    const sample = await connecting;
    expect(rig.events.slice(-3).toSorted()).toEqual(["sample stop", `stop ${id}`, `stop ${sample.id}`]);
    expect(rig.service.runtimes()).toEqual([]);
  });
});

describe("the sample account", () => {
  it("is one, however often it is asked for", async () => {
    const rig = await setUp();
    const [first, second] = await Promise.all([rig.service.connectSample(), rig.service.connectSample()]);
    expect(second).toEqual(first);
    expect(first).toMatchObject({ isSample: true, name: "Sample", baseUrl: "http://127.0.0.1:4010" });
    expect([rig.vaultUids().length, await rig.rowCount()]).toEqual([1, 1]);
    expect(rig.events.filter((event) => event.startsWith("sample"))).toEqual(["sample new -"]);
  });

  it("comes back with its server, at a new address where the old port is taken", async () => {
    const rig = await setUp();
    const { id } = await rig.service.connectSample();
    const after = await rig.restart();
    after.sampleBaseUrl = "http://127.0.0.1:5020";
    await after.service.start();
    expect(after.events).toEqual(["sample again http://127.0.0.1:4010", `start ${id} ${SAMPLE_KEY}`]);
    expect(await after.service.list()).toMatchObject([{ id, baseUrl: "http://127.0.0.1:5020", isSample: true }]);
    const last = await rig.restart();
    last.sampleBaseUrl = "http://127.0.0.1:5020";
    await last.service.start();
    expect(last.events[0]).toBe("sample again http://127.0.0.1:5020");
  });

  it("that cannot be connected leaves no server behind", async () => {
    const rig = await setUp();
    rig.crash = { step: "accounts.insert", when: "before" };
    await expect(rig.service.connectSample()).rejects.toMatchObject({ code: "disk_error" });
    expect(rig.events).toEqual(["sample new -", "sample stop"]);
    expect(rig.vaultUids()).toEqual([]);
  });

  it("takes its server with it when it is disconnected", async () => {
    const rig = await setUp();
    const { id } = await rig.service.connectSample();
    await rig.service.disconnect(id);
    expect(rig.events.at(-1)).toBe("sample stop");
    expect(await rig.service.list()).toEqual([]);
  });
});
