/**
 * Opens the cache whatever state its file is in: one that cannot be opened is renamed, and a new one begun.
 *
 * Never deletes. Invariants: a file from a newer app stays where it is; before a damaged file is renamed, the
 * person's own words (drafts, unsent replies) are read out of it where that is still possible.
 */
import { existsSync, renameSync } from "node:fs";
import type { Millis } from "../../shared/domain.ts";
import { AppError } from "../../shared/errors.ts";
import type { WriteDb } from "./connection.ts";
import { openDatabase } from "./database.ts";
import type { OpenOptions } from "./database.ts";
import { readSalvage, writeSalvage } from "./salvage.ts";

export interface SetAside {
  readonly path: string;
  readonly reason: "damaged" | "foreign" | "key_lost";
}

export interface Opened {
  readonly db: WriteDb;
  readonly setAside: SetAside | null;
}

/** @param options.keyIsNew  the key was made just now, so no existing file can be readable with it */
export function openOrSetAside(options: OpenOptions & { keyIsNew: boolean; now: Millis }): Opened {
  const { path, keyIsNew, now } = options;
  try {
    return { db: openDatabase(options), setAside: null };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "db_damaged") throw error;
    const salvaged = readSalvage(options);
    const reason = keyIsNew ? "key_lost" : error.detail["why"] === "foreign" ? "foreign" : "damaged";
    const setAside = { path: moveAside(path, now), reason } as const;
    const db = openDatabase(options);
    writeSalvage(db, salvaged);
    return { db, setAside };
  }
}

/** Renames the database with its journal files; returns the new path of the database. */
export function moveAside(path: string, now: Millis): string {
  const stamp = new Date(now).toISOString().replace(/[:.]/g, "-");
  let target = `${path}.set-aside-${stamp}`;
  for (let copy = 2; existsSync(target); copy += 1) target = `${path}.set-aside-${stamp}-${copy}`;
  for (const suffix of ["", "-wal", "-shm"]) {
    if (existsSync(path + suffix)) renameSync(path + suffix, target + suffix);
  }
  return target;
}
