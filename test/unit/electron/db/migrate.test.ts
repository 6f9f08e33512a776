/** The schema: its recorded snapshot, its migrations, and what a migration that fails half-way leaves. */
import { describe, expect, it } from "vitest";
import { openDatabase } from "../../../../electron/db/database.ts";
import { migrate, schemaVersion } from "../../../../electron/db/migrate.ts";
import { MIGRATIONS } from "../../../../electron/db/migrations/index.ts";
import { makeTempFolder, openMemoryDatabase, seedConversation } from "../../../helpers/test-database.ts";

/** Every table, index and trigger as SQLite keeps it, without what FTS5 makes for itself. */
function schemaOf(db: ReturnType<typeof openMemoryDatabase>): Record<string, string[]> {
  const rows = db.all<{ name: string; sql: string }>(
    "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND NOT (type = 'table' AND (name GLOB 'texts_??_*' OR name GLOB 'contacts_fts_*')) ORDER BY name",
  );
  return Object.fromEntries(rows.map(({ name, sql }) => [name, sql.split("\n")]));
}

describe("the schema", () => {
  it("is the recorded one (record a wanted change with `vitest -u`)", async () => {
    const db = openMemoryDatabase();
    const schema = { version: schemaVersion(db), schema: schemaOf(db) };
    db.close();
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot("./schema-snapshot.json");
  });

  it("is strict everywhere", () => {
    const db = openMemoryDatabase();
    const loose = db.all<{ name: string }>(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
    );
    expect(loose).toEqual([]);
    db.close();
  });
});

describe("the runner", () => {
  it("looks at no message of a cache that is of this schema: every start waits for it", () => {
    const db = openMemoryDatabase();
    const asked: string[] = [];
    const note = (name: string, work: (sql: string, ...values: never[]) => unknown) =>
      name === "all" || name === "get" || name === "run"
        ? (sql: string, ...values: never[]) => (asked.push(sql), work.call(db, sql, ...values))
        : work.bind(db);
    migrate(new Proxy(db, { get: (of, name) => note(String(name), Reflect.get(of, name)) }));
    expect(asked.filter((sql) => !/^PRAGMA/i.test(sql))).toEqual([]);
    db.close();
  });

  const next = (sql: string) => [...MIGRATIONS, { version: 9_990, sql }];

  it("refuses numbers that do not rise", () => {
    const db = openMemoryDatabase();
    const twice = [...MIGRATIONS, { version: MIGRATIONS[0]!.version, sql: "" }];
    expect(() => migrate(db, twice)).toThrow(/out of order/);
    db.close();
  });

  it("leaves the old schema when a migration fails half-way, and finishes on the next start", () => {
    const folder = makeTempFolder();
    const open = () => openDatabase({ path: folder.dbPath, key: null });
    const db = open();
    seedConversation(db);
    const before = { version: schemaVersion(db), schema: schemaOf(db) };
    const broken = "CREATE TABLE half (a INTEGER) STRICT; DELETE FROM conversations; INSERT INTO nowhere VALUES (1);";
    expect(() => migrate(db, next(broken))).toThrow(/SQLITE_ERROR/);
    expect({ version: schemaVersion(db), schema: schemaOf(db) }).toEqual(before);
    db.close();
    const again = open();
    expect(again.all("SELECT id FROM conversations")).toHaveLength(1);
    migrate(again, next("CREATE TABLE half (a INTEGER) STRICT;"));
    expect(schemaVersion(again)).toBe(9_990);
    again.close();
    folder.remove();
  });
});
