/** Migration 30: the retention window per account, typed or learned, and when it was last enforced. */
export const migration0030 = {
  version: 30,
  sql: `
CREATE TABLE retention (
  account_id       INTEGER PRIMARY KEY REFERENCES accounts ON DELETE CASCADE,
  typed_days       INTEGER, -- a person's word; wins over what was learned
  learned_days     INTEGER,
  learned_agreeing INTEGER,
  learned_pairs    INTEGER,
  last_run_at      INTEGER,
  removed_texts    INTEGER NOT NULL DEFAULT 0 -- how many texts this device removed by itself, in all
) STRICT;

-- What is due is found by age alone.
CREATE INDEX messages_with_text ON messages (created_at) WHERE body IS NOT NULL;
`,
} as const;
