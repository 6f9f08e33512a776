/** Reading a thread: pages of messages in ascending order, and the history of consent. */
import type { Consent, ConversationId, MessagePosition, Millis } from "../../shared/domain.ts";
import type { ThreadPage } from "../../shared/ipc.ts";
import type { ReadDb } from "./connection.ts";
import { mediaOf } from "./media-repo.ts";
import { MESSAGE_COLUMNS, MESSAGE_JOINS, toConsent, toMessage } from "./rows.ts";
import type { MessageRow } from "./rows.ts";
import { coverageOf } from "./threads-repo.ts";

export interface ThreadQuery {
  readonly conversationId: ConversationId;
  /** Exclusive; null starts at the newest. */
  readonly before: MessagePosition | null;
  readonly limit: number;
}

export function threadPage(db: ReadDb, { conversationId, before, limit }: ThreadQuery): ThreadPage {
  // One more than asked for tells whether there is more.
  const newestFirst = db.all<MessageRow>(
    `SELECT ${MESSAGE_COLUMNS} FROM messages m ${MESSAGE_JOINS}
     WHERE m.conversation_id = ? AND (m.created_at, m.id) < (?, ?)
     ORDER BY m.created_at DESC, m.id DESC LIMIT ?`,
    conversationId,
    before?.createdAt ?? Number.MAX_SAFE_INTEGER,
    before?.id ?? Number.MAX_SAFE_INTEGER,
    limit + 1,
  );
  const rows = newestFirst.slice(0, limit).toReversed();
  const messages = rows.map(toMessage);
  const media = mediaOf(
    db,
    messages.filter(({ mediaCount }) => mediaCount > 0).map(({ id }) => id),
  );
  return {
    messages: messages.map((message) => ({ ...message, media: media.get(message.id) ?? [] })),
    hasOlder: newestFirst.length > limit,
    coverage: coverageOf(db, conversationId),
  };
}

/** The first message at or after a moment that is held here. */
export function firstSince(
  db: ReadDb,
  { conversationId, at }: { conversationId: ConversationId; at: Millis },
): { first: MessagePosition | null } {
  const row = db.get<{ created_at: Millis; id: number }>(
    "SELECT created_at, id FROM messages WHERE conversation_id = ? AND created_at >= ? ORDER BY created_at, id LIMIT 1",
    conversationId,
    at,
  );
  return { first: row === undefined ? null : { createdAt: row.created_at, id: row.id as MessagePosition["id"] } };
}

export function consentHistory(
  db: ReadDb,
  { conversationId }: { conversationId: ConversationId },
): { consent: Consent; observedAt: Millis; source: string }[] {
  return db
    .all<{ consent: string; since: number | null; observed_at: number; source: string }>(
      "SELECT consent, since, observed_at, source FROM consent_events WHERE conversation_id = ? ORDER BY observed_at, id",
      conversationId,
    )
    .map(({ consent, since, observed_at, source }) => ({
      consent: toConsent(consent, since),
      observedAt: observed_at,
      source,
    }));
}
