/** Connecting and changing accounts: nothing is saved before the key was proven, and credentials never come back. */
import { describe, expect, it } from "vitest";
import { Account as AccountSchema } from "../../../../shared/domain.ts";
import type { AccountId } from "../../../../shared/domain.ts";
import { INPUT, KEY, openDb, OTHER_KEY, setUp } from "./account-rig.ts";

describe("connecting", () => {
  it("proves the key first, then saves and starts the account", async () => {
    const rig = await setUp();
    const account = await rig.service.connect(INPUT);
    expect(account).toEqual({
      id: account.id,
      provider: "agentmessage",
      name: "Front desk",
      baseUrl: "https://api.test",
      keyHint: "6789",
      isSample: false,
      state: "ok",
      missingScope: null,
    });
    expect(rig.requests).toEqual([`https://api.test/v1/conversations?limit=1 Bearer ${KEY}`]);
    expect(rig.events).toEqual([`start ${account.id} ${KEY}`]);
    expect(rig.announced.at(-1)).toEqual([account]);
    expect(await rig.service.list()).toEqual([account]);
    expect(rig.service.findRuntime(account.id)?.account).toEqual(account);
  });

  it("never gives the key, the uid or the generation back", async () => {
    const rig = await setUp();
    const given = [await rig.service.connect(INPUT), ...(await rig.service.list()), ...rig.announced.flat()];
    expect(given).toHaveLength(3);
    for (const account of given)
      expect(Object.keys(account).toSorted()).toEqual(Object.keys(AccountSchema.shape).toSorted());
    expect(JSON.stringify(given)).not.toContain("canary");
  });

  it.each([
    ["a refused key", { credentials: { apiKey: "am_live_wrong" } }, "key_refused", 1],
    ["no key", { credentials: {} }, "bad_input", 0],
    ["an address without encryption", { baseUrl: "http://api.test" }, "bad_input", 0],
    ["a provider without an adapter", { provider: "vobiz" as const }, "bad_input", 0],
  ])("with %s saves nothing", async (_name, change, code, requests) => {
    const rig = await setUp();
    await expect(rig.service.connect({ ...INPUT, ...change })).rejects.toMatchObject({ code });
    expect(rig.requests).toHaveLength(requests);
    expect([rig.vaultUids(), await rig.rowCount(), rig.events, rig.announced]).toEqual([[], 0, [], []]);
  });

  it("answered after the app has ended, or its cache was replaced, saves nothing and starts nothing", async () => {
    const rig = await setUp();
    const answered = Promise.withResolvers<void>();
    rig.hold = answered.promise;
    const connecting = rig.service.connect(INPUT);
    await rig.service.stop();
    answered.resolve();
    await expect(connecting).rejects.toMatchObject({ code: "not_ready" });
    expect([rig.vaultUids(), await rig.rowCount(), rig.events]).toEqual([[], 0, ["sample stop"]]);
  });

  it("takes the provider's name where none was given", async () => {
    const rig = await setUp();
    expect((await rig.service.connect({ ...INPUT, name: "" })).name).toBe("AgentMessage");
  });

  it("refuses the same key at the same address, not another of either", async () => {
    const rig = await setUp();
    await rig.service.connect(INPUT);
    await expect(rig.service.connect({ ...INPUT, name: "Again", baseUrl: "api.test" })).rejects.toMatchObject({
      code: "bad_input",
      detail: { field: "credentials", reason: "duplicate" },
    });
    await rig.service.connect({ ...INPUT, credentials: { apiKey: OTHER_KEY } });
    await rig.service.connect({ ...INPUT, baseUrl: "https://other.test" });
    expect(await rig.rowCount()).toBe(3);
  });

  it("makes one account of a double click", async () => {
    const rig = await setUp();
    const results = await Promise.allSettled([rig.service.connect(INPUT), rig.service.connect(INPUT)]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect([rig.vaultUids().length, await rig.rowCount()]).toEqual([1, 1]);
  });

  it("can be tried again after the cache refused the row", async () => {
    const rig = await setUp();
    rig.crash = { step: "accounts.insert", when: "before" };
    await expect(rig.service.connect(INPUT)).rejects.toMatchObject({ code: "disk_error" });
    expect([rig.vaultUids(), await rig.rowCount()]).toEqual([[], 0]);
    rig.crash = null;
    expect(await rig.service.connect(INPUT)).toMatchObject({ state: "ok" });
  });

  it("goes on after a crash between vault and cache", async () => {
    const rig = await setUp();
    rig.crash = { step: "runtime.start", when: "before" };
    await expect(rig.service.connect(INPUT)).rejects.toThrow("crash");
    const after = await rig.restart();
    await after.service.start();
    expect(await after.service.list()).toMatchObject([{ name: "Front desk", state: "ok" }]);
    expect(after.events).toHaveLength(1);
  });
});

describe("changing", () => {
  it("renames in the cache and in the vault", async () => {
    const rig = await setUp();
    const { id } = await rig.service.connect(INPUT);
    expect((await rig.service.rename(id, "Desk")).name).toBe("Desk");
    const rebuilt = await rig.restart({ db: await openDb() });
    await rebuilt.service.start();
    expect(await rebuilt.service.list()).toMatchObject([{ name: "Desk" }]);
    await expect(rig.service.rename(99 as AccountId, "x")).rejects.toMatchObject({ code: "not_found" });
  });

  it("replaces a key that was proven, and goes on under a new generation", async () => {
    const rig = await setUp();
    const { id } = await rig.service.connect(INPUT);
    await rig.service.setState(id, "needs_key", null);
    rig.events.length = 0;
    const account = await rig.service.replaceKey(id, { apiKey: OTHER_KEY });
    expect(account).toMatchObject({ id, keyHint: "3210", state: "ok" });
    expect(rig.events).toEqual([expect.stringMatching(new RegExp(`^key ${id} ${OTHER_KEY} \\d+$`))]);
    const after = await rig.restart();
    await after.service.start();
    expect(after.events).toEqual([`start ${id} ${OTHER_KEY}`]);
  });

  it("keeps the old key when the new one is refused", async () => {
    const rig = await setUp();
    const { id } = await rig.service.connect(INPUT);
    rig.events.length = 0;
    await expect(rig.service.replaceKey(id, { apiKey: "am_live_wrong" })).rejects.toMatchObject({
      code: "key_refused",
    });
    expect(rig.events).toEqual([]);
    const after = await rig.restart();
    await after.service.start();
    expect(after.events).toEqual([`start ${id} ${KEY}`]);
  });
});
