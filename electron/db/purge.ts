/**
 * The purge: makes removed texts unrecoverable from the database's files.
 *
 * Measured recipe: `secure_delete` (set at open) zeroes freed cells; the search index keeps a term's bytes in
 * its segments until they are merged, hence `optimize`; the WAL keeps old page images until it is truncated.
 * Invariant: "pending" is stored with the removal and cleared only when the checkpoint was not blocked.
 */
import type { Millis } from "../../shared/domain.ts";
import type { ReadDb, WriteDb } from "./connection.ts";
import { findSetting, setSetting } from "./settings-repo.ts";

/** Part of the transaction that removes a text. */
export function markPurgePending(db: WriteDb): void {
  db.run("UPDATE meta SET purge_pending = 1 WHERE purge_pending = 0");
}

export const purgePending = (db: ReadDb): boolean =>
  db.get<{ purge_pending: number }>("SELECT purge_pending FROM meta")?.purge_pending === 1;

const LAST_PURGE = "last-purge";

/** When removed texts were last overwritten to the last byte; null when none ever were. */
export function lastPurgeAt(db: ReadDb): Millis | null {
  const value = findSetting(db, { key: LAST_PURGE });
  return typeof value === "number" ? value : null;
}

/** `done` is false when a reader kept the checkpoint from finishing: run it again. */
export function purge(db: WriteDb, { now }: { now: Millis }): { done: boolean } {
  if (!purgePending(db)) return { done: true };
  db.run("INSERT INTO messages_fts (messages_fts) VALUES ('optimize')");
  db.run("INSERT INTO contacts_fts (contacts_fts) VALUES ('optimize')");
  if (!truncateWal(db)) return { done: false };
  db.transaction(() => {
    db.run("UPDATE meta SET purge_pending = 0");
    setSetting(db, { key: LAST_PURGE, value: now });
  });
  return { done: true };
}

function truncateWal(db: WriteDb): boolean {
  return db.get<{ busy: number }>("PRAGMA wal_checkpoint(TRUNCATE)")?.busy === 0;
}
