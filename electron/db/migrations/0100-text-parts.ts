/**
 * Migration 100: the index of texts in parts, by the time a text was sent. Never edited once shipped.
 *
 * What a removal leaves in a full-text index goes only when the index is written anew, so the index is many small ones:
 * part = (created_at >> 27) & 31, in turns of a day and a half. The triggers that take a text out of a part mark it
 * in the same statement, so nothing that removes texts can forget to. Beginnings of two and three letters
 * need no index of their own any more, and nothing asks how long a text is: the parts hold a third less than the one did.
 */
const PARTS = Array.from({ length: 32 }, (_, part) => ({ part, table: `texts_${String(part).padStart(2, "0")}` }));
const forEachPart = (sql: (part: number, table: string) => string) =>
  PARTS.map(({ part, table }) => sql(part, table)).join("\n");

/** What `index_parts` calls the index of names. */
const NAMES = 32;
const mark = (part: string) =>
  `UPDATE index_parts SET state = iif(state = 3, 4, 1) WHERE id = ${part} AND state IN (0, 3);`;
const add = forEachPart(
  (part, table) =>
    `  INSERT INTO ${table} (rowid, body) SELECT new.id, new.body WHERE new.part = ${part} AND new.body IS NOT NULL;`,
);
const take = forEachPart(
  (part, table) =>
    `  INSERT INTO ${table} (${table}, rowid, body) SELECT 'delete', old.id, old.body WHERE old.part = ${part} AND old.body IS NOT NULL;`,
);

export const migration0100 = {
  version: 100,
  sql: `
DROP TRIGGER messages_fts_insert;
DROP TRIGGER messages_fts_delete;
DROP TRIGGER messages_fts_update;
DROP TABLE messages_fts;
DROP VIEW message_texts;

ALTER TABLE messages ADD COLUMN part INTEGER AS ((created_at >> 27) & 31) VIRTUAL;
${forEachPart(
  (part, table) => `
CREATE VIEW ${table}_of AS SELECT id, body FROM messages WHERE body IS NOT NULL AND part = ${part};
CREATE VIRTUAL TABLE ${table} USING fts5 (
  body,
  content = '${table}_of',
  content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2',
  prefix = '1',
  columnsize = 0
);`,
)}

-- What of the indexes may still hold words of removed texts: 0 nothing, 1 to be merged, 2 due in this round of the
-- purge, 3 being merged, 4 being merged and to be merged again.
CREATE TABLE index_parts (
  id    INTEGER PRIMARY KEY, -- a part of the index of texts; ${NAMES}: the index of names
  state INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO index_parts (id) VALUES ${[...PARTS.keys(), NAMES].map((id) => `(${id})`).join(", ")};

-- One look at each text, in the order of the rows, instead of one per part.
CREATE VIEW unfiled AS SELECT id, body, part FROM messages WHERE body IS NOT NULL;
CREATE TRIGGER unfiled_insert INSTEAD OF INSERT ON unfiled BEGIN
${add}
END;
`,
  messages: {
    some: "INSERT INTO unfiled SELECT id, body, part FROM unfiled WHERE id > ?1 AND id <= ?2 ORDER BY id",
    after: `
DROP VIEW unfiled;

CREATE TRIGGER texts_insert AFTER INSERT ON messages WHEN new.body IS NOT NULL BEGIN
${add}
END;
CREATE TRIGGER texts_delete AFTER DELETE ON messages WHEN old.body IS NOT NULL BEGIN
${take}
  ${mark("old.part")}
END;
-- One trigger for both steps: SQLite does not promise the order of two. A new date may mean another part.
CREATE TRIGGER texts_update AFTER UPDATE OF body, created_at ON messages
WHEN old.body IS NOT new.body OR (old.part <> new.part AND old.body IS NOT NULL) BEGIN
${take}
  ${mark("iif(old.body IS NULL, NULL, old.part)")}
${add}
END;

CREATE TRIGGER names_delete AFTER DELETE ON contacts
WHEN coalesce(old.local_name, old.provider_name) IS NOT NULL BEGIN
  ${mark(String(NAMES))}
END;
CREATE TRIGGER names_update AFTER UPDATE OF local_name, provider_name ON contacts
WHEN coalesce(old.local_name, old.provider_name) IS NOT coalesce(new.local_name, new.provider_name) BEGIN
  ${mark(String(NAMES))}
END;

-- The new parts hold no removed word, but the file's log may, and so may the index of names.
UPDATE index_parts SET state = 1 WHERE id = ${NAMES} AND EXISTS (SELECT 1 FROM contacts);
UPDATE meta SET purge_pending = 1 WHERE purge_pending <> 0 OR EXISTS (SELECT 1 FROM messages);
`,
  },
} as const;
