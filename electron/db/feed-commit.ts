/**
 * Makes one page of a provider's feed of changed messages durable, together with the feed's mark.
 *
 * One transaction. The feed adds to threads that were once held completely: it changes what is here and brings what
 * is newer than all of that. Invariants: it never moves a thread's place, so that a thread's own pages still
 * confirm everything; a message that is not here and not newer is left to those pages (it may have been deleted
 * there after the feed was written); what a row leaves out is kept, because only a thread's own page may take a text or
 * a picture away; tombstones win; a commit under an old generation writes nothing.
 */
import type { ConversationId, Millis } from "../../shared/domain.ts";
import type { ChangedMessage, CommitChanges, CommitResult, RemoteMessage } from "./inputs.ts";
import type { WriteDb } from "./connection.ts";
import { applyMessage, followNewest, openPage } from "./message-commit.ts";
import { isCurrentGeneration } from "./sync-repo.ts";

const NOTHING: CommitResult = { applied: false, changed: [], newInbound: [], removedTexts: 0 };

export function commitChanges(db: WriteDb, commit: CommitChanges): CommitResult {
  return db.transaction(() => {
    const { accountId, generation, mark } = commit;
    if (!isCurrentGeneration(db, accountId, generation)) return NOTHING;
    const result: CommitResult = { applied: true, changed: [], newInbound: [], removedTexts: 0 };
    const byThread = Map.groupBy(commit.items, ({ conversationRemoteId }) => conversationRemoteId);
    const total = [...byThread].reduce(
      (sum, [remoteId, items]) => sum + applyToThread(db, commit, remoteId, items, result),
      0,
    );
    if (mark !== null) {
      db.run("UPDATE sync_state SET feed_mark = max(coalesce(feed_mark, 0), ?) WHERE account_id = ?", mark, accountId);
    }
    return { ...result, removedTexts: total };
  });
}

/** Adds to `result` what changed; says how many texts were removed. */
function applyToThread(
  db: WriteDb,
  { accountId, generation, startedAt, now }: CommitChanges,
  remoteId: string,
  changes: readonly ChangedMessage[],
  result: CommitResult,
): number {
  const thread = db.get<{ id: ConversationId; coveredTo: Millis }>(
    `SELECT c.id, coalesce(t.covered_to, 0) AS coveredTo FROM conversations c
     JOIN threads t ON t.conversation_id = c.id AND t.complete = 1 WHERE c.account_id = ? AND c.remote_id = ?`,
    accountId,
    remoteId,
  );
  if (thread === undefined) return 0;
  const items = changes.map(({ message }) => message).toSorted((a, b) => a.createdAt - b.createdAt);
  const opened = openPage(db, {
    accountId,
    generation,
    conversationId: thread.id,
    items,
    rejected: [],
    kind: "delta",
    cursor: null,
    complete: false,
    startedAt,
    now,
  });
  if (opened === null) return 0;
  // Later pages hold earlier texts: what is news is measured by what the thread's own pages brought.
  const page = { ...opened, thread: { ...opened.thread, newestHeld: thread.coveredTo } };
  for (const item of items) {
    const isHeld = page.held.messages.has(item.remoteId);
    if (isHeld || item.createdAt > thread.coveredTo) applyMessage(page, isHeld ? completed(db, thread.id, item) : item);
  }
  if (!page.changed) return page.removedTexts;
  if (followNewest(page)) page.removedTexts = Math.max(1, page.removedTexts);
  result.changed.push(thread.id);
  result.newInbound.push(...page.newInbound);
  return page.removedTexts;
}

/** The row with what it leaves out of a message that is here. The addresses of as many pictures are the same ones, signed anew. */
function completed(db: WriteDb, id: ConversationId, item: RemoteMessage): RemoteMessage {
  const stored = db.get<{ body: string | null; media: string | null }>(
    "SELECT body, media_urls AS media FROM messages WHERE conversation_id = ? AND remote_id = ?",
    id,
    item.remoteId,
  );
  const heldUrls = stored?.media == null ? [] : (JSON.parse(stored.media) as string[]);
  const { mediaUrls } = item;
  return {
    ...item,
    body: item.body || (stored?.body ?? null),
    mediaUrls: mediaUrls.length === 0 || mediaUrls.length === heldUrls.length ? heldUrls : mediaUrls,
  };
}
