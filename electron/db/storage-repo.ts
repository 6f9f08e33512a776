/**
 * What is on this device, in numbers; and the two ways to put it right: read it again, or build it anew.
 *
 * Holds no texts. Invariants: a rebuild forgets what the provider can give again and keeps what only this device
 * has (drafts, unsent replies, their files, tombstones, consent history, decisions, names, notes, opt-outs and a window
 * given here), in one transaction.
 */
import { statSync } from "node:fs";
import type { AccountId, Millis } from "../../shared/domain.ts";
import { AppError } from "../../shared/errors.ts";
import type { AccountStorage, QuarantinedRecord, StorageReport } from "../../shared/storage.ts";
import { deleteConversations } from "./accounts-repo.ts";
import type { ReadDb, WriteDb } from "./connection.ts";
import { lastPurgeAt, markPurgePending, purgePending } from "./purge.ts";
import { retentionReport } from "./retention-repo.ts";
import { stashAccount } from "./salvage.ts";
import { loadSync } from "./sync-repo.ts";

const MAX_RECORDS = 200;
/** Room a small page of messages needs: less than this free, and the next commit would fail again. */
const PROBE_BYTES = 256 * 1024;

export function storageReport(db: ReadDb): StorageReport {
  const accounts = db.all<{ id: AccountId }>("SELECT id FROM accounts WHERE state <> 'removing' ORDER BY id");
  return {
    accounts: accounts.map(({ id }) => accountStorage(db, id)),
    files: fileSizes(db),
    purgePending: purgePending(db),
    lastPurgeAt: lastPurgeAt(db),
  };
}

interface ThreadCounts {
  readonly conversations: number;
  readonly complete: number;
  readonly behind: number;
  readonly partial: number;
  readonly neverFetched: number;
  readonly recheck: number;
}

function accountStorage(db: ReadDb, accountId: AccountId): AccountStorage {
  const { lastCompletedAt, sweep, sweepCompletedAt } = loadSync(db, { accountId });
  const counts = db.get<ThreadCounts>(
    `SELECT count(*) AS conversations,
       count(*) FILTER (WHERE t.complete = 1 AND coalesce(t.covered_to, 0) >= c.last_message_at) AS complete,
       count(*) FILTER (WHERE t.complete = 1 AND coalesce(t.covered_to, 0) < c.last_message_at) AS behind,
       count(*) FILTER (WHERE t.complete = 0 AND t.cursor IS NOT NULL) AS partial,
       count(*) FILTER (WHERE t.conversation_id IS NULL OR (t.complete = 0 AND t.cursor IS NULL)) AS neverFetched,
       count(*) FILTER (WHERE t.recheck_due_at IS NOT NULL) AS recheck
     FROM conversations c LEFT JOIN threads t ON t.conversation_id = c.id WHERE c.account_id = ?`,
    accountId,
  );
  const { conversations = 0, complete = 0, behind = 0, partial = 0, neverFetched = 0, recheck = 0 } = counts ?? {};
  return {
    accountId,
    lastCompletedAt,
    sweep: {
      running: sweep === null ? null : { seen: sweep.seen, startedAt: sweep.startedAt },
      completedAt: sweepCompletedAt,
    },
    conversations,
    threads: { complete, behind, partial, neverFetched, recheck },
    messages: count(
      db,
      `SELECT count(*) AS n FROM messages m JOIN conversations c ON c.id = m.conversation_id WHERE c.account_id = ?`,
      accountId,
    ),
    quarantined: {
      total: count(db, "SELECT count(*) AS n FROM quarantine WHERE account_id = ?", accountId),
      newest: db.all<QuarantinedRecord>(
        `SELECT scope, remote_id AS remoteId, reason, seen_at AS seenAt FROM quarantine WHERE account_id = ?
         ORDER BY seen_at DESC, hash LIMIT ?`,
        accountId,
        MAX_RECORDS,
      ),
    },
    retention: retentionReport(db, { accountId }),
    keptWords: count(
      db,
      `SELECT count(*) AS n FROM salvage WHERE kind IN ('draft', 'outbox', 'reply')
         AND account_uid = (SELECT uid FROM accounts WHERE id = ?)`,
      accountId,
    ),
    unsentFiles: db.get<{ count: number; bytes: number }>(
      `SELECT count(*) AS count, coalesce(sum(f.size_bytes), 0) AS bytes FROM attachments f
       JOIN conversations c ON c.id = f.conversation_id WHERE c.account_id = ?`,
      accountId,
    ) ?? { count: 0, bytes: 0 },
  };
}

const count = (db: ReadDb, sql: string, accountId: AccountId): number => db.get<{ n: number }>(sql, accountId)?.n ?? 0;

/** Null for a session in memory. */
function fileSizes(db: ReadDb): StorageReport["files"] {
  const file = db.get<{ file: string }>("PRAGMA database_list")?.file ?? "";
  if (file === "") return null;
  const bytes = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return { databaseBytes: bytes(file), walBytes: bytes(`${file}-wal`) };
}

/** Every thread of the account that was ever fetched is read again from its start, also those put off. */
export function requestRecheck(db: WriteDb, { accountId, now }: { accountId: AccountId; now: Millis }): void {
  db.run(
    `UPDATE threads SET recheck_due_at = ?, retry_at = NULL
     WHERE conversation_id IN (SELECT id FROM conversations WHERE account_id = ?)`,
    now,
    accountId,
  );
}

/**
 * Forgets everything the provider can give again. Answers under way no longer count; the purge must follow.
 *
 * @throws AppError `not_found`
 */
export function rebuildAccount(db: WriteDb, { accountId }: { accountId: AccountId }): void {
  db.transaction(() => {
    const { changes } = db.run(
      "UPDATE accounts SET generation = generation + 1 WHERE id = ? AND state <> 'removing'",
      accountId,
    );
    if (changes !== 1) throw new AppError("not_found", "no such account");
    stashAccount(db, accountId);
    deleteConversations(db, accountId);
    db.run(
      `DELETE FROM contacts WHERE account_id = ? AND local_name IS NULL AND opted_out_at IS NULL
         AND hints_seen_to IS NULL AND id NOT IN (SELECT contact_id FROM contact_notes)`,
      accountId,
    );
    db.run("UPDATE contacts SET provider_name = NULL WHERE account_id = ?", accountId);
    for (const table of ["phone_numbers", "passes", "quarantine"]) {
      db.run(`DELETE FROM ${table} WHERE account_id = ?`, accountId);
    }
    db.run(
      "UPDATE sync_state SET mark = NULL, last_completed_at = NULL, sweep_completed_at = NULL, feed_mark = NULL WHERE account_id = ?",
      accountId,
    );
    markPurgePending(db);
  });
}

/** Writes and takes back as much as a page of sync needs: after a full or failing disk, proof that it works again. */
export function probeWrites(db: WriteDb): void {
  // Two transactions: what is made and dropped in one would never reach the disk.
  db.run(
    `INSERT INTO settings (key, value) VALUES ('storage-probe', hex(zeroblob(?)))
     ON CONFLICT DO UPDATE SET value = excluded.value`,
    PROBE_BYTES / 2,
  );
  db.run("DELETE FROM settings WHERE key = 'storage-probe'");
}
