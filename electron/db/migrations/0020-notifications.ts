/**
 * Migration 20: what was already told. Never edited once shipped.
 */
export const migration0020 = {
  version: 20,
  sql: `
-- Every message up to this one was decided on, for ever: shown, or on purpose not shown.
CREATE TABLE notified (
  account_id INTEGER PRIMARY KEY REFERENCES accounts ON DELETE CASCADE,
  up_to_id   INTEGER NOT NULL
) STRICT;
INSERT INTO notified SELECT id, (SELECT coalesce(max(id), 0) FROM messages) FROM accounts;

-- Replies that came from a notification: the system may deliver one twice, also after a restart.
CREATE TABLE notification_replies (
  key             TEXT PRIMARY KEY,
  conversation_id INTEGER NOT NULL REFERENCES conversations ON DELETE CASCADE,
  at              INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX notification_replies_of ON notification_replies (conversation_id);
`,
} as const;
