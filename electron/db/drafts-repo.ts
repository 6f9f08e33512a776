/** Drafts: what a person has typed and not sent, one per conversation. */
import type { ConversationId, Millis } from "../../shared/domain.ts";
import type { ReadDb, WriteDb } from "./connection.ts";

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
  db.run(
    `INSERT INTO drafts (conversation_id, text, saved_at) SELECT id, ?, ? FROM conversations WHERE id = ?
     ON CONFLICT DO UPDATE SET text = excluded.text, saved_at = excluded.saved_at`,
    text,
    now,
    conversationId,
  );
}
