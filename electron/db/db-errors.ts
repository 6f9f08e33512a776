/**
 * SQLite's and the file system's error codes as the app's: one place, so that every caller reacts the same way.
 *
 * Pure. An error of another kind passes through unchanged.
 */
import { AppError } from "../../shared/errors.ts";
import type { AppErrorCode } from "../../shared/errors.ts";

const CLASSES: ReadonlyArray<readonly [RegExp, AppErrorCode]> = [
  [/^SQLITE_FULL/, "disk_full"],
  [/^SQLITE_(CORRUPT|NOTADB|FORMAT)/, "db_damaged"],
  [/^SQLITE_(IOERR|READONLY|CANTOPEN|PROTOCOL|BUSY|LOCKED|NOMEM)/, "disk_error"],
];

export function dbError(error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (error instanceof AppError) return error;
  if (error instanceof Error && "syscall" in error) {
    return new AppError(/^(ENOSPC|EDQUOT)$/.test(code) ? "disk_full" : "disk_error", code, { cause: error });
  }
  if (!code.startsWith("SQLITE_")) return error;
  const known = CLASSES.find(([pattern]) => pattern.test(code));
  return new AppError(known?.[1] ?? "internal", code, { detail: { sqlite: code }, cause: error });
}
