/**
 * Opens the encrypted cache, or says why not. The only file that makes a SQLite handle.
 *
 * Must not delete anything: what cannot be opened is renamed by `set-aside.ts`. Invariants: the key comes
 * before any read; `secure_delete` is on for every connection; a file that is not ours is never written to.
 */
import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { AppError } from "../../shared/errors.ts";
import { connect } from "./connection.ts";
import type { WriteDb } from "./connection.ts";
import { dbError } from "./db-errors.ts";
import { isCheckedAtOpen, isWhole } from "./file-check.ts";
import { migrate, refuseFuture } from "./migrate.ts";
import type { MigrationProgress } from "./migrate.ts";
import { MIGRATIONS } from "./migrations/index.ts";

/** "TkIn" in ASCII, in every file of ours: a plain or empty file is not one. */
export const APPLICATION_ID = 0x546b496e;

const KEY_BYTES = 32;
/** The smallest page there is. */
const SMALLEST_FILE_BYTES = 512;
const BUSY_TIMEOUT_MS = 5_000;
const JOURNAL_SIZE_LIMIT_BYTES = 16 * 1024 * 1024;

export interface OpenOptions {
  /** A file path, or `:memory:` for a session that writes nothing. */
  readonly path: string;
  /** 32 random bytes; null opens without encryption, for tests that read the raw file. */
  readonly key: Uint8Array | null;
  /** A cache of an older app is being brought to this one's schema. */
  readonly onMigration?: (progress: MigrationProgress) => void;
}

/**
 * @throws AppError `db_damaged` (also for a wrong key, which looks the same; `detail.why` is `damaged` or
 *   `foreign`), `db_from_future`, `disk_full`, `disk_error`
 */
export function openDatabase({ path, key, onMigration }: OpenOptions): WriteDb {
  const isNew = path === ":memory:" || !existsSync(path);
  const found = isNew ? null : statSync(path);
  if (found?.isFile() === false) throw damaged("foreign");
  // SQLite would quietly make a new database of a file too short for a header.
  if (found !== null && found.size < SMALLEST_FILE_BYTES) throw damaged("damaged");
  // The driver's own complaint is no SQLite error.
  if (isNew && path !== ":memory:" && !existsSync(dirname(path))) throw new AppError("disk_error", "no such folder");
  let database: Database.Database | null = null;
  try {
    // Asked before anything could make the file larger.
    const checks = !isNew && isCheckedAtOpen(path);
    database = new Database(path);
    if (key !== null && path !== ":memory:") applyKey(database, key);
    if (!isNew) checkOurs(database);
    configure(database);
    if (checks) quickCheck(database);
    if (database.pragma("application_id", { simple: true }) !== APPLICATION_ID) {
      database.pragma(`application_id = ${APPLICATION_ID}`);
    }
    const db = connect(database);
    migrate(db, MIGRATIONS, onMigration);
    return db;
  } catch (error) {
    database?.close();
    throw dbError(error);
  }
}

/**
 * Looks through a file that is open elsewhere, on a connection of its own that only reads.
 *
 * @throws AppError `db_damaged`, `disk_error`
 */
export function checkDatabase({ path, key }: OpenOptions): void {
  let database: Database.Database | null = null;
  try {
    database = new Database(path, { readonly: true, fileMustExist: true });
    if (key !== null) applyKey(database, key);
    database.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
    if (!isWhole(connect(database))) throw damaged("damaged");
  } catch (error) {
    throw dbError(error);
  } finally {
    database?.close();
  }
}

const damaged = (why: "damaged" | "foreign") => new AppError("db_damaged", why, { detail: { why } });

function applyKey(database: Database.Database, key: Uint8Array): void {
  if (key.length !== KEY_BYTES) throw new AppError("internal", "a database key has 32 bytes");
  database.pragma("cipher = 'chacha20'");
  database.pragma(`key = "raw:${Buffer.from(key).toString("hex")}"`);
}

/** The first read: a wrong key and a damaged header show here. */
function checkOurs(database: Database.Database): void {
  const id = database.pragma("application_id", { simple: true });
  if (id !== APPLICATION_ID && !isBlank(database, Number(id))) throw damaged("foreign");
  // Before anything could write: a file of a newer app stays as it is.
  refuseFuture(Number(database.pragma("user_version", { simple: true })));
}

/** What a crash between making the file and its first migration leaves. */
function isBlank(database: Database.Database, id: number): boolean {
  return id === 0 && database.prepare("SELECT 1 FROM sqlite_schema").get() === undefined;
}

function configure(database: Database.Database): void {
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = FULL");
  database.pragma("foreign_keys = ON");
  database.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  database.pragma("secure_delete = ON");
  database.pragma("temp_store = MEMORY");
  database.pragma(`journal_size_limit = ${JOURNAL_SIZE_LIMIT_BYTES}`);
  if (process.platform === "darwin") database.pragma("checkpoint_fullfsync = ON");
}

function quickCheck(database: Database.Database): void {
  if (database.pragma("quick_check(1)", { simple: true }) !== "ok") throw damaged("damaged");
}
