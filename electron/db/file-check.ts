/**
 * Looks through a whole database file for damage, table by table.
 *
 * A small file is looked through before it is used. A large one would hold up the start for seconds, so it is opened
 * at once and looked through soon after, by a worker of its own that only reads. Invariants: writes nothing; holds no
 * page longer than one table takes, so that a purge's checkpoint is not kept from finishing for long.
 */
import { existsSync, statSync } from "node:fs";
import type { ReadDb } from "./connection.ts";

/** Some 30 ms of reading and decrypting. */
const CHECK_AT_OPEN_BYTES = 8 * 1024 * 1024;

/** Whether opening this file includes looking through all of it. */
export const isCheckedAtOpen = (path: string): boolean =>
  path === ":memory:" || !existsSync(path) || statSync(path).size <= CHECK_AT_OPEN_BYTES;

/** False: damaged. A page that cannot be read at all makes SQLite throw, which means the same. */
export function isWhole(db: ReadDb): boolean {
  const tables = db.all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0");
  return tables.every(({ name }) => {
    const rows = db.all<{ quick_check: string }>(`SELECT quick_check FROM pragma_quick_check(?)`, name);
    return rows.length === 1 && rows[0]?.quick_check === "ok";
  });
}
