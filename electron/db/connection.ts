/**
 * A typed, thin connection: statements prepared once, every write in an immediate transaction.
 *
 * The brands keep read paths honest: what takes a `ReadDb` has no way to write. Must not hold SQL of its own.
 * Invariants: transactions are `BEGIN IMMEDIATE` (a deferred one can fail half-way with BUSY) and do not nest
 * silently: an inner call joins the outer one.
 */
import type Database from "better-sqlite3";
import { dbError } from "./db-errors.ts";

/** What SQLite stores: numbers are safe integers, booleans are 0 and 1. */
export type SqlValue = string | number | null | Uint8Array;

export interface ReadDb {
  all<R>(sql: string, ...values: SqlValue[]): R[];
  get<R>(sql: string, ...values: SqlValue[]): R | undefined;
}

export interface WriteDb extends ReadDb {
  run(sql: string, ...values: SqlValue[]): { changes: number; lastId: number };
  /** Everything in `work` or nothing. */
  transaction<T>(work: () => T): T;
  /** Statements without results or parameters; for DDL and pragmas. */
  exec(sql: string): void;
  close(): void;
}

export function connect(database: Database.Database): WriteDb {
  const statements = new Map<string, Database.Statement>();

  function prepare(sql: string): Database.Statement {
    let statement = statements.get(sql);
    if (statement === undefined) {
      statement = database.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  }

  /** The driver takes `?1, ?2, …` as names: values by number become an object with those names. */
  function bind(sql: string, values: SqlValue[]): unknown[] {
    if (!sql.includes("?1")) return values;
    return [Object.fromEntries(values.map((value, index) => [index + 1, value]))];
  }

  function guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw dbError(error);
    }
  }

  return {
    all: <R>(sql: string, ...values: SqlValue[]) => guarded(() => prepare(sql).all(...bind(sql, values)) as R[]),
    get: <R>(sql: string, ...values: SqlValue[]) =>
      guarded(() => prepare(sql).get(...bind(sql, values)) as R | undefined),
    run: (sql, ...values) =>
      guarded(() => {
        const { changes, lastInsertRowid } = prepare(sql).run(...bind(sql, values));
        return { changes, lastId: Number(lastInsertRowid) };
      }),
    transaction<T>(work: () => T): T {
      if (database.inTransaction) return work();
      return guarded(() => database.transaction(work).immediate() as T);
    },
    exec: (sql) => guarded(() => void database.exec(sql)),
    close: () => void database.close(),
  };
}
