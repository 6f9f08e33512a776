/**
 * Migration 110: files that go out with a reply, from the draft until the reply is a message.
 *
 * Whatever ends a draft, a reply, a conversation or an account takes its files along by cascade and trigger, and the purge
 * must follow, unless the bytes went over to the sent message. Never edited once shipped.
 */
export const migration0110 = {
  version: 110,
  sql: `
CREATE TABLE attachments (
  id              INTEGER PRIMARY KEY AUTOINCREMENT, -- the order they go out in
  token           TEXT NOT NULL UNIQUE, -- its name outside the database: random, says nothing
  conversation_id INTEGER NOT NULL REFERENCES conversations ON DELETE CASCADE,
  outbox_id       INTEGER REFERENCES outbox ON DELETE CASCADE, -- null: the draft's
  is_parked       INTEGER NOT NULL DEFAULT 0, -- taken out with a reply that may still be put back; gone at the next start
  name            TEXT NOT NULL,
  content_type    TEXT NOT NULL, -- as its bytes say
  size_bytes      INTEGER NOT NULL,
  uploaded_url    TEXT, -- where the provider keeps it; null: it is not there yet
  uploaded_at     INTEGER,
  is_kept         INTEGER NOT NULL DEFAULT 0 -- its bytes are the sent message's now
) STRICT;
CREATE INDEX attachments_of_draft ON attachments (conversation_id, id) WHERE outbox_id IS NULL;
CREATE INDEX attachments_of_reply ON attachments (outbox_id, id) WHERE outbox_id IS NOT NULL;

CREATE TABLE attachment_blobs (
  attachment_id INTEGER PRIMARY KEY REFERENCES attachments ON DELETE CASCADE,
  bytes         BLOB NOT NULL
) STRICT;

CREATE TRIGGER attachments_gone AFTER DELETE ON attachments WHEN old.is_kept = 0 BEGIN
  UPDATE meta SET purge_pending = iif(purge_pending = 2, 3, 1) WHERE purge_pending IN (0, 2);
END;
CREATE TRIGGER attachments_draft_gone AFTER DELETE ON drafts BEGIN
  DELETE FROM attachments WHERE conversation_id = old.conversation_id AND outbox_id IS NULL AND is_parked = 0;
END;

-- Its files are on their way to the provider; the message itself is not.
ALTER TABLE outbox ADD COLUMN uploading_at INTEGER;

-- Files of drafts and unsent replies that wait for their conversation to reappear (beside salvage).
CREATE TABLE salvage_files (
  id                     INTEGER PRIMARY KEY AUTOINCREMENT,
  account_uid            TEXT NOT NULL,
  conversation_remote_id TEXT NOT NULL,
  reply_key              TEXT, -- null: the draft's
  name                   TEXT NOT NULL,
  content_type           TEXT NOT NULL,
  size_bytes             INTEGER NOT NULL,
  uploaded_url           TEXT,
  uploaded_at            INTEGER,
  bytes                  BLOB NOT NULL
) STRICT;
CREATE INDEX salvage_files_of ON salvage_files (account_uid, conversation_remote_id);
`,
} as const;
