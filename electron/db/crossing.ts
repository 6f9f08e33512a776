/**
 * Crossing: did somebody else answer this thread while a reply was being written, waiting or scheduled?
 *
 * "Somebody else" is an outbound message that no reply of this device became. Reads the cache only: what it can say
 * is as fresh as the last sync. Invariants: a message that was there when the draft was begun never counts, nor does
 * one a person has seen and decided to write all the same; a reply of ours that is on its way is not taken for another's.
 */
import type { ConversationId, MessageId, Millis } from "../../shared/domain.ts";
import type { ReadDb } from "./connection.ts";
import { MAY_BE_REPLY } from "./reply-match.ts";

/** Where the thread stood when the reply was begun. */
export interface Begun {
  readonly at: Millis;
  /** Date of the newest message known then. */
  readonly after: Millis;
}

export interface Candidate {
  readonly id: MessageId;
  readonly createdAt: Millis;
  /** When this device first held it. */
  readonly seenAt: Millis;
}

/** The newest of another's replies that whoever wrote cannot have known. Pure. */
export function newestCrossing(
  candidates: readonly Candidate[],
  begun: Begun,
  seenUpTo: MessageId | null,
): Candidate | null {
  const crossing = candidates.filter(
    ({ id, createdAt, seenAt }) => seenAt >= begun.at && createdAt > begun.after && id > (seenUpTo ?? 0),
  );
  return crossing.toSorted((a, b) => a.createdAt - b.createdAt || a.id - b.id).at(-1) ?? null;
}

export function findCrossing(
  db: ReadDb,
  conversationId: ConversationId,
  begun: Begun,
  seenUpTo: MessageId | null,
): Candidate | null {
  const candidates = db.all<Candidate>(
    `SELECT m.id, m.created_at AS createdAt, m.seen_at AS seenAt FROM messages m
     WHERE m.conversation_id = ?1 AND m.created_at > ?2 AND m.direction = 'outbound' AND m.provisional = 0
       AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.settled_message_id = m.id)
       AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.conversation_id = ?1 AND o.state <> 'sent' AND o.sent_at IS NOT NULL
         AND ${MAY_BE_REPLY})`,
    conversationId,
    begun.after,
  );
  return newestCrossing(candidates, begun, seenUpTo);
}

/** The thread as it is known now. */
export function begunNow(db: ReadDb, conversationId: ConversationId, now: Millis): Begun {
  const newest = db.get<{ at: Millis }>(
    `SELECT max(c.last_message_at, coalesce((SELECT max(created_at) FROM messages WHERE conversation_id = c.id), 0)) AS at
     FROM conversations c WHERE c.id = ?`,
    conversationId,
  );
  return { at: now, after: newest?.at ?? 0 };
}

/** As the thread stood when its draft was begun; null: there is none, or an old one that did not say. */
export function begunWithDraft(db: ReadDb, conversationId: ConversationId): Begun | null {
  const draft = db.get<{ began_at: Millis | null; began_after: Millis | null }>(
    "SELECT began_at, began_after FROM drafts WHERE conversation_id = ?",
    conversationId,
  );
  if (draft === undefined || draft.began_at === null || draft.began_after === null) return null;
  return { at: draft.began_at, after: draft.began_after };
}

/** A notification is answered as of the text it showed: the contact's last one. */
export function begunWithNotification(db: ReadDb, conversationId: ConversationId): Begun | null {
  const shown = db.get<{ at: Millis | null }>(
    "SELECT max(created_at) AS at FROM messages WHERE conversation_id = ? AND direction = 'inbound'",
    conversationId,
  );
  return shown?.at == null ? null : { at: 0, after: shown.at };
}
