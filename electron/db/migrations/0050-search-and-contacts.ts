/**
 * Migration 50: search at the first letter, names as an index, notes about contacts, taking back imported names.
 * Never edited once shipped.
 *
 * The index of texts is built anew with one-letter beginnings: without them the first key of a search walks through
 * every term that begins with it. Names have an index of their own, so that accents and case fold like in texts.
 */
export const migration0050 = {
  version: 50,
  sql: `
DROP TABLE messages_fts;
CREATE VIRTUAL TABLE messages_fts USING fts5 (
  body,
  content = 'message_texts',
  content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2',
  prefix = '1 2 3'
);

-- What a search by filters alone walks through, newest first.
CREATE INDEX messages_with_media ON messages (created_at) WHERE media_count > 0;

CREATE VIEW contact_names AS
  SELECT id, coalesce(local_name, provider_name) AS name FROM contacts
  WHERE coalesce(local_name, provider_name) IS NOT NULL;
CREATE VIRTUAL TABLE contacts_fts USING fts5 (
  name,
  content = 'contact_names',
  content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2',
  prefix = '1 2 3'
);
INSERT INTO contacts_fts (contacts_fts) VALUES ('rebuild');
CREATE TRIGGER contacts_fts_insert AFTER INSERT ON contacts
WHEN coalesce(new.local_name, new.provider_name) IS NOT NULL BEGIN
  INSERT INTO contacts_fts (rowid, name) VALUES (new.id, coalesce(new.local_name, new.provider_name));
END;
CREATE TRIGGER contacts_fts_delete AFTER DELETE ON contacts
WHEN coalesce(old.local_name, old.provider_name) IS NOT NULL BEGIN
  INSERT INTO contacts_fts (contacts_fts, rowid, name)
  VALUES ('delete', old.id, coalesce(old.local_name, old.provider_name));
END;
-- One trigger for both steps: SQLite does not promise the order of two.
CREATE TRIGGER contacts_fts_update AFTER UPDATE OF local_name, provider_name ON contacts
WHEN coalesce(old.local_name, old.provider_name) IS NOT coalesce(new.local_name, new.provider_name) BEGIN
  INSERT INTO contacts_fts (contacts_fts, rowid, name)
  SELECT 'delete', old.id, coalesce(old.local_name, old.provider_name)
  WHERE coalesce(old.local_name, old.provider_name) IS NOT NULL;
  INSERT INTO contacts_fts (rowid, name) SELECT new.id, coalesce(new.local_name, new.provider_name)
  WHERE coalesce(new.local_name, new.provider_name) IS NOT NULL;
END;

-- A person's own words about a contact. They may quote a text: what removes texts looks here too.
CREATE TABLE contact_notes (
  contact_id INTEGER PRIMARY KEY REFERENCES contacts ON DELETE CASCADE,
  text       TEXT NOT NULL,
  saved_at   INTEGER NOT NULL
) STRICT;

-- What a contact was called here before names were imported, and what it was given.
CREATE TABLE name_undo (
  batch      INTEGER NOT NULL,
  contact_id INTEGER NOT NULL REFERENCES contacts ON DELETE CASCADE,
  before     TEXT,
  given      TEXT NOT NULL,
  PRIMARY KEY (batch, contact_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_undo_of ON name_undo (contact_id);
`,
  messages: {
    some: "INSERT INTO messages_fts (rowid, body) SELECT id, body FROM message_texts WHERE id > ?1 AND id <= ?2 ORDER BY id",
    after: "",
  },
} as const;
