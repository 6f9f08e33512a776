/**
 * Migration 90: how far a provider's feed of changed messages was read.
 *
 * A date and nothing else: holds no words of any message. Never edited once shipped.
 */
export const migration0090 = {
  version: 90,
  sql: `
ALTER TABLE sync_state ADD COLUMN feed_mark INTEGER; -- newest change, by the provider's clock; null: never read
`,
} as const;
