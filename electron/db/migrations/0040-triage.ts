/**
 * Migration 40: what a person decides about a conversation, kept on this device only.
 *
 * Which decisions an incoming text ends, and since when a customer waits, are triggers: a row and a thread are
 * written from several places, and none of them can forget. Generated columns say once what each view holds.
 */
export const migration0040 = {
  version: 40,
  sql: `
ALTER TABLE conversations ADD COLUMN done_at INTEGER;
ALTER TABLE conversations ADD COLUMN snoozed_until INTEGER;
ALTER TABLE conversations ADD COLUMN snoozed_until_reply INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN put_away_to INTEGER; -- its newest message when it was put away: what comes in later is news
ALTER TABLE conversations ADD COLUMN pinned_at INTEGER;
ALTER TABLE conversations ADD COLUMN unanswered_since INTEGER; -- the first inbound message after the last reply

ALTER TABLE conversations ADD COLUMN place TEXT AS (CASE
  WHEN done_at IS NOT NULL THEN 'done'
  WHEN snoozed_until IS NOT NULL OR snoozed_until_reply = 1 THEN 'snoozed'
  ELSE 'open' END) VIRTUAL;
ALTER TABLE conversations ADD COLUMN pinned INTEGER AS (pinned_at IS NOT NULL) VIRTUAL;
-- Non-null: somebody waits for a reply that may be sent.
ALTER TABLE conversations ADD COLUMN waiting_since INTEGER AS (CASE
  WHEN done_at IS NULL AND snoozed_until IS NULL AND snoozed_until_reply = 0 AND consent <> 'opted_out'
  THEN unanswered_since END) VIRTUAL;
-- Non-null: snoozed. Those that wait for a reply and for no hour come last.
ALTER TABLE conversations ADD COLUMN wakes_at INTEGER AS (CASE WHEN done_at IS NULL
  THEN coalesce(snoozed_until, iif(snoozed_until_reply = 1, 9007199254740991, NULL)) END) VIRTUAL;

CREATE INDEX conversations_place ON conversations
  (place, pinned DESC, last_message_at DESC, id DESC, account_id, phone_number_id);
CREATE INDEX conversations_account_place ON conversations
  (account_id, place, pinned DESC, last_message_at DESC, id DESC, phone_number_id);
CREATE INDEX conversations_number_place ON conversations
  (phone_number_id, place, pinned DESC, last_message_at DESC, id DESC, account_id);
CREATE INDEX conversations_unread_list ON conversations
  (pinned DESC, last_message_at DESC, id DESC, account_id, phone_number_id) WHERE unread_count > 0;
CREATE INDEX conversations_unread_number ON conversations (phone_number_id) WHERE unread_count > 0;
CREATE INDEX conversations_waiting ON conversations
  (waiting_since, id, account_id, phone_number_id) WHERE waiting_since IS NOT NULL;
CREATE INDEX conversations_waiting_number ON conversations (phone_number_id) WHERE waiting_since IS NOT NULL;
CREATE INDEX conversations_snoozed ON conversations
  (wakes_at, id, account_id, phone_number_id) WHERE wakes_at IS NOT NULL;
CREATE INDEX conversations_snoozed_number ON conversations (phone_number_id) WHERE wakes_at IS NOT NULL;

UPDATE conversations SET unanswered_since = last_message_at WHERE last_direction = 'inbound';

CREATE TRIGGER conversations_first_wait AFTER INSERT ON conversations WHEN new.last_direction = 'inbound' BEGIN
  UPDATE conversations SET unanswered_since = new.last_message_at WHERE id = new.id;
END;

-- A list that names no direction says nothing about waiting: the thread will.
CREATE TRIGGER conversations_moved AFTER UPDATE OF last_message_at, last_direction ON conversations
WHEN (new.last_message_at, new.last_direction) IS NOT (old.last_message_at, old.last_direction) BEGIN
  UPDATE conversations SET unanswered_since = CASE new.last_direction
    WHEN 'outbound' THEN NULL
    WHEN 'inbound' THEN coalesce(new.unanswered_since, new.last_message_at)
    ELSE new.unanswered_since END
  WHERE id = new.id;
  UPDATE conversations SET done_at = NULL, snoozed_until_reply = 0,
    put_away_to = iif(snoozed_until IS NULL, NULL, put_away_to)
  WHERE id = new.id AND new.last_direction = 'inbound' AND new.last_message_at > put_away_to;
END;

-- The list may show a later reply of ours only: what came in before it is in the thread.
CREATE TRIGGER messages_reopen AFTER INSERT ON messages WHEN new.direction = 'inbound' BEGIN
  UPDATE conversations SET done_at = NULL, snoozed_until_reply = 0,
    put_away_to = iif(snoozed_until IS NULL, NULL, put_away_to)
  WHERE id = new.conversation_id AND new.created_at > put_away_to;
END;

-- A thread that was just read to its end knows the first text after the last reply.
CREATE TRIGGER threads_wait AFTER UPDATE OF checked_at ON threads WHEN new.complete = 1 BEGIN
  UPDATE conversations SET unanswered_since = coalesce(
    (SELECT min(m.created_at) FROM messages m
     WHERE m.conversation_id = new.conversation_id AND m.direction = 'inbound' AND m.created_at > coalesce(
       (SELECT o.created_at FROM messages o WHERE o.conversation_id = new.conversation_id AND o.direction = 'outbound'
        ORDER BY o.created_at DESC, o.id DESC LIMIT 1), -1)),
    unanswered_since)
  WHERE id = new.conversation_id AND last_direction = 'inbound';
END;

-- What stood there before a decision, so that it can be taken back. Holds no texts.
CREATE TABLE triage_undo (
  batch               INTEGER NOT NULL,
  conversation_id     INTEGER NOT NULL REFERENCES conversations ON DELETE CASCADE,
  done_at             INTEGER,
  snoozed_until       INTEGER,
  snoozed_until_reply INTEGER NOT NULL,
  put_away_to         INTEGER,
  pinned_at           INTEGER,
  unread_count        INTEGER NOT NULL,
  read_to             INTEGER NOT NULL,
  last_message_at     INTEGER NOT NULL,
  PRIMARY KEY (batch, conversation_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX triage_undo_of ON triage_undo (conversation_id);
`,
} as const;
