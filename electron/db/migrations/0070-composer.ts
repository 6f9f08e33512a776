/**
 * Migration 70: what a draft answers, replies for later, a person's own opt-outs, and texts that may ask for one.
 *
 * A hint goes with the text it is about, by trigger: texts are removed in several places, and none of them can
 * forget it. Holds no words of any message. Never edited once shipped.
 */
export const migration0070 = {
  version: 70,
  sql: `
-- Where the thread stood when somebody began to write; null: not known.
ALTER TABLE drafts ADD COLUMN began_at INTEGER;
ALTER TABLE drafts ADD COLUMN began_after INTEGER; -- date of the newest message known then

ALTER TABLE outbox ADD COLUMN scheduled_at INTEGER; -- the moment a person chose; null: as soon as possible
ALTER TABLE outbox ADD COLUMN began_at INTEGER; -- as in drafts
ALTER TABLE outbox ADD COLUMN began_after INTEGER;
ALTER TABLE outbox ADD COLUMN seen_up_to INTEGER NOT NULL DEFAULT 0; -- messages up to this id were seen, and the reply still meant
UPDATE outbox SET scheduled_at = not_before
  WHERE state = 'queued' AND attempts = 0 AND error_code IS NULL AND not_before IS NOT NULL;

-- A person's word, for the number in every account: it stands over what a provider says.
ALTER TABLE contacts ADD COLUMN opted_out_at INTEGER;
ALTER TABLE contacts ADD COLUMN hints_seen_to INTEGER; -- texts up to this date were looked at: no opt-out
CREATE INDEX contacts_opted_out ON contacts (number) WHERE opted_out_at IS NOT NULL;
-- What the provider says of consent meanwhile; meaningful while the contact is opted out here.
ALTER TABLE conversations ADD COLUMN told_consent TEXT;
ALTER TABLE conversations ADD COLUMN told_consent_since INTEGER;

-- Inbound texts that may ask for no more messages, until a person decided.
CREATE TABLE opt_out_hints (
  message_id      INTEGER PRIMARY KEY REFERENCES messages ON DELETE CASCADE,
  conversation_id INTEGER NOT NULL REFERENCES conversations ON DELETE CASCADE
) STRICT;
CREATE INDEX opt_out_hints_of ON opt_out_hints (conversation_id, message_id);
CREATE TRIGGER opt_out_hints_text_gone AFTER UPDATE OF body ON messages WHEN new.body IS NULL BEGIN
  DELETE FROM opt_out_hints WHERE message_id = new.id;
END;
`,
} as const;
