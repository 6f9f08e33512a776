/**
 * The durable outbox: every reply is a row before anything is sent.
 *
 * Invariants: target, text and files are fixed when the row is written; the same key is the same reply; consent is
 * checked when the row is written and again when it is about to leave. A reply whose outcome is unknown, or that is being sent, holds back later
 * ones of its thread (order is meaning); a failed one does not, it waits for the person, and neither does one that
 * the person scheduled for later. Some queries say
 * "state <> 'sent'" though another condition implies it: SQLite uses a partial index only when told so.
 */
import { randomUUID } from "node:crypto";
import type {
  AccountId,
  ConversationId,
  MessageId,
  Millis,
  OutboxId,
  OutboxItem,
  ProviderName,
} from "../../shared/domain.ts";
import { AppError } from "../../shared/errors.ts";
import { findPassedLimit } from "../../shared/text-limit.ts";
import type { Failure } from "../../shared/errors.ts";
import type { MediaId } from "../../shared/media.ts";
import { dropParked, takeForReply } from "./attachments-repo.ts";
import type { ReadDb, WriteDb } from "./connection.ts";
import { consentRefusal } from "./consent-repo.ts";
import { begunNow, begunWithDraft, begunWithNotification, findCrossing } from "./crossing.ts";
import type { Begun } from "./crossing.ts";
import { clearDraftText, getDraft } from "./drafts-repo.ts";
import type { OutboxWork } from "./inputs.ts";
import { SELECT_REPLY, findRow, getRow, toItem, toWork } from "./outbox-rows.ts";
import type { FullRow } from "./outbox-rows.ts";
import { isReplyWindowShut } from "./reply-window-repo.ts";

export interface EnqueueInput {
  readonly conversationId: ConversationId;
  /** May be empty where files go along. */
  readonly text: string;
  /** Files of the thread's draft, or of a reply that was taken out, that go along. */
  readonly files?: readonly MediaId[];
  /** The same key twice is the same reply. */
  readonly key: string;
  readonly now: Millis;
  /** Scheduled: not before this moment, which lies ahead. */
  readonly notBefore?: Millis | null;
  /** Another's replies up to this one were seen, and this one is meant all the same. */
  readonly seenUpTo?: MessageId | null;
  /** Since when others' replies count: the thread's draft, the notification, or (`again`: taken back, put back) now. */
  readonly writtenIn?: "composer" | "notification" | "again";
}

/** A scheduled reply that could not leave for this long after its time asks first: "good morning" at night is none. */
export const LATE_MS = 3_600_000;

/**
 * A reply that goes back into the outbox (`again`) is never refused: its words are nowhere else. It stands there as one
 * that needs the person.
 *
 * @throws AppError `text_empty`, `text_too_long` with `detail.max`, `opted_out`, `consent_required`, `window_shut`, `not_found`, `schedule_past`,
 *   `files_not_taken`, `files_too_many`, `reply_crossed` with `detail.messageId`
 */
