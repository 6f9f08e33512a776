/**
 * A typed, thin connection: statements prepared once, every write in an immediate transaction.
 *
 * Must not hold SQL of its own. Invariants: what takes a `ReadDb` cannot write: it has no `run`, and `get` and
 * `all` refuse a statement that SQLite does not call read-only; transactions are `BEGIN IMMEDIATE` (a deferred one can
 * fail half-way with BUSY) and do not nest silently: an inner call joins the outer one.
 */
import type Database from "better-sqlite3";
import { AppError } from "../../shared/errors.ts";
import { dbError } from "./db-errors.ts";

/** What SQLite stores: numbers are safe integers, booleans are 0 and 1. */
export type SqlValue = string | number | null | Uint8Array;

declare const readBrand: unique symbol;
declare const writeBrand: unique symbol;

export interface ReadDb {
  /** Type only: made by `connect` and nowhere else. */
  readonly [readBrand]: true;
  all<R>(sql: string, ...values: SqlValue[]): R[];
  get<R>(sql: string, ...values: SqlValue[]): R | undefined;
}

export interface WriteDb extends ReadDb {
  readonly [writeBrand]: true;
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

  /** Asking a pragma and WAL control are no writes to the data, though SQLite counts some of them as such. */
  function prepareRead(sql: string): Database.Statement {
    const statement = prepare(sql);
    if (!statement.readonly && !/^PRAGMA (\w+|wal_checkpoint\(\w+\))$/.test(sql)) {
      throw new AppError("internal", "a read was asked for with a statement that writes");
    }
    return statement;
  }

  function guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw dbError(error);
    }
  }

  const db: Omit<WriteDb, typeof readBrand | typeof writeBrand> = {
    all: <R>(sql: string, ...values: SqlValue[]) => guarded(() => prepareRead(sql).all(...bind(sql, values)) as R[]),
    get: <R>(sql: string, ...values: SqlValue[]) =>
      guarded(() => prepareRead(sql).get(...bind(sql, values)) as R | undefined),
    run: (sql, ...values) =>
      guarded(() => {
        const { changes, lastInsertRowid } = prepare(sql).run(...bind(sql, values));
        return { changes, lastId: Number(lastInsertRowid) };
      }),
    transaction<T>(work: () => T): T {
      if (database.inTransaction) return work();
      return guarded(() => database.transaction(work).immediate());
    },
    exec: (sql) => guarded(() => void database.exec(sql)),
    close: () => void database.close(),
  };
  return db as WriteDb;
}
