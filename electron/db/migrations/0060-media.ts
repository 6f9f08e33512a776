/**
 * Migration 60: pictures and files of messages, and their bytes once somebody asked for them; replies still followed.
 *
 * Which media a message has follows `messages.media_urls` by trigger: texts are removed in several places, and none of
 * them can forget a picture. Never edited once shipped.
 */
export const migration0060 = {
  version: 60,
  sql: `
CREATE TABLE message_media (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  message_id   INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE,
  position     INTEGER NOT NULL,
  token        TEXT NOT NULL UNIQUE, -- its name outside the database: random, says nothing
  source       TEXT NOT NULL, -- where the provider keeps it; never leaves main
  content_type TEXT, -- as its bytes say; null: they were never here
  size_bytes   INTEGER, -- null: not known yet
  failure      TEXT, -- why it cannot be had, where asking again is no use
  UNIQUE (message_id, position)
) STRICT;

-- The bytes stand last, so that dates and sizes are read without them.
CREATE TABLE media_blobs (
  media_id   INTEGER PRIMARY KEY REFERENCES message_media ON DELETE CASCADE,
  size_bytes INTEGER NOT NULL,
  used_at    INTEGER NOT NULL, -- the longest unused goes first
  bytes      BLOB NOT NULL
) STRICT;
CREATE INDEX media_blobs_used ON media_blobs (used_at, media_id, size_bytes);

CREATE TRIGGER message_media_insert AFTER INSERT ON messages WHEN new.media_urls IS NOT NULL BEGIN
  INSERT INTO message_media (message_id, position, token, source)
    SELECT new.id, key, lower(hex(randomblob(16))), value FROM json_each(new.media_urls);
END;
-- Addresses that stay keep their bytes; those that go take them along, and the purge must follow.
CREATE TRIGGER message_media_update AFTER UPDATE OF media_urls ON messages WHEN old.media_urls IS NOT new.media_urls BEGIN
  -- The same address signed anew is the same picture.
  UPDATE message_media SET source = j.value FROM json_each(coalesce(new.media_urls, '[]')) j
    WHERE message_id = new.id AND j.key = position AND substr(j.value || '?', 1, instr(j.value || '?', '?'))
      = substr(source || '?', 1, instr(source || '?', '?'));
  UPDATE meta SET purge_pending = 1 WHERE purge_pending = 0 AND EXISTS (
    SELECT 1 FROM message_media WHERE message_id = new.id AND NOT EXISTS (
      SELECT 1 FROM json_each(coalesce(new.media_urls, '[]')) j WHERE j.key = position AND j.value = source));
  DELETE FROM message_media WHERE message_id = new.id AND NOT EXISTS (
    SELECT 1 FROM json_each(coalesce(new.media_urls, '[]')) j WHERE j.key = position AND j.value = source);
  INSERT INTO message_media (message_id, position, token, source)
    SELECT new.id, key, lower(hex(randomblob(16))), value FROM json_each(coalesce(new.media_urls, '[]')) WHERE true
    ON CONFLICT DO NOTHING;
END;

-- Messages that are nothing but a picture fall due like texts do.
CREATE INDEX messages_media_only ON messages (created_at) WHERE body IS NULL AND media_urls IS NOT NULL;

-- The provider's last word on how many are unread: from some to none means that somebody read it elsewhere.
ALTER TABLE conversations ADD COLUMN told_unread INTEGER;

-- A reply that was accepted, and of which the provider has not said yet what became of it.
ALTER TABLE outbox ADD COLUMN follow TEXT; -- what to ask the provider for; null: nothing to ask
ALTER TABLE outbox ADD COLUMN follow_at INTEGER; -- when to ask next
CREATE INDEX outbox_followed ON outbox (account_id, follow_at) WHERE follow IS NOT NULL;

INSERT INTO message_media (message_id, position, token, source)
  SELECT m.id, j.key, lower(hex(randomblob(16))), j.value FROM messages m, json_each(m.media_urls) j
  WHERE m.media_urls IS NOT NULL;
`,
} as const;