export function enqueue(db: WriteDb, input: EnqueueInput): OutboxItem {
  const { conversationId, text, files = [], key, now, notBefore = null, seenUpTo = null } = input;
  if (text.trim() === "" && files.length === 0) throw new AppError("text_empty");
  return db.transaction(() => {
    const again = db.get<FullRow>(`${SELECT_REPLY} WHERE o.key = ?`, key);
    if (again !== undefined) return toItem(db, again);
    const target = db.get<{ account_id: number; provider: ProviderName; own: string; contact: string }>(
      `SELECT c.account_id, a.provider, n.number AS own, k.number AS contact FROM conversations c
       JOIN phone_numbers n ON n.id = c.phone_number_id JOIN contacts k ON k.id = c.contact_id
       JOIN accounts a ON a.id = c.account_id WHERE c.id = ? AND a.state <> 'removing'`,
      conversationId,
    );
    if (target === undefined) throw new AppError("not_found", "no such conversation");
    const refusal = refusalOf(db, input);
    const isAgain = input.writtenIn === "again";
    if (refusal !== null && !isAgain) throw new AppError(refusal);
    const max = findPassedLimit(target.provider, text);
    if (max !== null && !isAgain) throw new AppError("text_too_long", "too long", { detail: { max: `${max}` } });
    const begun = begunOf(db, input) ?? begunNow(db, conversationId, now);
    const crossing = findCrossing(db, conversationId, begun, seenUpTo);
    if (crossing !== null) throw new AppError("reply_crossed", "crossed", { detail: { messageId: `${crossing.id}` } });
    const { lastId } = db.run(
      `INSERT INTO outbox (account_id, conversation_id, key, tag, from_number, to_number, text, state, created_at,
         not_before, scheduled_at, began_at, began_after, seen_up_to)
       VALUES (?, ?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?)`,
      target.account_id,
      conversationId,
      key,
      `tk-${randomUUID()}`,
      target.own,
      target.contact,
      text,
      now,
      notBefore,
      notBefore,
      begun.at,
      begun.after,
      seenUpTo ?? 0,
    );
    const id = lastId as OutboxId;
    takeForReply(db, { conversationId, ids: files, reply: id });
    if (refusal !== null) {
      const code = refusal === "schedule_past" ? "schedule_missed" : refusal;
      setState(db, id, "failed", { code, detail: {} });
    }
    // In the same transaction: after a crash the draft must not offer to send the same words again.
    if (getDraft(db, { conversationId }).trim() === text.trim()) clearDraftText(db, { conversationId });
    return toItem(db, getRow(db, id));
  });
}

type Refusal = "opted_out" | "consent_required" | "window_shut" | "schedule_past";

function refusalOf(db: ReadDb, { conversationId, notBefore = null, now }: EnqueueInput): Refusal | null {
  const consent = consentRefusal(db, conversationId);
  if (consent !== null) return consent;
  if (isReplyWindowShut(db, conversationId, now)) return "window_shut";
  return notBefore !== null && notBefore <= now ? "schedule_past" : null;
}

function begunOf(db: ReadDb, { writtenIn = "composer", conversationId }: EnqueueInput): Begun | null {
  if (writtenIn === "again") return null;
  return writtenIn === "composer" ? begunWithDraft(db, conversationId) : begunWithNotification(db, conversationId);
}

export function nextQueued(db: ReadDb, { accountId, now }: { accountId: AccountId; now: Millis }): OutboxWork | null {
  const row = db.get<FullRow>(
    `${SELECT_REPLY} WHERE o.account_id = ? AND o.state = 'queued' AND o.state <> 'sent' AND (o.not_before IS NULL OR o.not_before <= ?)
       AND NOT EXISTS (SELECT 1 FROM outbox p WHERE p.conversation_id = o.conversation_id AND p.id < o.id
         AND p.state <> 'sent' AND p.state IN ('queued', 'sending', 'unknown')
         AND NOT (p.state = 'queued' AND p.attempts = 0 AND p.error_code IS NULL AND coalesce(p.not_before, 0) > ?))
     ORDER BY o.id LIMIT 1`,
    accountId,
    now,
    now,
  );
  return row === undefined ? null : toWork(db, row, now);
}

export function nextDueAt(db: ReadDb, { accountId, now }: { accountId: AccountId; now: Millis }): Millis | null {
  const row = db.get<{ due: Millis | null }>(
    `SELECT min(not_before) AS due FROM outbox
     WHERE account_id = ? AND state = 'queued' AND state <> 'sent' AND not_before > ?`,
    accountId,
    now,
  );
  return row?.due ?? null;
}

export type SendVerdict = "go" | "refused" | "gone";

/** Its files may be brought to the provider: what would keep the reply back keeps them back. It stays queued. */
export const beginUpload = (db: WriteDb, { id, now }: { id: OutboxId; now: Millis }): SendVerdict =>
  db.transaction(() => {
    const verdict = judge(db, id, now);
    if (verdict === "go") db.run("UPDATE outbox SET uploading_at = ? WHERE id = ?", now, id);
    return verdict;
  });

