/**
 * The purge: makes removed texts unrecoverable from the database's files.
 *
 * Measured recipe: `secure_delete` (set at open) zeroes freed cells; a search index keeps a term's bytes in its
 * segments until they are merged into one; the WAL keeps old page images until it is truncated. The merge writes
 * the whole index anew, so it goes in steps: other calls get their turn in between. Invariants: "pending" is stored
 * with the removal and cleared only by a round that began after it and whose checkpoint was not blocked; a round
 * that a crash interrupts goes on where it stood.
 */
import type { Millis } from "../../shared/domain.ts";
import type { ReadDb, WriteDb } from "./connection.ts";
import { findSetting, setSetting } from "./settings-repo.ts";

/** What `purge_pending` says: a removal made during a round needs a round of its own afterwards. */
const IDLE = 0;
const WANTED = 1;
const RUNNING = 2;
const RUNNING_AND_WANTED = 3;

const INDEXES = ["messages_fts", "contacts_fts"] as const;
/** Index pages written per step: some 20 ms of work. */
const STEP_PAGES = 250;

/** Part of the transaction that removes a text. */
export function markPurgePending(db: WriteDb): void {
  db.run(
    `UPDATE meta SET purge_pending = iif(purge_pending = ${RUNNING}, ${RUNNING_AND_WANTED}, ${WANTED})
     WHERE purge_pending IN (${IDLE}, ${RUNNING})`,
  );
}

const stateOf = (db: ReadDb): number =>
  db.get<{ state: number }>("SELECT purge_pending AS state FROM meta")?.state ?? IDLE;

export const purgePending = (db: ReadDb): boolean => stateOf(db) !== IDLE;

const LAST_PURGE = "last-purge";

/** When removed texts were last overwritten to the last byte; null when none ever were. */
export function lastPurgeAt(db: ReadDb): Millis | null {
  const value = findSetting(db, { key: LAST_PURGE });
  return typeof value === "number" ? value : null;
}

/** All steps at once. `done` is false when a reader kept the checkpoint from finishing: run it again. */
export function purge(db: WriteDb, input: { now: Millis }): { done: boolean } {
  for (;;) {
    const { done, more } = purgeStep(db, input);
    if (!more) return { done };
  }
}

/** `more`: call again, at once; without it, and not `done`: a reader is in the way, call again later. */
export function purgeStep(
  db: WriteDb,
  { now, pages = STEP_PAGES }: { now: Millis; pages?: number },
): { done: boolean; more: boolean } {
  const state = stateOf(db);
  if (state === IDLE) return { done: true, more: false };
  const begins = state === WANTED;
  // A crash only means to merge again, so no step waits for the disk; the checkpoint at the end does.
  const merged = unsynced(db, () => {
    if (begins) db.run(`UPDATE meta SET purge_pending = ${RUNNING}`);
    // All of them, also when the first had work: each must begin its round with the first step.
    return INDEXES.map((index) => mergeIndex(db, index, begins ? -pages : pages)).some(Boolean);
  });
  if (begins || merged) return { done: false, more: true };
  if (!truncateWal(db)) return { done: false, more: false };
  return db.transaction(() => {
    const isOver = stateOf(db) === RUNNING;
    db.run(`UPDATE meta SET purge_pending = ${isOver ? IDLE : WANTED}`);
    if (isOver) setSetting(db, { key: LAST_PURGE, value: now });
    return { done: isOver, more: !isOver };
  });
}

function unsynced<T>(db: WriteDb, work: () => T): T {
  db.exec("PRAGMA synchronous = NORMAL");
  try {
    return db.transaction(work);
  } finally {
    db.exec("PRAGMA synchronous = FULL");
  }
}

/** Merges some pages of an index; the first step (a negative number) makes every segment an input. False: merged. */
function mergeIndex(db: WriteDb, index: (typeof INDEXES)[number], pages: number): boolean {
  const changes = () => db.get<{ n: number }>("SELECT total_changes() AS n")?.n ?? 0;
  const before = changes();
  db.run(`INSERT INTO ${index} (${index}, rank) VALUES ('merge', ?)`, pages);
  // The statement itself counts as one: https://sqlite.org/fts5.html#the_merge_command
  return changes() - before >= 2;
}

function truncateWal(db: WriteDb): boolean {
  return db.get<{ busy: number }>("PRAGMA wal_checkpoint(TRUNCATE)")?.busy === 0;
}
