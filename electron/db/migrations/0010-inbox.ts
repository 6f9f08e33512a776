/**
 * Migration 10: the inbox. Never edited once shipped.
 *
 * Times are Unix milliseconds UTC, booleans 0 and 1. STRICT everywhere, so that a wrong type fails loudly.
 */
export const migration0010 = {
  version: 10,
  sql: `
CREATE TABLE meta (
  purge_pending INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO meta DEFAULT VALUES;

CREATE TABLE settings (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL -- JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE accounts (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  uid             TEXT NOT NULL UNIQUE, -- the account's name in the vault
  provider        TEXT NOT NULL,
  name            TEXT NOT NULL,
  base_url        TEXT NOT NULL,
  key_hint        TEXT,
  is_sample       INTEGER NOT NULL,
  state           TEXT NOT NULL DEFAULT 'ok',
  missing_scope   TEXT,
  generation      INTEGER NOT NULL DEFAULT 1, -- a commit under an older number is refused
  clock_offset_ms INTEGER, -- provider's clock minus ours
  created_at      INTEGER NOT NULL
) STRICT;

CREATE TABLE sync_state (
  account_id         INTEGER PRIMARY KEY REFERENCES accounts ON DELETE CASCADE,
  mark               INTEGER, -- newest item of the first page of the last completed list pass
  last_completed_at  INTEGER,
  sweep_completed_at INTEGER
) STRICT;

CREATE TABLE passes (
  account_id  INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
  kind        TEXT NOT NULL, -- list, sweep
  cursor      TEXT,
  newest_at   INTEGER,
  stop_before INTEGER,
  pages       INTEGER NOT NULL,
  seen        INTEGER NOT NULL,
  restarts    INTEGER NOT NULL,
  started_at  INTEGER NOT NULL,
  PRIMARY KEY (account_id, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE phone_numbers (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
  remote_id  TEXT,
  number     TEXT NOT NULL,
  label      TEXT,
  UNIQUE (account_id, number)
) STRICT;

CREATE TABLE contacts (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id    INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
  number        TEXT NOT NULL,
  provider_name TEXT,
  local_name    TEXT,
  UNIQUE (account_id, number)
) STRICT;

CREATE TABLE conversations (
  id                  INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id          INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
  remote_id           TEXT NOT NULL,
  phone_number_id     INTEGER NOT NULL REFERENCES phone_numbers,
  contact_id          INTEGER NOT NULL REFERENCES contacts,
  last_message_at     INTEGER NOT NULL,
  raised_at           INTEGER NOT NULL, -- when last_message_at last rose, by this computer's clock
  last_direction      TEXT,
  preview             TEXT,
  preview_redacted_at INTEGER, -- non-null: the last message's text is gone, and preview is null
  preview_redacted_by TEXT,
  preview_removed_at  INTEGER, -- when this device dropped the preview it held
  redacted_upto       INTEGER, -- date of the newest last message ever known redacted: no text of it comes back
  redacted_upto_at    INTEGER, -- when the provider removed that one
  message_count       INTEGER, -- the provider's word; null: it gives none
  consent             TEXT NOT NULL,
  consent_since       INTEGER,
  unread_count        INTEGER NOT NULL,
  read_to             INTEGER NOT NULL, -- inbound messages after this are unread
  swept_at            INTEGER NOT NULL, -- when a page of the list last held it
  UNIQUE (account_id, remote_id)
) STRICT;
CREATE INDEX conversations_recent ON conversations (last_message_at DESC, id DESC);
CREATE INDEX conversations_by_account ON conversations (account_id, last_message_at DESC, id DESC);
CREATE INDEX conversations_by_number ON conversations (phone_number_id);
CREATE INDEX conversations_by_contact ON conversations (contact_id);
CREATE INDEX conversations_unread ON conversations (account_id) WHERE unread_count > 0;

CREATE TABLE messages (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation_id INTEGER NOT NULL REFERENCES conversations ON DELETE CASCADE,
  remote_id       TEXT NOT NULL,
  direction       TEXT NOT NULL,
  body            TEXT, -- non-null only with body_state 'text'
  body_state      TEXT NOT NULL, -- text, redacted, missing, empty
  dropped_at      INTEGER, -- the copy was given up on suspicion: only a re-check begun later brings it back
  media_urls      TEXT, -- JSON array; null: none
  media_count     INTEGER NOT NULL,
  channel         TEXT NOT NULL,
  segment_count   INTEGER,
  status          TEXT NOT NULL,
  created_at      INTEGER NOT NULL,
  seen_at         INTEGER NOT NULL, -- when this device first stored it
  provisional     INTEGER NOT NULL DEFAULT 0, -- known from a send's answer, not yet from the thread
  UNIQUE (conversation_id, remote_id),
  CHECK ((body IS NULL) = (body_state <> 'text'))
) STRICT;
CREATE INDEX messages_in_thread ON messages (conversation_id, created_at, id);
CREATE INDEX messages_provisional ON messages (conversation_id) WHERE provisional = 1;
CREATE INDEX messages_dropped ON messages (conversation_id) WHERE dropped_at IS NOT NULL;
CREATE INDEX messages_inbound ON messages (conversation_id, created_at) WHERE direction = 'inbound';

-- What the index is about. Rows without a text are not in it, so that its integrity check and a rebuild hold.
CREATE VIEW message_texts AS SELECT id, body FROM messages WHERE body IS NOT NULL;

CREATE VIRTUAL TABLE messages_fts USING fts5 (
  body,
  content = 'message_texts',
  content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2',
  prefix = '2 3'
);
CREATE TRIGGER messages_fts_insert AFTER INSERT ON messages WHEN new.body IS NOT NULL BEGIN
  INSERT INTO messages_fts (rowid, body) VALUES (new.id, new.body);
END;
CREATE TRIGGER messages_fts_delete AFTER DELETE ON messages WHEN old.body IS NOT NULL BEGIN
  INSERT INTO messages_fts (messages_fts, rowid, body) VALUES ('delete', old.id, old.body);
END;
-- One trigger for both steps: SQLite does not promise the order of two.
CREATE TRIGGER messages_fts_update AFTER UPDATE OF body ON messages WHEN old.body IS NOT new.body BEGIN
  INSERT INTO messages_fts (messages_fts, rowid, body) SELECT 'delete', old.id, old.body WHERE old.body IS NOT NULL;
  INSERT INTO messages_fts (rowid, body) SELECT new.id, new.body WHERE new.body IS NOT NULL;
END;

-- Tombstones. A row here wins over any page, for ever.
CREATE TABLE redactions (
  conversation_id INTEGER NOT NULL REFERENCES conversations ON DELETE CASCADE,
  remote_id       TEXT NOT NULL, -- the message's
  by              TEXT NOT NULL, -- provider, retention
  at              INTEGER NOT NULL,
  removed_here_at INTEGER, -- null: this device never held the text
  PRIMARY KEY (conversation_id, remote_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE consent_events (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation_id INTEGER NOT NULL REFERENCES conversations ON DELETE CASCADE,
  consent         TEXT NOT NULL,
  since           INTEGER,
  observed_at     INTEGER NOT NULL,
  source          TEXT NOT NULL
) STRICT;
CREATE INDEX consent_events_of ON consent_events (conversation_id, observed_at);

-- Coverage: what is held of each thread that was ever fetched, and where the next fetch goes on.
CREATE TABLE threads (
  conversation_id INTEGER PRIMARY KEY REFERENCES conversations ON DELETE CASCADE,
  cursor          TEXT,
  complete        INTEGER NOT NULL DEFAULT 0, -- every page up to the newest was once fetched
  checked_at      INTEGER,
  covered_to      INTEGER, -- messages dated so or earlier are held
  walked_last_at  INTEGER, -- the conversation's last_message_at when the last complete walk ended
  recheck_due_at  INTEGER, -- a removal is suspected: read the thread again from its start
  retry_at        INTEGER
) STRICT;
CREATE INDEX threads_recheck ON threads (recheck_due_at) WHERE recheck_due_at IS NOT NULL;

CREATE TABLE drafts (
  conversation_id INTEGER PRIMARY KEY REFERENCES conversations ON DELETE CASCADE,
  text            TEXT NOT NULL,
  saved_at        INTEGER NOT NULL
) STRICT;

CREATE TABLE outbox (
  id                 INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id         INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
  conversation_id    INTEGER NOT NULL REFERENCES conversations ON DELETE CASCADE,
  key                TEXT NOT NULL UNIQUE, -- the composer's: the same intent twice is one reply
  tag                TEXT NOT NULL UNIQUE, -- our mark at the provider
  from_number        TEXT NOT NULL,
  to_number          TEXT NOT NULL,
  text               TEXT NOT NULL, -- empty once settled: the message has it
  state              TEXT NOT NULL,
  error_code         TEXT,
  error_detail       TEXT, -- JSON object
  attempts           INTEGER NOT NULL DEFAULT 0,
  created_at         INTEGER NOT NULL,
  sent_at            INTEGER, -- when it was last handed to the network
  not_before         INTEGER,
  settled_message_id INTEGER
) STRICT;
CREATE INDEX outbox_open ON outbox (conversation_id, id) WHERE state <> 'sent';
CREATE INDEX outbox_queue ON outbox (account_id, state, id) WHERE state <> 'sent';
CREATE INDEX outbox_settled ON outbox (settled_message_id) WHERE settled_message_id IS NOT NULL;

CREATE TABLE quarantine (
  account_id INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
  hash       TEXT NOT NULL, -- SHA-256 of the record; its content is not kept
  scope      TEXT NOT NULL, -- conversations, messages
  remote_id  TEXT,
  reason     TEXT NOT NULL,
  seen_at    INTEGER NOT NULL,
  PRIMARY KEY (account_id, hash)
) STRICT, WITHOUT ROWID;

-- What was saved out of a damaged cache, until its conversation reappears.
CREATE TABLE salvage (
  id                     INTEGER PRIMARY KEY AUTOINCREMENT,
  account_uid            TEXT NOT NULL,
  conversation_remote_id TEXT NOT NULL,
  kind                   TEXT NOT NULL, -- draft, outbox
  payload                TEXT NOT NULL  -- JSON
) STRICT;
CREATE INDEX salvage_of ON salvage (account_uid, conversation_remote_id);
`,
} as const;
