/**
 * Inserting many rows with few statements.
 *
 * A statement of its own per row costs a multiple: each is bound, begun and ended by itself, and SQLite keeps a
 * savepoint for each that fires triggers. Part of the caller's transaction; only for tables with an AUTOINCREMENT id.
 * Invariant: rows get their ids in the order they are given in.
 */
import type { SqlValue, WriteDb } from "./connection.ts";

/** Few sizes, so that few statements are kept prepared. */
const SIZES = [64, 16, 4, 1];

/** Returns the new ids, in the order of `rows`; each row has its values in the order of the columns. */
export type InsertRows = (db: WriteDb, rows: readonly (readonly SqlValue[])[]) => number[];

/** @param columns  by name; all others get their defaults */
export function createInsertRows(table: string, columns: readonly string[]): InsertRows {
  const row = `(${columns.map(() => "?").join(", ")})`;
  const begin = `INSERT INTO ${table} (${columns.join(", ")}) VALUES `;
  const statements = new Map(
    SIZES.map((size) => [size, begin + Array.from({ length: size }, () => row).join(", ")] as const),
  );
  return (db, rows) => {
    const ids: number[] = [];
    for (let start = 0; start < rows.length;) {
      const size = SIZES.find((each) => each <= rows.length - start) ?? 1;
      const values: SqlValue[] = [];
      for (let at = start; at < start + size; at += 1) values.push(...(rows[at] ?? []));
      const { lastId } = db.run(statements.get(size) ?? "", ...values);
      // AUTOINCREMENT counts the rows of one statement one by one.
      for (let id = lastId - size + 1; id <= lastId; id += 1) ids.push(id);
      start += size;
    }
    return ids;
  };
}
