/**
 * Connecting, changing and removing accounts: vault, cache and runtime kept in step.
 *
 * Must never return credentials. Invariants: nothing is saved before the key was proven by a real request;
 * the vault is the truth about which accounts exist (a lost cache is rebuilt from it), except that an account
 * marked `removing` in the cache is gone for good, whatever a crash left behind; changes run one after the
 * other, so that no late answer brings back what was removed meanwhile; one unreadable entry costs one account.
 */
import { randomUUID } from "node:crypto";
import type { Account, AccountId, ProviderName } from "../../shared/domain.ts";
import { AppError } from "../../shared/errors.ts";
import type { DbClient } from "../db/client.ts";
import { parseBaseUrl } from "../providers/base-url.ts";
import type { Fetch } from "../providers/http.ts";
import { getProviderEntry, readCredentials } from "../providers/registry.ts";
import type { Clock } from "../sync/ports.ts";
import { createAccountRecords, keyHint } from "./account-records.ts";
import type { AccountRuntime } from "./account-runtime.ts";
import type { AccountVault, VaultAccount } from "./account-vault.ts";
import type { SampleHost } from "./sample-host.ts";

export interface ConnectInput {
  readonly provider: ProviderName;
  readonly name: string;
  readonly baseUrl: string;
  readonly credentials: Readonly<Record<string, string>>;
}

export interface AccountServiceOptions {
  readonly db: DbClient;
  readonly vault: AccountVault;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly sample: SampleHost;
  readonly createRuntime: (account: Account, credentials: Readonly<Record<string, string>>) => AccountRuntime;
  readonly onAccounts: (accounts: Account[]) => void;
  /** Rows are gone: the purge must follow. */
  readonly onRemoved: () => void;
}

export interface AccountService {
  /** Brings vault and cache into step and starts every account. */
  start(): Promise<void>;
  stop(): Promise<void>;
  list(): Promise<Account[]>;
  connect(input: ConnectInput): Promise<Account>;
  connectSample(): Promise<Account>;
  rename(id: AccountId, name: string): Promise<Account>;
  replaceKey(id: AccountId, credentials: Readonly<Record<string, string>>): Promise<Account>;
  disconnect(id: AccountId): Promise<void>;
  /**
   * Forgets the account's cached rows and syncs anew. The provider is asked first: what is on this device goes
   * only when it can come back. @throws AppError as `connect`; `vault_failed` when the key cannot be read
   */
  rebuild(id: AccountId): Promise<void>;
  setState(id: AccountId, state: Account["state"], missingScope: string | null): Promise<void>;
  runtimes(): readonly AccountRuntime[];
  findRuntime(id: AccountId): AccountRuntime | null;
}

