/**
 * Brings a database to the newest schema. Each migration and its number are one transaction.
 *
 * Invariants: numbers strictly increase; a database from a newer app is refused and not touched.
 */
import { AppError } from "../../shared/errors.ts";
import type { WriteDb } from "./connection.ts";
import { MIGRATIONS } from "./migrations/index.ts";
import type { Migration } from "./migrations/index.ts";

export const schemaVersion = (db: WriteDb): number =>
  db.get<{ user_version: number }>("PRAGMA user_version")?.user_version ?? 0;

/** @throws AppError `db_from_future` */
export function refuseFuture(current: number, migrations: readonly Migration[] = MIGRATIONS): void {
  const newest = migrations.at(-1)?.version ?? 0;
  if (current <= newest) return;
  throw new AppError("db_from_future", `schema ${current}, known up to ${newest}`, {
    detail: { found: String(current), known: String(newest) },
  });
}

/** @throws AppError `db_from_future` when the file was written by a newer app */
export function migrate(db: WriteDb, migrations: readonly Migration[] = MIGRATIONS): void {
  migrations.reduce((previous, { version }) => {
    if (version <= previous) throw new Error(`migration ${version} is out of order`);
    return version;
  }, 0);
  const current = schemaVersion(db);
  refuseFuture(current, migrations);
  for (const { version, sql } of migrations) {
    if (version <= current) continue;
    db.transaction(() => {
      db.exec(sql);
      db.exec(`PRAGMA user_version = ${version}`);
    });
  }
}