export const beginSend = (db: WriteDb, { id, now }: { id: OutboxId; now: Millis }): SendVerdict =>
  db.transaction(() => {
    const verdict = judge(db, id, now);
    if (verdict !== "go") return verdict;
    db.run(
      `UPDATE outbox SET state = 'sending', attempts = attempts + 1, sent_at = ?, not_before = NULL, uploading_at = NULL,
         error_code = NULL, error_detail = NULL WHERE id = ?`,
      now,
      id,
    );
    return "go";
  });

/** Whether it may leave at this moment; a reply that may not has failed with the reason. */
function judge(db: WriteDb, id: OutboxId, now: Millis): SendVerdict {
  const row = findRow(db, id);
  if (row === undefined || row.state !== "queued") return "gone";
  const failure = keptBack(db, row, now);
  if (failure === null) return "go";
  setState(db, id, "failed", failure);
  return "refused";
}

function keptBack(db: ReadDb, row: FullRow, now: Millis): Failure | null {
  const conversationId = row.conversation_id as ConversationId;
  const refusal = consentRefusal(db, conversationId);
  if (refusal !== null) return { code: refusal, detail: {} };
  if (isReplyWindowShut(db, conversationId, now)) return { code: "window_shut", detail: {} };
  return heldBack(db, row, now);
}

/** Why a reply that may go should not go without the person; null: nothing. */
function heldBack(db: ReadDb, row: FullRow, now: Millis): Failure | null {
  if (row.scheduled_at !== null && now - row.scheduled_at > LATE_MS) return { code: "schedule_missed", detail: {} };
  if (row.began_at === null || row.began_after === null) return null;
  const begun = { at: row.began_at, after: row.began_after };
  const crossing = findCrossing(db, row.conversation_id as ConversationId, begun, row.seen_up_to as MessageId);
  return crossing === null ? null : { code: "reply_crossed", detail: { messageId: `${crossing.id}` } };
}

function setState(db: WriteDb, id: OutboxId, state: string, failure: Failure | null): void {
  db.run(
    "UPDATE outbox SET state = ?, error_code = ?, error_detail = ?, uploading_at = NULL WHERE id = ? AND state <> 'sent'",
    state,
    failure?.code ?? null,
    failure === null ? null : JSON.stringify(failure.detail),
    id,
  );
}

export function markFailed(db: WriteDb, { id, failure }: { id: OutboxId; failure: Failure; now: Millis }): void {
  setState(db, id, "failed", failure);
}

export function markUnknown(db: WriteDb, { id, failure }: { id: OutboxId; failure: Failure; now: Millis }): void {
  setState(db, id, "unknown", failure);
}

export function requeue(
  db: WriteDb,
  { id, failure, notBefore }: { id: OutboxId; failure: Failure | null; notBefore: Millis | null; now: Millis },
): void {
  db.transaction(() => {
    setState(db, id, "queued", failure);
    db.run("UPDATE outbox SET not_before = ? WHERE id = ?", notBefore, id);
  });
}

export function networkIsBack(db: WriteDb, { accountId }: { accountId: AccountId }): void {
  db.run(
    `UPDATE outbox SET not_before = NULL
     WHERE account_id = ? AND state = 'queued' AND state <> 'sent' AND error_code IN ('offline', 'unreachable')`,
    accountId,
  );
}

/** Also what nobody can put back any more goes now, and an upload that ended with the process begins anew. */
export function recoverInterrupted(db: WriteDb, _input: { now: Millis }): number {
  const interrupted: Failure = { code: "timeout", detail: { reason: "interrupted" } };
  dropParked(db);
  db.run("UPDATE outbox SET uploading_at = NULL WHERE uploading_at IS NOT NULL AND state <> 'sent'");
  return db.run(
    "UPDATE outbox SET state = 'unknown', error_code = ?, error_detail = ? WHERE state = 'sending' AND state <> 'sent'",
    interrupted.code,
    JSON.stringify(interrupted.detail),
  ).changes;
}

export const listUnknowns = (db: ReadDb, { accountId }: { accountId: AccountId }): OutboxWork[] =>
  db
    .all<FullRow>(
      `${SELECT_REPLY} WHERE o.account_id = ? AND o.state = 'unknown' AND o.state <> 'sent' ORDER BY o.id`,
      accountId,
    )
    .map((row) => toWork(db, row, 0));
