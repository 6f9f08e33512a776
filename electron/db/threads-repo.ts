/**
 * Which thread to fetch next, from where, and what is held of each: the coverage of the cache.
 */
import type { AccountId, ConversationId, Coverage, Millis } from "../../shared/domain.ts";
import type { CommitMessages, ConversationRef, ThreadWork } from "./inputs.ts";
import type { ReadDb, WriteDb } from "./connection.ts";
import { forgetCopies } from "./redaction.ts";
import { isCurrentGeneration } from "./sync-repo.ts";

interface WorkRow {
  readonly id: ConversationId;
  readonly remote_id: string;
  readonly own_number: string;
  readonly contact_number: string;
  readonly cursor: string | null;
  readonly fetched: number;
  readonly recheck: number;
  readonly held_to: Millis | null;
}

const WORK_COLUMNS = `c.id, c.remote_id, n.number AS own_number, k.number AS contact_number, t.cursor,
  coalesce(t.complete = 1 OR t.cursor IS NOT NULL, 0) AS fetched, t.recheck_due_at IS NOT NULL AS recheck,
  iif(t.complete = 1, t.covered_to, NULL) AS held_to`;
const WORK_JOINS = `JOIN phone_numbers n ON n.id = c.phone_number_id JOIN contacts k ON k.id = c.contact_id
  LEFT JOIN threads t ON t.conversation_id = c.id`;
const BEHIND = "(t.conversation_id IS NULL OR t.complete = 0 OR coalesce(t.covered_to, 0) < c.last_message_at)";
/** An account that waits for the person is not worked for. */
const AT_WORK = "c.account_id IN (SELECT id FROM accounts WHERE state = 'ok')";
const NOT_PUT_OFF = "(t.retry_at IS NULL OR t.retry_at <= ?)";

function toWork(row: WorkRow): ThreadWork {
  const conversation: ConversationRef = {
    id: row.id,
    remoteId: row.remote_id,
    ownNumber: row.own_number,
    contactNumber: row.contact_number,
  };
  const heldTo = row.held_to;
  return row.fetched === 1 && row.recheck === 0
    ? { conversation, kind: "delta", cursor: row.cursor, heldTo }
    : { conversation, kind: "full", cursor: null, heldTo };
}

const FEW_SUSPECTS = 500;

/**
 * Threads behind their conversation first (newest first, of the `recent` newest), then suspected removals; those that
 * only the last sweep made due come last, and are told as routine. What a sweep before that left is none any more.
 */
export function nextThread(
  db: ReadDb,
  { accountId, recent, now }: { accountId: AccountId; recent: number; now: Millis },
): ThreadWork | null {
  // CROSS JOIN keeps the order of the tables: SQLite would rather walk through all conversations.
  const behind = db.get<WorkRow>(
    `SELECT ${WORK_COLUMNS}
     FROM (SELECT id FROM conversations WHERE account_id = ? ORDER BY last_message_at DESC, id DESC LIMIT ?) page
     CROSS JOIN conversations c ON c.id = page.id ${WORK_JOINS}
     WHERE ${BEHIND} AND ${AT_WORK} AND ${NOT_PUT_OFF} ORDER BY c.last_message_at DESC, c.id DESC LIMIT 1`,
    accountId,
    recent,
    now,
  );
  if (behind !== undefined) return toWork(behind);
  const sweptAt =
    db.get<{ at: Millis | null }>("SELECT sweep_completed_at AS at FROM sync_state WHERE account_id = ?", accountId)
      ?.at ?? -1;
  const suspected =
    findSuspected(db, accountId, now, { from: 0, to: Math.min(now, sweptAt - 1) }) ??
    findSuspected(db, accountId, now, { from: sweptAt + 1, to: now });
  if (suspected !== undefined) return toWork(suspected);
  const routine = findSuspected(db, accountId, now, { from: sweptAt, to: Math.min(now, sweptAt) });
  return routine === undefined ? null : { ...toWork(routine), isRoutine: true };
}

