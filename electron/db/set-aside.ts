/**
 * Opens the cache whatever state its file is in: one that cannot be opened is renamed, and a new one begun.
 *
 * Never deletes a file it did not begin itself. Invariants: a file from a newer app stays where it is; before a
 * damaged file is renamed, the person's own words (drafts, unsent replies) are read out of it where that is still
 * possible.
 */
import { existsSync, renameSync, rmSync } from "node:fs";
import type { Millis } from "../../shared/domain.ts";
import { AppError } from "../../shared/errors.ts";
import type { WriteDb } from "./connection.ts";
import { openDatabase } from "./database.ts";
import type { OpenOptions } from "./database.ts";
import { dbError } from "./db-errors.ts";
import { claimIdRange } from "./id-range.ts";
import { readSalvage, writeSalvage } from "./salvage.ts";
import type { LastWords } from "./salvage.ts";

const SUFFIXES = ["", "-wal", "-shm"] as const;

export interface SetAside {
  readonly path: string;
  readonly reason: "damaged" | "foreign" | "key_lost";
}

/** What was known when a call found the open file damaged. */
export interface Damage {
  /** Texts whose call was the one that failed, oldest first. */
  readonly lastWords: readonly LastWords[];
}

export interface Opened {
  readonly db: WriteDb;
  readonly setAside: SetAside | null;
}

/**
 * @param options.keyIsNew  the key was made just now, so no existing file can be readable with it
 * @param options.damage    a call found the file damaged while it was in use: set it aside though it may open
 */
export function openOrSetAside(
  options: OpenOptions & { keyIsNew: boolean; now: Millis; damage?: Damage | null },
): Opened {
  const { path, damage = null } = options;
  if (damage !== null && path !== ":memory:") return replace(options, "damaged", damage.lastWords);
  try {
    const db = openDatabase(options);
    claimIdRange(db);
    return { db, setAside: null };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "db_damaged") throw error;
    const reason = options.keyIsNew ? "key_lost" : error.detail["why"] === "foreign" ? "foreign" : "damaged";
    return replace(options, reason, []);
  }
}

function replace(
  options: OpenOptions & { now: Millis },
  reason: SetAside["reason"],
  lastWords: readonly LastWords[],
): Opened {
  const { path, now } = options;
  const salvaged = readSalvage(options, lastWords);
  const setAside = { path: moveAside(path, now), reason } as const;
  let db: WriteDb | null = null;
  try {
    db = openDatabase(options);
    claimIdRange(db);
    writeSalvage(db, salvaged, now);
    return { db, setAside };
  } catch (error) {
    // No room for a new one: the old one is put back, so that the next try finds the words in it again.
    db?.close();
    for (const suffix of SUFFIXES) rmSync(path + suffix, { force: true });
    for (const suffix of SUFFIXES) rename(setAside.path + suffix, path + suffix);
    throw dbError(error);
  }
}

/** Renames the database with its journal files; returns the new path of the database. */
function moveAside(path: string, now: Millis): string {
  const stamp = new Date(now).toISOString().replace(/[:.]/g, "-");
  let target = `${path}.set-aside-${stamp}`;
  for (let copy = 2; existsSync(target); copy += 1) target = `${path}.set-aside-${stamp}-${copy}`;
  for (const suffix of SUFFIXES) rename(path + suffix, target + suffix);
  return target;
}

/** @throws AppError `disk_full`, `disk_error` */
function rename(from: string, to: string): void {
  if (!existsSync(from)) return;
  try {
    renameSync(from, to);
  } catch (error) {
    throw dbError(error);
  }
}
