/**
 * A person's decisions about conversations: done, snoozed, pinned, unread; each can be taken back.
 *
 * What an incoming text does to them is in the schema's triggers. Invariants: one call is one decision and one batch
 * of undo; taking back never hides a conversation that got news meanwhile; only the last `KEPT_BATCHES` are kept.
 */
import type { Conversation, ConversationId, Millis } from "../../shared/domain.ts";
import { AppError } from "../../shared/errors.ts";
import type { TriageAction } from "../../shared/ipc.ts";
import type { ReadDb, WriteDb } from "./connection.ts";
import { NUMBERED } from "./contact-repo.ts";
import { findConversation } from "./conversations-repo.ts";

const KEPT_BATCHES = 30;

const READ = `unread_count = 0, read_to = max(read_to, last_message_at,
  coalesce((SELECT max(created_at) FROM messages WHERE conversation_id = conversations.id), 0))`;
/** The newest inbound message becomes unread again, so that a recount says the same. */
const UNREAD = `unread_count = max(unread_count, 1), read_to = min(read_to, coalesce(
  (SELECT max(created_at) FROM messages WHERE conversation_id = conversations.id AND direction = 'inbound'),
  last_message_at) - 1)`;
const AWAKE = "done_at = NULL, snoozed_until = NULL, snoozed_until_reply = 0, put_away_to = NULL";

function changeOf(action: TriageAction, now: Millis): { sql: string; values: number[] } {
  switch (action.kind) {
    case "done":
      return {
        sql: `${READ}, done_at = ?, snoozed_until = NULL, snoozed_until_reply = 0, put_away_to = last_message_at`,
        values: [now],
      };
    case "snooze":
      return action.until === null
        ? {
            sql: `${READ}, done_at = NULL, snoozed_until = NULL, snoozed_until_reply = 1, put_away_to = last_message_at`,
            values: [],
          }
        : {
            sql: `${READ}, done_at = NULL, snoozed_until = ?, snoozed_until_reply = 0, put_away_to = last_message_at`,
            values: [action.until],
          };
    case "reopen":
      return { sql: AWAKE, values: [] };
    case "read":
      return { sql: READ, values: [] };
    case "unread":
      return { sql: UNREAD, values: [] };
    case "pin":
      return { sql: "pinned_at = coalesce(pinned_at, ?)", values: [now] };
    case "unpin":
      return { sql: "pinned_at = NULL", values: [] };
  }
}

const AMONG = "id IN (SELECT value FROM json_each(?))";

/** Unknown ids are left out of `count`. */
export function applyTriage(
  db: WriteDb,
  { ids, action, now }: { ids: readonly ConversationId[]; action: TriageAction; now: Millis },
): { undoId: number; count: number } {
  return db.transaction(() => {
    const list = JSON.stringify(ids);
    const undoId = (db.get<{ last: number | null }>("SELECT max(batch) AS last FROM triage_undo")?.last ?? 0) + 1;
    db.run(
      `INSERT INTO triage_undo SELECT ?, id, done_at, snoozed_until, snoozed_until_reply, put_away_to, pinned_at,
         unread_count, read_to, last_message_at FROM conversations WHERE ${AMONG}`,
      undoId,
      list,
    );
    db.run("DELETE FROM triage_undo WHERE batch <= ?", undoId - KEPT_BATCHES);
    const { sql, values } = changeOf(action, now);
    return { undoId, count: db.run(`UPDATE conversations SET ${sql} WHERE ${AMONG}`, ...values, list).changes };
  });
}

/** Which conversations were put back; none when that batch is not kept any more or was taken back already. */
export function undoTriage(db: WriteDb, { undoId }: { undoId: number }): ConversationId[] {
  return db.transaction(() => {
    const ids = db
      .all<{ id: ConversationId }>("SELECT conversation_id AS id FROM triage_undo WHERE batch = ?", undoId)
      .map(({ id }) => id);
    // What came in since keeps the conversation open and unread; a decision that read nothing has counted it already.
    db.run(
      `UPDATE conversations AS c SET
         done_at = iif(c.last_message_at > u.last_message_at, c.done_at, u.done_at),
         snoozed_until = iif(c.last_message_at > u.last_message_at, c.snoozed_until, u.snoozed_until),
         snoozed_until_reply = iif(c.last_message_at > u.last_message_at, c.snoozed_until_reply, u.snoozed_until_reply),
         put_away_to = iif(c.last_message_at > u.last_message_at, c.put_away_to, u.put_away_to),
         pinned_at = u.pinned_at,
         read_to = u.read_to,
         unread_count = CASE WHEN c.read_to = u.read_to THEN c.unread_count
           ELSE u.unread_count + iif(c.last_message_at > u.last_message_at, c.unread_count, 0) END
       FROM triage_undo u WHERE u.batch = ? AND c.id = u.conversation_id`,
      undoId,
    );
    db.run("DELETE FROM triage_undo WHERE batch = ?", undoId);
    return ids;
  });
}

/** When the next snoozed conversation wakes; null when none waits for an hour. */
export function nextWakeAt(db: ReadDb): Millis | null {
  return (
    db.get<{ at: Millis | null }>(
      "SELECT snoozed_until AS at FROM conversations WHERE wakes_at IS NOT NULL ORDER BY wakes_at LIMIT 1",
    )?.at ?? null
  );
}

/** Brings back what is due, unread, so that it is seen. */
export function wakeSnoozed(db: WriteDb, { now }: { now: Millis }): ConversationId[] {
  return db.transaction(() => {
    const due = db
      .all<{ id: ConversationId }>("SELECT id FROM conversations WHERE wakes_at <= ?", now)
      .map(({ id }) => id);
    if (due.length > 0) db.run(`UPDATE conversations SET ${AWAKE}, ${UNREAD} WHERE ${AMONG}`, JSON.stringify(due));
    return due;
  });
}

/**
 * Gives the contact's number a name of this device, in every account that knows it. Returns what changed.
 * @throws AppError `not_found`
 */
export function renameContact(
  db: WriteDb,
  { id, name }: { id: ConversationId; name: string | null },
): { conversation: Conversation; changed: ConversationId[] } {
  return db.transaction(() => {
    const before = findConversation(db, { id });
    if (before === null) throw new AppError("not_found");
    db.run(`UPDATE contacts SET local_name = ? WHERE ${NUMBERED}`, name, before.contactNumber);
    const changed = db.all<{ id: ConversationId }>(
      "SELECT c.id FROM contacts k JOIN conversations c ON c.contact_id = k.id WHERE k.number = ?",
      before.contactNumber,
    );
    return { conversation: findConversation(db, { id }) ?? before, changed: changed.map((row) => row.id) };
  });
}