/** The thread of the oldest conversation whose re-check became due in this time: retention reaches the oldest first. */
function findSuspected(
  db: ReadDb,
  accountId: AccountId,
  now: Millis,
  { from, to }: { from: Millis; to: Millis },
): WorkRow | undefined {
  // Few of them are looked up one by one (and sorted); many are met soon on a walk through the conversations in order.
  const due = db.get<{ n: number }>(
    "SELECT count(*) AS n FROM (SELECT 1 FROM threads WHERE recheck_due_at BETWEEN ? AND ? LIMIT ?)",
    from,
    to,
    FEW_SUSPECTS,
  );
  if (due === undefined || due.n === 0) return undefined;
  const join = due.n < FEW_SUSPECTS ? "CROSS JOIN" : "JOIN";
  return db.get<WorkRow>(
    `SELECT ${WORK_COLUMNS} FROM threads s ${join} conversations c ON c.id = s.conversation_id ${WORK_JOINS}
     WHERE s.recheck_due_at BETWEEN ? AND ? AND c.account_id = ? AND ${AT_WORK} AND ${NOT_PUT_OFF}
     ORDER BY c.last_message_at, c.id LIMIT 1`,
    from,
    to,
    accountId,
    now,
  );
}

export function findThreadWork(db: ReadDb, { conversationId }: { conversationId: ConversationId }): ThreadWork | null {
  const row = db.get<WorkRow>(
    `SELECT ${WORK_COLUMNS} FROM conversations c ${WORK_JOINS} WHERE c.id = ?`,
    conversationId,
  );
  return row === undefined ? null : toWork(row);
}

/** Also true for a conversation that is gone: there is nothing to wait for. */
export const isThreadHeld = (db: ReadDb, { conversationId }: { conversationId: ConversationId }): boolean =>
  db.get(
    `SELECT 1 FROM conversations c LEFT JOIN threads t ON t.conversation_id = c.id WHERE c.id = ? AND ${BEHIND}`,
    conversationId,
  ) === undefined;

export function deferThread(
  db: WriteDb,
  { conversationId, retryAt }: { conversationId: ConversationId; retryAt: Millis },
): void {
  db.run(
    `INSERT INTO threads (conversation_id, retry_at) SELECT id, ? FROM conversations WHERE id = ?
     ON CONFLICT DO UPDATE SET retry_at = excluded.retry_at`,
    retryAt,
    conversationId,
  );
}

export interface ThreadRow {
  readonly cursor: string | null;
  readonly complete: number;
  readonly checked_at: Millis | null;
  readonly covered_to: Millis | null;
}

export const findThread = (db: ReadDb, id: ConversationId): ThreadRow | null =>
  db.get<ThreadRow>("SELECT cursor, complete, checked_at, covered_to FROM threads WHERE conversation_id = ?", id) ??
  null;

/**
 * Moves the thread's place with the page that was just stored. Part of that page's transaction.
 *
 * A walk covers the messages it listed. It covers the list's newest date as well if that was known before the walk
 * began (by the clock, or because the walk before ended under the same date); what the list or a send raised
 * while a page was on the way is left for the next walk, so that nothing that arrived meanwhile is passed over.
 */
export function saveThreadPlace(db: WriteDb, before: ThreadRow | null, commit: CommitMessages): void {
  const { conversationId, cursor, complete, kind, startedAt, now } = commit;
  // A thread held completely stays so while it is read again from its start.
  const keepsPlace = kind === "full" && !complete && before?.complete === 1;
  db.run(
    `INSERT INTO threads (conversation_id, cursor, complete) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET cursor = excluded.cursor, complete = max(complete, excluded.complete), retry_at = NULL
     WHERE NOT ?`,
    conversationId,
    cursor,
    complete ? 1 : 0,
    keepsPlace ? 1 : 0,
  );
  if (!complete) return;
  db.run(
    `UPDATE threads SET checked_at = ?1, retry_at = NULL,
       covered_to = max(
         coalesce((SELECT max(created_at) FROM messages WHERE conversation_id = ?2 AND provisional = 0), 0),
         (SELECT iif(c.raised_at < ?4 OR c.last_message_at = threads.walked_last_at, c.last_message_at, 0)
          FROM conversations c WHERE c.id = ?2)),
       walked_last_at = (SELECT last_message_at FROM conversations WHERE id = ?2),
       recheck_due_at = CASE WHEN ?3 AND recheck_due_at <= ?4 THEN NULL ELSE recheck_due_at END
     WHERE conversation_id = ?2`,
    now,
    conversationId,
    kind === "full" ? 1 : 0,
    startedAt,
  );
}

