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

/** An empty text deletes the draft; so does one for a conversation that is gone. */
export function saveDraft(
  db: WriteDb,
  { conversationId, text, now }: { conversationId: ConversationId; text: string; now: Millis },
): void {
  if (text === "") {
    db.run("DELETE FROM drafts WHERE conversation_id = ?", conversationId);
    return;
  }
  const begun = begunNow(db, conversationId, now);
  db.run(
    `INSERT INTO drafts (conversation_id, text, saved_at, began_at, began_after)
       SELECT id, ?, ?, ?, ? FROM conversations WHERE id = ?
     ON CONFLICT DO UPDATE SET text = excluded.text, saved_at = excluded.saved_at`,
    text,
    now,
    begun.at,
    begun.after,
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
