/**
 * Retention on this device: the window of each account, learned from removals or typed, and its enforcement.
 *
 * Works with no network. Invariants: a window is enforced only if it was typed, or learned from enough evidence
 * (`sync/retention.ts` decides what is enough); what is removed leaves a tombstone by "retention" and marks the
 * purge as pending; the provider's clock counts, not this computer's.
 */
import type { AccountId, ConversationId, Millis } from "../../shared/domain.ts";
import type { ReadDb, WriteDb } from "./connection.ts";
import { forgetCopies, removeDue } from "./redaction.ts";
import type { HeldText } from "./redaction.ts";

/** One transaction removes at most this many texts, so that reading never waits long. */
const BATCH = 500;
/** Enough removals to learn from; the newest tell what the window is now. */
const MAX_PAIRS = 500;

export interface RetentionReport {
  readonly typedDays: number | null;
  readonly learned: { readonly days: number; readonly agreeing: number; readonly pairs: number } | null;
  /** What is enforced: the typed window, else the learned one, else none. */
  readonly enforcedDays: number | null;
  readonly lastRunAt: Millis | null;
  /** Texts this device removed by itself, in all. */
  readonly removedTexts: number;
}

interface RetentionRow {
  readonly typed_days: number | null;
  readonly learned_days: number | null;
  readonly learned_agreeing: number | null;
  readonly learned_pairs: number | null;
  readonly last_run_at: Millis | null;
  readonly removed_texts: number;
}

export function retentionReport(db: ReadDb, { accountId }: { accountId: AccountId }): RetentionReport {
  const row = db.get<RetentionRow>("SELECT * FROM retention WHERE account_id = ?", accountId);
  const learned =
    row?.learned_days == null
      ? null
      : { days: row.learned_days, agreeing: row.learned_agreeing ?? 0, pairs: row.learned_pairs ?? 0 };
  return {
    typedDays: row?.typed_days ?? null,
    learned,
    enforcedDays: row?.typed_days ?? learned?.days ?? null,
    lastRunAt: row?.last_run_at ?? null,
    removedTexts: row?.removed_texts ?? 0,
  };
}

/** Null takes the typed window back; a learned one then counts again. */
export function setTypedRetention(
  db: WriteDb,
  { accountId, days }: { accountId: AccountId; days: number | null },
): void {
  db.run(
    `INSERT INTO retention (account_id, typed_days) VALUES (?, ?)
     ON CONFLICT DO UPDATE SET typed_days = excluded.typed_days`,
    accountId,
    days,
  );
}

export function saveLearnedRetention(
  db: WriteDb,
  { accountId, learned }: { accountId: AccountId; learned: RetentionReport["learned"] },
): void {
  db.run(
    `INSERT INTO retention (account_id, learned_days, learned_agreeing, learned_pairs) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET learned_days = excluded.learned_days,
       learned_agreeing = excluded.learned_agreeing, learned_pairs = excluded.learned_pairs`,
    accountId,
    learned?.days ?? null,
    learned?.agreeing ?? null,
    learned?.pairs ?? null,
  );
}

/** The provider's own removals, newest first: when each message was sent and when its text went. */
export const removalPairs = (
  db: ReadDb,
  { accountId }: { accountId: AccountId },
): { sentAt: Millis; removedAt: Millis }[] =>
  db.all(
    `SELECT m.created_at AS sentAt, r.at AS removedAt
     FROM redactions r JOIN conversations c ON c.id = r.conversation_id
     JOIN messages m ON m.conversation_id = r.conversation_id AND m.remote_id = r.remote_id
     WHERE c.account_id = ? AND r.by = 'provider' ORDER BY r.at DESC LIMIT ?`,
    accountId,
    MAX_PAIRS,
  );

export interface EnforceResult {
  readonly changed: ConversationId[];
  readonly removedTexts: number;
  /** More is due than one batch took: call again. */
  readonly more: boolean;
}

export interface EnforceInput {
  readonly accountId: AccountId;
  readonly windowMs: number;
  /** Texts sent before this moment (on the provider's clock) are due. */
  readonly cutoff: Millis;
  readonly now: Millis;
}

/** Removes texts and pictures that are due, at most a batch of each. */
export function enforceRetention(db: WriteDb, { accountId, windowMs, cutoff, now }: EnforceInput): EnforceResult {
  return db.transaction(() => {
    // The oldest texts first, as the index has them, where all of them are this account's; among several accounts those
    // of another may lie in between by the million, so there the conversations of this one are gone through.
    const tables = isOnlyAccount(db)
      ? "messages m CROSS JOIN conversations c"
      : "conversations c CROSS JOIN messages m";
    const dueWhere = (held: string) =>
      db.all<HeldText>(
        `SELECT m.id, m.conversation_id AS conversationId, m.body
         FROM ${tables} ON c.id = m.conversation_id
         WHERE ${held} AND m.created_at < ? AND c.account_id = ? ORDER BY m.created_at LIMIT ?`,
        cutoff,
        accountId,
        BATCH,
      );
    const texts = dueWhere("m.body IS NOT NULL");
    const pictures = dueWhere("m.body IS NULL AND m.media_urls IS NOT NULL");
    const due = [...texts, ...pictures];
    const changed = new Set(due.map(({ conversationId }) => conversationId));
    removeDue(db, due, windowMs, now);
    const isFull = texts.length === BATCH || pictures.length === BATCH;
    // Most go with their texts: the rest is looked for once, when no text is due any more.
    const previews = isFull ? 0 : removePreviews(db, { accountId, windowMs, cutoff, now }, changed);
    db.run(
      `INSERT INTO retention (account_id, last_run_at, removed_texts) VALUES (?1, ?2, ?3)
       ON CONFLICT DO UPDATE SET last_run_at = ?2, removed_texts = removed_texts + ?3`,
      accountId,
      now,
      due.length + previews,
    );
    return {
      changed: [...changed],
      removedTexts: due.length + previews,
      more: isFull || previews === BATCH,
    };
  });
}

const isOnlyAccount = (db: ReadDb): boolean => db.all("SELECT id FROM accounts LIMIT 2").length === 1;

/** List previews of last messages that are due, whether or not their thread was ever fetched: at most a batch. */
function removePreviews(
  db: WriteDb,
  { accountId, windowMs, cutoff, now }: EnforceInput,
  changed: Set<ConversationId>,
): number {
  const due = db.all<{ id: ConversationId; preview: string }>(
    `SELECT id, preview FROM conversations
     WHERE account_id = ? AND last_message_at < ? AND preview IS NOT NULL AND preview <> '' LIMIT ?`,
    accountId,
    cutoff,
    BATCH,
  );
  for (const { id, preview } of due) {
    db.run(
      `UPDATE conversations SET preview = NULL, preview_redacted_at = last_message_at + ?, preview_redacted_by = 'retention',
         preview_removed_at = ? WHERE id = ?`,
      windowMs,
      now,
      id,
    );
    forgetCopies(db, id, [preview]);
    changed.add(id);
  }
  return due.length;
}

export const clockOffset = (db: ReadDb, { accountId }: { accountId: AccountId }): number =>
  db.get<{ clock_offset_ms: number | null }>("SELECT clock_offset_ms FROM accounts WHERE id = ?", accountId)
    ?.clock_offset_ms ?? 0;

/** Remembered for the time without a network. */
export function saveClockOffset(
  db: WriteDb,
  { accountId, offsetMs }: { accountId: AccountId; offsetMs: number },
): void {
  db.run("UPDATE accounts SET clock_offset_ms = ? WHERE id = ?", Math.round(offsetMs), accountId);
}
