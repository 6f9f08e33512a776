/**
 * The outbox as a person sees and handles it: what is open, sent again, taken back, given up.
 *
 * Invariant: words taken out of the outbox are in the draft or in the caller's hands in the same step; a reply that is on
 * its way cannot be taken out.
 */
import type { Conversation, ConversationId, Millis, OutboxId, OutboxItem } from "../../shared/domain.ts";
import { AppError } from "../../shared/errors.ts";
import type { MediaId } from "../../shared/media.ts";
import { attachmentsOfReply, giveToDraft, parkAttachments } from "./attachments-repo.ts";
import type { ReadDb, WriteDb } from "./connection.ts";
import { findConversation } from "./conversations-repo.ts";
import { begunNow } from "./crossing.ts";
import { beginDraft, beginDraftAnew, getDraft, saveDraft } from "./drafts-repo.ts";
import { requeue } from "./outbox-repo.ts";
import { getRow, toItem } from "./outbox-rows.ts";
import type { FullRow } from "./outbox-rows.ts";
import type { OutboxRow } from "./rows.ts";

/** Every reply that is not a message yet, of all accounts, with its conversation; oldest first. */
export function listOpen(db: ReadDb): { item: OutboxItem; conversation: Conversation }[] {
  // The plus keeps SQLite from walking through all replies ever sent for the sake of the order.
  const rows = db.all<OutboxRow>("SELECT * FROM outbox WHERE state <> 'sent' ORDER BY +id");
  return rows.flatMap((row) => {
    const conversation = findConversation(db, { id: row.conversation_id as ConversationId });
    return conversation === null ? [] : [{ item: toItem(db, row), conversation }];
  });
}

/**
 * Takes a reply out of the outbox and puts its text in front of the thread's draft, and its files into it, in one step:
 * whatever happens next, they are in one of the two. @throws AppError as `retry`
 */
export function toDraft(db: WriteDb, { id, now }: { id: OutboxId; now: Millis }): { conversationId: ConversationId } {
  return db.transaction(() => {
    refuseWhileSending(getRow(db, id));
    giveToDraft(db, id);
    const { conversationId, text } = discard(db, { id });
    const typed = getDraft(db, { conversationId });
    const joined = typed.trim() === "" || typed.trim() === text.trim() ? text : `${text}\n${typed}`.trim();
    beginDraft(db, { conversationId, now });
    saveDraft(db, { conversationId, text: joined, now });
    beginDraftAnew(db, { conversationId, now });
    return { conversationId };
  });
}

export const threadOutbox = (db: ReadDb, { conversationId }: { conversationId: ConversationId }): OutboxItem[] =>
  db
    .all<OutboxRow>("SELECT * FROM outbox WHERE conversation_id = ? AND state <> 'sent' ORDER BY id", conversationId)
    .map((row) => toItem(db, row));

/**
 * The person says "send now": a failed reply, one of unknown outcome or one for later goes to the queue as it is.
 *
 * @throws AppError `not_found`; `rejected` with `detail.reason = "sending"` while it is on its way
 */
export function retry(db: WriteDb, { id, now }: { id: OutboxId; now: Millis }): { conversationId: ConversationId } {
  return db.transaction(() => {
    const row = getRow(db, id);
    refuseWhileSending(row);
    requeue(db, { id, failure: null, notBefore: null, now });
    const begun = begunNow(db, row.conversation_id as ConversationId, now);
    // Now, by a person who has seen the thread: no schedule and nothing before this moment stands in the way.
    db.run(
      `UPDATE outbox SET scheduled_at = NULL, began_at = ?, began_after = ?,
         seen_up_to = coalesce((SELECT max(id) FROM messages WHERE conversation_id = outbox.conversation_id), 0) WHERE id = ?`,
      begun.at,
      begun.after,
      id,
    );
    return { conversationId: row.conversation_id as ConversationId };
  });
}

export interface Discarded {
  readonly conversationId: ConversationId;
  readonly text: string;
  /** With `keepsFiles`: they can go back with the reply until they are removed or the app ends. */
  readonly files: MediaId[];
}

/** Takes a reply out of the outbox and gives its text back. @throws AppError as `retry` */
export function discard(db: WriteDb, { id, keepsFiles = false }: { id: OutboxId; keepsFiles?: boolean }): Discarded {
  return db.transaction(() => {
    const row = getRow(db, id);
    refuseWhileSending(row);
    const files = keepsFiles ? attachmentsOfReply(db, id).map((file) => file.id) : [];
    if (keepsFiles) parkAttachments(db, id);
    db.run("DELETE FROM outbox WHERE id = ?", id);
    return { conversationId: row.conversation_id as ConversationId, text: row.text, files };
  });
}

function refuseWhileSending({ state }: FullRow): void {
  if (state === "sending" || state === "sent") {
    throw new AppError("rejected", `reply is ${state}`, { detail: { reason: state } });
  }
}