export function createAccountService(options: AccountServiceOptions): AccountService {
  const { db, vault, fetch, clock, sample } = options;
  const records = createAccountRecords(db, vault, clock.now);
  const { list } = records;
  const runtimes = new Map<AccountId, AccountRuntime>();

  let lastChange: Promise<unknown> = Promise.resolve();
  let isStopped = false;

  /**
   * Requests to a provider are made outside: a slow server must not hold up a removal. One that is answered after the end
   * changes nothing: nobody would stop what it starts. @throws AppError `not_ready`
   */
  function oneAtATime<T>(change: () => Promise<T>): Promise<T> {
    const done = lastChange.then(() => {
      if (isStopped) throw new AppError("not_ready", "the accounts were stopped");
      return change();
    });
    lastChange = Promise.allSettled([done]);
    return done;
  }

  async function announce(): Promise<void> {
    options.onAccounts(await list());
  }

  async function run(account: Account, credentials: Readonly<Record<string, string>>): Promise<void> {
    const runtime = options.createRuntime(account, credentials);
    runtimes.set(account.id, runtime);
    await runtime.start();
  }

  async function stopRuntime(id: AccountId): Promise<void> {
    const runtime = runtimes.get(id);
    runtimes.delete(id);
    await runtime?.stop();
  }

  async function check(input: Pick<ConnectInput, "provider" | "baseUrl">, credentials: Record<string, string>) {
    const provider = getProviderEntry(input.provider).create({ baseUrl: input.baseUrl, credentials, fetch, clock });
    await provider.check(new AbortController().signal);
  }

  async function add(saved: VaultAccount): Promise<Account> {
    await vault.save(saved);
    let account: Account;
    try {
      account = await records.insert(saved);
    } catch (error) {
      // Without its row it would come back at the next start, and meanwhile count as connected already.
      await vault.delete(saved.uid);
      throw error;
    }
    await run(account, saved.credentials);
    await announce();
    return account;
  }

  /** Finishes a removal, also one that a crash interrupted: the key first, then the rows. */
  async function remove(id: AccountId, uid: string): Promise<void> {
    await vault.delete(uid);
    await db.call("accounts.deleteRows", { id });
    options.onRemoved();
  }

  async function resume(saved: VaultAccount, known: readonly { id: AccountId; uid: string }[]): Promise<void> {
    const { uid } = saved;
    const row = known.find((candidate) => candidate.uid === uid);
    let account = row === undefined ? await records.insert(saved) : await records.getAccount(row.id);
    if (saved.sampleAnchorAt !== null) {
      const { baseUrl } = await sample.start(saved.sampleAnchorAt, saved.credentials["apiKey"] ?? "", saved.baseUrl);
      if (baseUrl !== saved.baseUrl) {
        await vault.save({ ...saved, baseUrl });
        await db.call("accounts.setBaseUrl", { id: account.id, baseUrl });
      }
    }
    // Whatever stopped it before: the first request tells whether it still does.
    await db.call("accounts.setState", { id: account.id, state: "ok", missingScope: null });
    account = await records.getAccount(account.id);
    await run(account, saved.credentials);
  }

  return {
    async start() {
      const known = await records.rows();
      for (const row of known.filter(({ state }) => state === "removing")) await remove(row.id, row.uid);
      const left = await records.rows();
      const saved: VaultAccount[] = [];
      for (const uid of vault.uids()) {
        const account = await records.findReadable(uid);
        if (account !== null) saved.push(account);
      }
      for (const row of left.filter(({ uid }) => !saved.some((account) => account.uid === uid))) {
        await db.call("accounts.setState", { id: row.id, state: "needs_key", missingScope: null });
      }
      for (const account of saved) await resume(account, left);
      await announce();
    },

    /** After a change that is under way: what it starts must end too. */
    stop: () =>
      oneAtATime(async () => {
        isStopped = true;
        await Promise.all([...runtimes.keys()].map(stopRuntime));
        await sample.stop();
      }),

    list,

    async connect(input) {
      const entry = getProviderEntry(input.provider);
      const credentials = readCredentials(entry, input.credentials);
      const baseUrl = parseBaseUrl(input.baseUrl, entry.apiSuffix);
      await records.refuseDuplicate(input.provider, baseUrl, credentials);
      await check({ provider: input.provider, baseUrl }, credentials);
      const name = input.name === "" ? entry.form.label : input.name;
      const { provider } = input;
      return oneAtATime(async () => {
        // Again: a double click passes the first look twice.
        await records.refuseDuplicate(provider, baseUrl, credentials);
        return add({ uid: randomUUID(), provider, name, baseUrl, credentials, sampleAnchorAt: null });
      });
    },

    connectSample: () =>
      oneAtATime(async () => {
        const existing = (await list()).find(({ isSample }) => isSample);
        if (existing !== undefined) return existing;
        const sampleAnchorAt = clock.now();
        const { baseUrl, apiKey } = await sample.start(sampleAnchorAt, null, null);
        const credentials = { apiKey };
        const uid = randomUUID();
        const name = sample.accountName;
        try {
          await check({ provider: "agentmessage", baseUrl }, credentials);
          return await add({ uid, provider: "agentmessage", name, baseUrl, credentials, sampleAnchorAt });
        } catch (error) {
          // Its history hangs on this anchor, which nobody has kept.
          await sample.stop();
          throw error;
        }
      }),

    rename: (id, name) =>
      oneAtATime(async () => {
        const { uid } = await records.getRow(id);
        const saved = await records.findReadable(uid);
        if (saved !== null) await vault.save({ ...saved, name });
        await db.call("accounts.rename", { id, name });
        await announce();
        return records.getAccount(id);
      }),

    async replaceKey(id, typed) {
      const asked = await records.getRow(id);
      const credentials = readCredentials(getProviderEntry(asked.provider), typed);
      await check(asked, credentials);
      return oneAtATime(async () => {
        const { uid, provider, name, baseUrl } = await records.getRow(id);
        const sampleAnchorAt = (await records.findReadable(uid))?.sampleAnchorAt ?? null;
        await vault.save({ uid, provider, name, baseUrl, credentials, sampleAnchorAt });
        const generation = await db.call("accounts.bumpGeneration", { id, keyHint: keyHint(provider, credentials) });
        await db.call("accounts.setState", { id, state: "ok", missingScope: null });
        const runtime = runtimes.get(id);
        if (runtime === undefined) await run(await records.getAccount(id), credentials);
        else runtime.credentialsReplaced(credentials, generation);
        await announce();
        return records.getAccount(id);
      });
    },

    disconnect: (id) =>
      oneAtATime(async () => {
        const { uid, isSample } = await records.getRow(id);
        // From here on no crash can bring the account back.
        await db.call("accounts.beginRemoval", { id });
        await stopRuntime(id);
        if (isSample) await sample.stop();
        await remove(id, uid);
        await announce();
      }),

    async rebuild(id) {
      const { uid } = await records.getRow(id);
      const saved = await records.findReadable(uid);
      if (saved === null) throw new AppError("vault_failed", "without its key nothing would come back");
      await check(saved, saved.credentials);
      return oneAtATime(async () => {
        await records.getRow(id);
        await stopRuntime(id);
        try {
          await db.call("storage.rebuild", { accountId: id });
          options.onRemoved();
        } finally {
          // Also when it failed: then everything is as it was, and goes on.
          await run(await records.getAccount(id), saved.credentials);
        }
        await announce();
      });
    },

    async setState(id, state, missingScope) {
      await db.call("accounts.setState", { id, state, missingScope });
      await announce();
    },

    runtimes: () => [...runtimes.values()],
    findRuntime: (id) => runtimes.get(id) ?? null,
  };
}