export function coverageOf(db: ReadDb, id: ConversationId): Coverage {
  const thread = findThread(db, id);
  const messages = db.get<{ n: number; oldest: Millis | null; newest: Millis | null }>(
    "SELECT count(*) AS n, min(created_at) AS oldest, max(created_at) AS newest FROM messages WHERE conversation_id = ?",
    id,
  );
  const last = db.get<{ last_message_at: Millis }>("SELECT last_message_at FROM conversations WHERE id = ?", id);
  const lastAt = last?.last_message_at ?? 0;
  const complete = thread?.complete === 1 && (thread.covered_to ?? -Infinity) >= lastAt;
  const neverFetched = thread === null || (thread.complete === 0 && thread.cursor === null);
  return {
    complete,
    neverFetched,
    checkedAt: thread?.checked_at ?? null,
    held: messages?.n ?? 0,
    oldestAt: messages?.oldest ?? null,
    gap: complete || messages?.newest == null ? null : gapOf(db, id, thread, messages.newest, lastAt),
  };
}

/** Held to `covered_to` once: what is missing lies above it. Else the walk tells by the side it came from. */
function gapOf(
  db: ReadDb,
  id: ConversationId,
  thread: ThreadRow | null,
  newest: Millis,
  lastAt: Millis,
): Coverage["gap"] {
  if (thread?.complete === 1) {
    const coveredTo = thread.covered_to ?? 0;
    const edges = db.get<{ after: Millis | null; before: Millis | null }>(
      `SELECT max(created_at) FILTER (WHERE created_at <= ?2) AS after,
         min(created_at) FILTER (WHERE created_at > ?2 AND provisional = 0) AS before
       FROM messages WHERE conversation_id = ?1`,
      id,
      coveredTo,
    );
    return { after: edges?.after ?? null, before: edges?.before ?? null };
  }
  // Oldest first, the end is missing; newest first, the beginning.
  return newest < lastAt ? { after: newest, before: null } : { after: null, before: oldestOf(db, id) };
}

const oldestOf = (db: ReadDb, id: ConversationId): Millis | null =>
  db.get<{ at: Millis | null }>("SELECT min(created_at) AS at FROM messages WHERE conversation_id = ?", id)?.at ?? null;

/** A person asks for what is missing: nothing is put off any more. */
export function askForThread(db: WriteDb, { conversationId }: { conversationId: ConversationId }): void {
  db.run("UPDATE threads SET retry_at = NULL WHERE conversation_id = ?", conversationId);
}

/** Deletes a conversation its provider no longer has; false when the generation was old or there was nothing. */
export function removeConversation(
  db: WriteDb,
  {
    accountId,
    generation,
    conversationId: id,
  }: { accountId: AccountId; generation: number; conversationId: ConversationId },
): boolean {
  return db.transaction(() => {
    if (!isCurrentGeneration(db, accountId, generation)) return false;
    const found = db.get("SELECT 1 FROM conversations WHERE id = ? AND account_id = ?", id, accountId);
    return found !== undefined && dropConversation(db, id);
  });
}

/**
 * What is left of a deleted conversation: nothing. One with words of the person in it (a draft, an unsent
 * reply) keeps its row and those words, and loses everything the provider had given, also where it is quoted. Part of the
 * caller's transaction.
 */
export function dropConversation(db: WriteDb, id: ConversationId): boolean {
  const held = db.all<{ text: string }>(
    `SELECT body AS text FROM messages WHERE conversation_id = ?1 AND body IS NOT NULL
       UNION ALL SELECT preview FROM conversations WHERE id = ?1 AND preview IS NOT NULL`,
    id,
  );
  forgetCopies(
    db,
    id,
    held.map(({ text }) => text),
  );
  // What waits can no longer be sent; what is on its way is settled by its answer.
  db.run(
    `UPDATE outbox SET state = 'failed', error_code = 'not_found', error_detail = '{}'
       WHERE conversation_id = ? AND state = 'queued'`,
    id,
  );
  const keep = db.get(
    `SELECT 1 FROM drafts WHERE conversation_id = ?1
       UNION ALL SELECT 1 FROM outbox WHERE conversation_id = ?1 AND state <> 'sent'`,
    id,
  );
  if (keep === undefined) return db.run("DELETE FROM conversations WHERE id = ?", id).changes > 0;
  for (const table of ["messages", "redactions", "threads"]) {
    db.run(`DELETE FROM ${table} WHERE conversation_id = ?`, id);
  }
  db.run("UPDATE conversations SET preview = NULL, unread_count = 0 WHERE id = ?", id);
  // Without this the next look would fetch it again at once.
  db.run(
    `INSERT INTO threads (conversation_id, complete, covered_to)
       SELECT id, 1, last_message_at FROM conversations WHERE id = ?`,
    id,
  );
  return true;
}
