/**
 * The durable state of sync: passes, marks, own numbers; and the guard against late answers.
 */
import type { AccountId, Millis } from "../../shared/domain.ts";
import type { CommitConversations, PassKind, RemoteNumber, SavedPass, SavedSync } from "./inputs.ts";
import type { ReadDb, WriteDb } from "./connection.ts";

/** False for an account that changed or is being removed since the caller asked. */
export function isCurrentGeneration(db: ReadDb, accountId: AccountId, generation: number): boolean {
  const row = db.get<{ generation: number }>(
    "SELECT generation FROM accounts WHERE id = ? AND state <> 'removing'",
    accountId,
  );
  return row?.generation === generation;
}

export function loadSync(db: ReadDb, { accountId }: { accountId: AccountId }): SavedSync {
  const row = db.get<{
    generation: number;
    mark: Millis | null;
    last_completed_at: Millis | null;
    sweep_completed_at: Millis | null;
    feed_mark: Millis | null;
  }>(
    `SELECT a.generation, s.mark, s.last_completed_at, s.sweep_completed_at, s.feed_mark
     FROM accounts a JOIN sync_state s ON s.account_id = a.id WHERE a.id = ?`,
    accountId,
  );
  return {
    generation: row?.generation ?? 0,
    mark: row?.mark ?? null,
    lastCompletedAt: row?.last_completed_at ?? null,
    sweepCompletedAt: row?.sweep_completed_at ?? null,
    feedMark: row?.feed_mark ?? null,
    list: findPass(db, accountId, "list"),
    sweep: findPass(db, accountId, "sweep"),
  };
}

function findPass(db: ReadDb, accountId: AccountId, kind: PassKind): SavedPass | null {
  return (
    db.get<SavedPass>(
      `SELECT cursor, newest_at AS newestAt, stop_before AS stopBefore, pages, seen, restarts, started_at AS startedAt
       FROM passes WHERE account_id = ? AND kind = ?`,
      accountId,
      kind,
    ) ?? null
  );
}

/** Part of the transaction that stores the page. */
export function savePassRow(db: WriteDb, accountId: AccountId, kind: PassKind, pass: SavedPass): void {
  db.run(
    `INSERT OR REPLACE INTO passes (account_id, kind, cursor, newest_at, stop_before, pages, seen, restarts, started_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    accountId,
    kind,
    pass.cursor,
    pass.newestAt,
    pass.stopBefore,
    pass.pages,
    pass.seen,
    pass.restarts,
    pass.startedAt,
  );
}

/** The page that completes a pass: the place is forgotten, the mark moves. Part of the page's transaction. */
export function finishPass(db: WriteDb, { accountId, kind, mark, now }: CommitConversations): void {
  const started = findPass(db, accountId, kind)?.startedAt ?? now;
  db.run("DELETE FROM passes WHERE account_id = ? AND kind = ?", accountId, kind);
  if (kind === "list") {
    db.run(
      "UPDATE sync_state SET mark = coalesce(?, mark), last_completed_at = ? WHERE account_id = ?",
      mark,
      now,
      accountId,
    );
    return;
  }
  db.run("UPDATE sync_state SET sweep_completed_at = ? WHERE account_id = ?", now, accountId);
  // Removals do not move a conversation: every thread that holds texts or pictures is read again, and so is every
  // thread that the whole list no longer named.
  db.run(
    `UPDATE threads SET recheck_due_at = ?1 WHERE recheck_due_at IS NULL AND conversation_id IN (
       SELECT c.id FROM conversations c WHERE c.account_id = ?2 AND (c.swept_at < ?3
         OR EXISTS (SELECT 1 FROM messages m WHERE m.conversation_id = c.id
           AND coalesce(m.body, m.media_urls) IS NOT NULL)))`,
    now,
    accountId,
    started,
  );
}

export function savePass(
  db: WriteDb,
  {
    accountId,
    generation,
    kind,
    pass,
  }: { accountId: AccountId; generation: number; kind: PassKind; pass: SavedPass | null },
): void {
  db.transaction(() => {
    if (!isCurrentGeneration(db, accountId, generation)) return;
    if (pass === null) db.run("DELETE FROM passes WHERE account_id = ? AND kind = ?", accountId, kind);
    else savePassRow(db, accountId, kind, pass);
  });
}

export function saveNumbers(
  db: WriteDb,
  { accountId, generation, numbers }: { accountId: AccountId; generation: number; numbers: readonly RemoteNumber[] },
): void {
  db.transaction(() => {
    if (!isCurrentGeneration(db, accountId, generation)) return;
    for (const { remoteId, number, label } of numbers) {
      db.run(
        `INSERT INTO phone_numbers (account_id, remote_id, number, label) VALUES (?, ?, ?, ?)
         ON CONFLICT (account_id, number) DO UPDATE SET remote_id = excluded.remote_id, label = excluded.label`,
        accountId,
        remoteId,
        number,
        label,
      );
    }
  });
}
