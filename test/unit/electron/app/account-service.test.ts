/**
 * Accounts over the real database worker and session secrets: what is saved when, and what no crash brings back.
 *
 * Runtimes, the sample server and the network are stand-ins that remember what was asked of them. A crash is a
 * step that throws; what follows it is a new service over the same database and vault.
 */
import { afterEach, describe, expect, it } from "vitest";
import type { AccountRuntime } from "../../../../electron/app/account-runtime.ts";
import { createAccountService } from "../../../../electron/app/account-service.ts";
import type { AccountService, ConnectInput } from "../../../../electron/app/account-service.ts";
import { createAccountVault } from "../../../../electron/app/account-vault.ts";
import { createSessionSecrets } from "../../../../electron/app/secrets.ts";
import type { Secrets } from "../../../../electron/app/secrets.ts";
import { createDbClient } from "../../../../electron/db/client.ts";
import type { DbClient } from "../../../../electron/db/client.ts";
import type { Fetch } from "../../../../electron/providers/http.ts";
import type { Account, AccountId } from "../../../../shared/domain.ts";
import { Account as AccountSchema } from "../../../../shared/domain.ts";
import { AppError } from "../../../../shared/errors.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";

const WORKER = new URL("../../../../electron/db/worker.ts", import.meta.url);
const KEY = "am_live_canary_0123456789";
const OTHER_KEY = "am_live_canary_9876543210";
const SAMPLE_KEY = "am_live_sample_0123456789";
const INPUT: ConnectInput = {
  provider: "agentmessage",
  name: "Front desk",
  baseUrl: "https://api.test/v1/",
  credentials: { apiKey: ` ${KEY} ` },
};

const clients: DbClient[] = [];
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
});

async function openDb(): Promise<DbClient> {
  const client = createDbClient({ workerUrl: WORKER });
  clients.push(client);
  await client.open({ path: ":memory:", key: new Uint8Array(32).fill(7), keyIsNew: true, now: 0 });
  return client;
}

/** A step that fails once, before or after it took effect. */
interface Crash {
  readonly step: string;
  readonly when: "before" | "after";
}

function breaking<T>(crash: Crash | null, step: string, work: () => Promise<T>): Promise<T> {
  if (crash?.step !== step) return work();
  const died = () => Promise.reject(new AppError("disk_error", `crash at ${step}`));
  return crash.when === "before" ? died() : work().then(died);
}

interface Rig {
  readonly service: AccountService;
  readonly db: DbClient;
  readonly secrets: Secrets;
  /** Runtimes' lives, in order: `start 1`, `stop 1`, `key 1 …`. */
  readonly events: string[];
  readonly announced: Account[][];
  readonly removals: { count: number };
  readonly requests: string[];
  crash: Crash | null;
  /** Resolves a held request; null: requests are answered at once. */
  hold: Promise<void> | null;
  sampleBaseUrl: string;
  vaultUids(): string[];
  rowCount(): Promise<number>;
  /** The same device after a restart. */
  restart(lost?: { db?: DbClient; secrets?: Secrets }): Promise<Rig>;
}

async function setUp(db?: DbClient, secrets = createSessionSecrets()): Promise<Rig> {
  const realDb = db ?? (await openDb());
  const events: string[] = [];
  const announced: Account[][] = [];
  const removals = { count: 0 };
  const requests: string[] = [];
  const clock = createFakeClock();
  const vault = createAccountVault(secrets);
  const dyingDb: DbClient = {
    ...realDb,
    call: (name, input) => breaking(rig.crash, name, () => realDb.call(name, input)),
  };
  const fetch: Fetch = async (url, init) => {
    const { Authorization: key } = init.headers as Record<string, string>;
    requests.push(`${url} ${key}`);
    await rig.hold;
    const isGood = [KEY, OTHER_KEY, SAMPLE_KEY].some((good) => key === `Bearer ${good}`);
    return isGood
      ? Response.json({ success: true, data: [], meta: { next_cursor: null } })
      : Response.json({ success: false, error: { code: "UNAUTHORIZED" } }, { status: 401 });
  };

  function createRuntime(account: Account, credentials: Readonly<Record<string, string>>): AccountRuntime {
    const { id } = account;
    return {
      account,
      start: () =>
        breaking(rig.crash, "runtime.start", async () => void events.push(`start ${id} ${credentials["apiKey"]}`)),
      stop: () => breaking(rig.crash, "runtime.stop", async () => void events.push(`stop ${id}`)),
      credentialsReplaced: (keys, generation) => void events.push(`key ${id} ${keys["apiKey"]} ${generation}`),
      wake: () => {},
      setFocused: () => {},
      open: () => {},
      suspend: () => {},
      resume: () => {},
      dispatch: () => {},
      status: () => ({ accountId: id, phase: { kind: "up_to_date" }, lastCompletedAt: null }),
    };
  }

  const service = createAccountService({
    db: dyingDb,
    vault: { ...vault, delete: (uid) => breaking(rig.crash, "vault.delete", () => vault.delete(uid)) },
    fetch,
    clock,
    sample: {
      accountName: "Sample",
      async start(anchorAt, apiKey, lastBaseUrl) {
        events.push(`sample ${apiKey === null ? "new" : "again"} ${lastBaseUrl ?? "-"}`);
        return { baseUrl: rig.sampleBaseUrl, apiKey: apiKey ?? (anchorAt > 0 ? SAMPLE_KEY : "") };
      },
      stop: async () => void events.push("sample stop"),
    },
    createRuntime,
    onAccounts: (accounts) => void announced.push(accounts),
    onRemoved: () => void (removals.count += 1),
  });

  const rig: Rig = {
    service,
    db: realDb,
    secrets,
    events,
    announced,
    removals,
    requests,
    crash: null,
    hold: null,
    sampleBaseUrl: "http://127.0.0.1:4010",
    vaultUids: () => vault.uids(),
    rowCount: async () => (await realDb.call("accounts.list", undefined)).length,
    restart: (lost = {}) => setUp(lost.db ?? realDb, lost.secrets ?? secrets),
  };
  return rig;
}

async function getUid(rig: Rig, id: AccountId): Promise<string> {
  const row = (await rig.db.call("accounts.list", undefined)).find((account) => account.id === id);
  return row!.uid;
}

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
    rig.crash = { step: "vault.delete", when: "before" };
    await expect(rig.service.disconnect(id)).rejects.toThrow("crash");
    rig.crash = null;
    await expect(rig.service.rename(id, "x")).rejects.toMatchObject({ code: "not_found" });
    await expect(rig.service.replaceKey(id, { apiKey: OTHER_KEY })).rejects.toMatchObject({ code: "not_found" });
    expect(await rig.service.list()).toEqual([]);
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
