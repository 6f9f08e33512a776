/**
 * Gives every cache its own range of conversation ids, so that an id of one never means a thread of another.
 *
 * A notification that outlived its cache (set aside, or in memory only) and a `threadkeep://` link carry a local id:
 * in the next cache the same small number would be somebody else, and a reply would go to them. Must run before the
 * first conversation is stored. Invariants: a cache that has or had conversations keeps its range; ids stay safe
 * integers of at most 15 digits.
 */
import { randomInt } from "node:crypto";
import type { WriteDb } from "./connection.ts";

/** Conversations that a cache may hold before it would reach into the next range. */
export const RANGE_SIZE = 2 ** 20;
const RANGES = 2 ** 28;

/** @param pick  a random integer in [1, below) */
export function claimIdRange(db: WriteDb, pick: (below: number) => number = (below) => randomInt(1, below)): void {
  db.transaction(() => {
    if (db.get("SELECT 1 FROM sqlite_sequence WHERE name = 'conversations'") !== undefined) return;
    db.run("INSERT INTO sqlite_sequence (name, seq) VALUES ('conversations', ?)", pick(RANGES) * RANGE_SIZE);
  });
}
