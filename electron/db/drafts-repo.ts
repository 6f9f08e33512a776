/**
 * Drafts: what a person has typed and not sent, one per conversation.
 *
 * Invariant: a draft remembers how the thread stood when it was begun; more typing does not change that, an emptied box
 * begins anew.
 */
import type { ConversationId, Millis } from "../../shared/domain.ts";
import type { ReadDb, WriteDb } from "./connection.ts";
import { begunNow } from "./crossing.ts";

export const getDraft = (db: ReadDb, { conversationId }: { conversationId: ConversationId }): string =>
  db.get<{ text: string }>("SELECT text FROM drafts WHERE conversation_id = ?", conversationId)?.text ?? "";

/** An empty text deletes the draft unless it has files; so does one for a conversation that is gone. */
export function saveDraft(
  db: WriteDb,
  { conversationId, text, now }: { conversationId: ConversationId; text: string; now: Millis },
): void {
  if (text === "") return clearDraftText(db, { conversationId });
  beginDraft(db, { conversationId, now });
  db.run("UPDATE drafts SET text = ?, saved_at = ? WHERE conversation_id = ?", text, now, conversationId);
}

/** Unless there is one: nothing in it yet, as the thread stands now. A conversation that is gone gets none. */
export function beginDraft(
  db: WriteDb,
  { conversationId, now }: { conversationId: ConversationId; now: Millis },
): void {
  const begun = begunNow(db, conversationId, now);
  db.run(
    `INSERT INTO drafts (conversation_id, text, saved_at, began_at, began_after)
       SELECT id, '', ?, ?, ? FROM conversations WHERE id = ? ON CONFLICT DO NOTHING`,
    now,
    begun.at,
    begun.after,
    conversationId,
  );
}

/** Its words go; files that a person put into it stay, and so does then the draft. */
export function clearDraftText(db: WriteDb, { conversationId }: { conversationId: ConversationId }): void {
  db.run("UPDATE drafts SET text = '' WHERE conversation_id = ? AND text <> ''", conversationId);
  dropEmptyDraft(db, { conversationId });
}

/** A draft without words and without files is none. */
export function dropEmptyDraft(db: WriteDb, { conversationId }: { conversationId: ConversationId }): void {
  db.run(
    `DELETE FROM drafts WHERE conversation_id = ?1 AND text = '' AND NOT EXISTS (
       SELECT 1 FROM attachments WHERE conversation_id = ?1 AND outbox_id IS NULL AND is_parked = 0)`,
    conversationId,
  );
}

/** The person has the thread before them and goes on: what is in it now crosses nothing. */
export function beginDraftAnew(
  db: WriteDb,
  { conversationId, now }: { conversationId: ConversationId; now: Millis },
): void {
  const begun = begunNow(db, conversationId, now);
  db.run(
    "UPDATE drafts SET began_at = ?, began_after = ? WHERE conversation_id = ?",
    begun.at,
    begun.after,
    conversationId,
  );
}
