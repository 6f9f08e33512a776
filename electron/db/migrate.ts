/**
 * Brings a database to the newest schema. Each migration and its number are one transaction.
 *
 * What a migration does with every message is done in parts, so that it can be told how far it is and a large cache is
 * never in memory as a whole; a crash in between leaves the old schema all the same.
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

/** Messages the migrations that are due have to go through, each counted once per migration. */
export interface MigrationProgress {
  readonly done: number;
  readonly total: number;
}

/** So many messages at once: some fifth of a second. Each part leaves a segment of its own in the search index. */
const PART = 20_000;

/** @throws AppError `db_from_future` when the file was written by a newer app */
export function migrate(
  db: WriteDb,
  migrations: readonly Migration[] = MIGRATIONS,
  onProgress: (progress: MigrationProgress) => void = () => undefined,
): void {
  migrations.reduce((previous, { version }) => {
    if (version <= previous) throw new Error(`migration ${version} is out of order`);
    return version;
  }, 0);
  const current = schemaVersion(db);
  refuseFuture(current, migrations);
  const due = migrations.filter(({ version }) => version > current);
  const long = due.filter(({ messages }) => messages !== undefined).length;
  // The first schema has no messages yet. Counting a million takes a tenth of a second: not where nothing is due.
  const countMessages = () => db.get<{ n: number }>("SELECT count(*) AS n FROM messages")?.n ?? 0;
  const total = current === 0 || long === 0 ? 0 : long * countMessages();
  let done = 0;
  for (const { version, sql, messages } of due) {
    db.transaction(() => {
      db.exec(sql);
      if (messages !== undefined) {
        if (total > 0) onProgress({ done, total });
        for (const [after, upTo, count] of partsOf(db)) {
          db.run(messages.some, after, upTo);
          done += count;
          onProgress({ done, total });
        }
        db.exec(messages.after);
      }
      db.exec(`PRAGMA user_version = ${version}`);
    });
  }
}

/** All messages by id: after which, up to which, and how many lie there. */
function* partsOf(db: WriteDb): Generator<readonly [after: number, upTo: number, count: number]> {
  for (let after = Number.MIN_SAFE_INTEGER; ;) {
    const part = db.get<{ upTo: number | null; count: number }>(
      "SELECT max(id) AS upTo, count(*) AS count FROM (SELECT id FROM messages WHERE id > ? ORDER BY id LIMIT ?)",
      after,
      PART,
    );
    if (part === undefined || part.upTo === null) return;
    yield [after, part.upTo, part.count];
    after = part.upTo;
  }
}
