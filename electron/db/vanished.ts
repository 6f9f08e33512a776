/**
 * Messages that a provider deleted one by one: found because a page of the thread no longer has them.
 *
 * Part of the page's transaction. Invariants: only what lies strictly within the page's own stretch of time can be
 * missed; a page with a record that could not be read proves nothing; a reply that is not listed yet is not touched.
 */
import type { ConversationId, MessageId } from "../../shared/domain.ts";
import type { WriteDb } from "./connection.ts";
import type { CommitMessages } from "./inputs.ts";
import { forgetCopies } from "./redaction.ts";

interface Work {
  readonly db: WriteDb;
  readonly commit: CommitMessages;
  removedTexts: number;
}

/** Deletes them with everything of theirs; says whether there were any. */
export function dropVanished(page: Work): boolean {
  const { db, commit } = page;
  if (commit.items.length === 0 || commit.rejected.length > 0) return false;
  const dates = commit.items.map(({ createdAt }) => createdAt);
  const vanished = db.all<{ id: MessageId; body: string | null }>(
    `SELECT id, body FROM messages WHERE conversation_id = ? AND created_at > ? AND created_at < ? AND provisional = 0
       AND seen_at < ? AND remote_id NOT IN (SELECT value FROM json_each(?))`,
    commit.conversationId,
    Math.min(...dates),
    Math.max(...dates),
    // What came while this walk ran is younger than the page may be.
    commit.startedAt,
    JSON.stringify(commit.items.map(({ remoteId }) => remoteId)),
  );
  for (const { id, body } of vanished) forget(db, commit.conversationId, id, body);
  page.removedTexts += vanished.length;
  return vanished.length > 0;
}

function forget(db: WriteDb, conversationId: ConversationId, id: MessageId, body: string | null): void {
  db.run("UPDATE outbox SET settled_message_id = NULL WHERE settled_message_id = ?", id);
  db.run("DELETE FROM messages WHERE id = ?", id);
  forgetCopies(db, conversationId, [body ?? ""]);
}
