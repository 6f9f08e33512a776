/** Settings that belong to the cache: JSON values by key. The caller knows and checks their shapes. */
import type { ReadDb, WriteDb } from "./connection.ts";

/** Null when the key was never set. */
export function findSetting(db: ReadDb, { key }: { key: string }): unknown {
  const row = db.get<{ value: string }>("SELECT value FROM settings WHERE key = ?", key);
  return row === undefined ? null : (JSON.parse(row.value) as unknown);
}

export function setSetting(db: WriteDb, { key, value }: { key: string; value: unknown }): void {
  db.run(
    "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
    key,
    JSON.stringify(value),
  );
}
