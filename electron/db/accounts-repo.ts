/**
 * Accounts in the cache. Credentials are not here; they are in the vault under the account's uid.
 */
import type { Account, AccountId, Millis, ProviderName } from "../../shared/domain.ts";
import { AppError } from "../../shared/errors.ts";
import type { ReadDb, WriteDb } from "./connection.ts";
import { markPurgePending } from "./purge.ts";
import { toAccount } from "./rows.ts";
import type { AccountRow, StoredAccount } from "./rows.ts";
import { reattachAccount } from "./salvage-return.ts";

/** In the order they were connected. */
export const listAccounts = (db: ReadDb): StoredAccount[] =>
  db.all<AccountRow>("SELECT * FROM accounts ORDER BY id").map(toAccount);

export interface NewAccount {
  readonly uid: string;
  readonly provider: ProviderName;
  readonly name: string;
  readonly baseUrl: string;
  readonly keyHint: string | null;
  readonly isSample: boolean;
  readonly now: Millis;
}

export function insertAccount(db: WriteDb, account: NewAccount): AccountId {
  return db.transaction(() => {
    const { lastId } = db.run(
      "INSERT INTO accounts (uid, provider, name, base_url, key_hint, is_sample, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
      account.uid,
      account.provider,
      account.name,
      account.baseUrl,
      account.keyHint,
      account.isSample ? 1 : 0,
      account.now,
    );
    db.run("INSERT INTO sync_state (account_id) VALUES (?)", lastId);
    reattachAccount(db, lastId, account.uid);
    return lastId as AccountId;
  });
}

export function renameAccount(db: WriteDb, { id, name }: { id: AccountId; name: string }): void {
  changeOne(db.run("UPDATE accounts SET name = ? WHERE id = ?", name, id));
}

export function setAccountBaseUrl(db: WriteDb, { id, baseUrl }: { id: AccountId; baseUrl: string }): void {
  changeOne(db.run("UPDATE accounts SET base_url = ? WHERE id = ?", baseUrl, id));
}

/** An account that is being removed stays so. */
export function setAccountState(
  db: WriteDb,
  { id, state, missingScope }: { id: AccountId; state: Account["state"]; missingScope: string | null },
): void {
  db.run(
    "UPDATE accounts SET state = ?, missing_scope = ? WHERE id = ? AND state <> 'removing'",
    state,
    missingScope,
    id,
  );
}

/** A new key: answers asked for with the old one no longer count. Returns the new generation. */
export function bumpAccountGeneration(db: WriteDb, { id, keyHint }: { id: AccountId; keyHint: string | null }): number {
  return db.transaction(() => {
    changeOne(db.run("UPDATE accounts SET generation = generation + 1, key_hint = ? WHERE id = ?", keyHint, id));
    return db.get<{ generation: number }>("SELECT generation FROM accounts WHERE id = ?", id)?.generation ?? 0;
  });
}

/** From here on nothing is written for the account and no crash brings it back. */
export function beginAccountRemoval(db: WriteDb, { id }: { id: AccountId }): void {
  changeOne(db.run("UPDATE accounts SET state = 'removing', generation = generation + 1 WHERE id = ?", id));
}

/** Deletes every row of the account; texts are unrecoverable after the purge that must follow. */
export function deleteAccountRows(db: WriteDb, { id }: { id: AccountId }): void {
  db.transaction(() => {
    const uid = db.get<{ uid: string }>("SELECT uid FROM accounts WHERE id = ?", id)?.uid;
    if (uid === undefined) return;
    for (const table of ["salvage", "salvage_files"]) db.run(`DELETE FROM ${table} WHERE account_uid = ?`, uid);
    // Conversations first: they point at numbers and contacts, which the account's own cascade also removes.
    deleteConversations(db, id);
    db.run("DELETE FROM accounts WHERE id = ?", id);
    markPurgePending(db);
  });
}

/**
 * All conversations of an account, with everything in them. Of replies only the open ones have an index by conversation:
 * without one for all, every conversation would be looked for among all replies ever sent. Part of the caller's transaction.
 */
export function deleteConversations(db: WriteDb, id: AccountId): void {
  db.exec("CREATE INDEX outbox_of_conversation ON outbox (conversation_id)");
  db.run("DELETE FROM conversations WHERE account_id = ?", id);
  db.exec("DROP INDEX outbox_of_conversation");
}

function changeOne({ changes }: { changes: number }): void {
  if (changes !== 1) throw new AppError("not_found", "no such account");
}
