/**
 * The purge: makes removed texts unrecoverable from the database's files.
 *
 * Measured recipe: `secure_delete` (set at open) zeroes freed cells; a search index keeps a term's bytes in its
 * segments until they are merged into one; the WAL keeps old page images until it is truncated. Only the parts of the
 * index that a removal marked are merged, in steps: other calls get their turn in between. Invariants: "pending" is
 * stored with the removal; a mark goes only when a merge that began after it has ended, "pending" only when a checkpoint
 * that was not blocked found no mark; a round that a crash interrupts goes on where it stood.
 */
import type { Millis } from "../../shared/domain.ts";
import type { ReadDb, WriteDb } from "./connection.ts";
import { findSetting, setSetting } from "./settings-repo.ts";
import { INDEXES } from "./text-parts.ts";

/** What `purge_pending` says. The trigger of files (migration 110) makes 3 of the last: running as well. */
const IDLE = 0;
const WANTED = 1;
const RUNNING = 2;

/** What `index_parts` says; triggers make the first from clean, and the last from merging (migration 100). */
const MARKED = 1;
const DUE = 2;
const MERGING = 3;
const MERGING_AND_MARKED = 4;

/** Index pages written per step: some 20 ms of work. */
const STEP_PAGES = 250;

/** Part of the transaction that removes a text; what it leaves in a search index is marked by trigger. */
export function markPurgePending(db: WriteDb): void {
  db.run(`UPDATE meta SET purge_pending = ${WANTED} WHERE purge_pending = ${IDLE}`);
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
  // A crash only means to merge again, so no step waits for the disk; the checkpoint at the end does.
  const hasMerged = unsynced(db, () => {
    if (state === WANTED) beginRound(db);
    return mergeNext(db, pages);
  });
  if (hasMerged) return { done: false, more: true };
  if (!truncateWal(db)) return { done: false, more: false };
  return db.transaction(() => {
    // Marked since this round began: those need a round of their own.
    const isOver = db.get("SELECT 1 FROM index_parts WHERE state <> 0") === undefined;
    db.run(`UPDATE meta SET purge_pending = ${isOver ? IDLE : WANTED}`);
    if (isOver) setSetting(db, { key: LAST_PURGE, value: now });
    return { done: isOver, more: !isOver };
  });
}

function beginRound(db: WriteDb): void {
  db.run(`UPDATE meta SET purge_pending = ${RUNNING}`);
  db.run(`UPDATE index_parts SET state = ${DUE} WHERE state = ${MARKED}`);
}

/** Some pages of the next index of this round, the one begun before any other. False: all are merged. */
function mergeNext(db: WriteDb, pages: number): boolean {
  const next = db.get<{ id: number; state: number }>(
    `SELECT id, state FROM index_parts WHERE state >= ${DUE} ORDER BY state DESC, id LIMIT 1`,
  );
  if (next === undefined) return false;
  const { id, state } = next;
  const setState = (to: string) => db.run(`UPDATE index_parts SET state = ${to} WHERE id = ?`, id);
  // A negative number makes every segment an input.
  const hasWork = merge(db, INDEXES[id]!, state === DUE ? -pages : pages);
  if (!hasWork) setState(`iif(state = ${MERGING_AND_MARKED}, ${MARKED}, 0)`);
  else if (state === DUE) setState(String(MERGING));
  return true;
}

/** False: there was nothing left to merge. */
function merge(db: WriteDb, index: string, pages: number): boolean {
  const changes = () => db.get<{ n: number }>("SELECT total_changes() AS n")?.n ?? 0;
  const before = changes();
  db.run(`INSERT INTO ${index} (${index}, rank) VALUES ('merge', ?)`, pages);
  // The statement itself counts as one: https://sqlite.org/fts5.html#the_merge_command
  return changes() - before >= 2;
}

function unsynced<T>(db: WriteDb, work: () => T): T {
  db.exec("PRAGMA synchronous = NORMAL");
  try {
    return db.transaction(work);
  } finally {
    db.exec("PRAGMA synchronous = FULL");
  }
}

function truncateWal(db: WriteDb): boolean {
  return db.get<{ busy: number }>("PRAGMA wal_checkpoint(TRUNCATE)")?.busy === 0;
}
