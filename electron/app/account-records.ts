/**
 * What is known of accounts: the vault's records and the cache's rows, and how one is made of the other.
 *
 * Must never return credentials but to the account service. Invariants: an account that is being removed is no account
 * any more; a record that cannot be read now is left where it is.
 */
import type { Account, AccountId, ProviderName } from "../../shared/domain.ts";
import { AppError, failureOf } from "../../shared/errors.ts";
import type { DbClient } from "../db/client.ts";
import type { DbOutput } from "../db/api.ts";
import { getProviderEntry } from "../providers/registry.ts";
import type { AccountVault, VaultAccount } from "./account-vault.ts";

type StoredAccount = DbOutput<"accounts.list">[number];

export interface AccountRecords {
  /** All of the cache, those being removed included. */
  rows(): Promise<StoredAccount[]>;
  /** As the window knows them. */
  list(): Promise<Account[]>;
  /** @throws AppError `not_found` */
  getRow(id: AccountId): Promise<StoredAccount>;
  /** As the window knows it. @throws AppError `not_found` */
  getAccount(id: AccountId): Promise<Account>;
  /** Null when there is none or it cannot be read now. It is left where it is: tomorrow it may be readable. */
  findReadable(uid: string): Promise<VaultAccount | null>;
  /** The row of a record. */
  insert(saved: VaultAccount): Promise<Account>;
  /** @throws AppError `bad_input` where an account with this key at this address exists */
  refuseDuplicate(provider: ProviderName, baseUrl: string, credentials: Record<string, string>): Promise<void>;
}

export function createAccountRecords(db: DbClient, vault: AccountVault, now: () => number): AccountRecords {
  const rows = () => db.call("accounts.list", undefined);

  async function getRow(id: AccountId): Promise<StoredAccount> {
    const row = (await rows()).find((account) => account.id === id && account.state !== "removing");
    if (row === undefined) throw new AppError("not_found", "no such account");
    return row;
  }

  async function findReadable(uid: string): Promise<VaultAccount | null> {
    try {
      return await vault.find(uid);
    } catch (error) {
      if (failureOf(error).code === "vault_failed") return null;
      throw error;
    }
  }

  async function list(): Promise<Account[]> {
    return (await rows())
      .filter(({ state }) => state !== "removing")
      .map(({ uid: _uid, generation: _g, ...account }) => account);
  }

  async function getAccount(id: AccountId): Promise<Account> {
    const account = (await list()).find((candidate) => candidate.id === id);
    if (account === undefined) throw new AppError("not_found", "no such account");
    return account;
  }

  async function insert(saved: VaultAccount): Promise<Account> {
    const id = await db.call("accounts.insert", {
      uid: saved.uid,
      provider: saved.provider,
      name: saved.name,
      baseUrl: saved.baseUrl,
      keyHint: keyHint(saved.provider, saved.credentials),
      isSample: saved.sampleAnchorAt !== null,
      now: now(),
    });
    return getAccount(id);
  }

  async function refuseDuplicate(provider: ProviderName, baseUrl: string, credentials: Record<string, string>) {
    const wanted = JSON.stringify(credentials);
    for (const uid of vault.uids()) {
      const saved = await findReadable(uid);
      if (saved?.provider !== provider || saved.baseUrl !== baseUrl) continue;
      if (JSON.stringify(saved.credentials) === wanted) {
        throw new AppError("bad_input", "account exists", { detail: { field: "credentials", reason: "duplicate" } });
      }
    }
  }

  return { rows, list, getRow, getAccount, findReadable, insert, refuseDuplicate };
}

/** The last four characters, and only of a key long enough that they do not help a guesser. */
export function keyHint(provider: ProviderName, credentials: Readonly<Record<string, string>>): string | null {
  const key = credentials[getProviderEntry(provider).keyField] ?? "";
  return key.length >= 12 ? key.slice(-4) : null;
}
