/**
 * What a notification needs from the cache: which inbound messages are news, and a reply that came from one.
 *
 * Invariants: a message is handed out at most once, ever (what a crash swallows is still unread in the list);
 * nothing of a first sync is news; a reply delivered twice, also after a restart, is taken once, and one that may
 * not go is put into the draft in the same step.
 */
import type { AccountId, ConversationId, MessageId, Millis, ProviderName } from "../../shared/domain.ts";
import { AppError } from "../../shared/errors.ts";
import type { AppErrorCode } from "../../shared/errors.ts";
import type { ReadDb, WriteDb } from "./connection.ts";
import { getDraft, saveDraft } from "./drafts-repo.ts";
import { enqueue } from "./outbox-repo.ts";

/** The news of one thread. */
export interface ThreadNews {
  readonly conversationId: ConversationId;
  readonly accountId: AccountId;
  readonly accountName: string;
  readonly provider: ProviderName;
  readonly contactName: string | null;
  readonly contactNumber: string;
  readonly consent: "opted_in" | "opted_out" | "unknown";
  readonly count: number;
  /** The newest of them: its text, or null where there is none (media only, removed meanwhile). */
  readonly messageId: MessageId;
  readonly text: string | null;
  readonly at: Millis;
  /** Texts of this account are removed by its provider: a notification must not outlive one. */
  readonly textsAreRemoved: boolean;
}

interface NewsRow extends Omit<ThreadNews, "textsAreRemoved"> {
  readonly redactions: number;
}

/** The unread inbound messages nobody was told of yet, by thread, oldest news first. From now on they are told. */
export function takeNews(db: WriteDb, { accountId }: { accountId: AccountId }): ThreadNews[] {
  return db.transaction(() => {
    const upTo = db.get<{ id: number }>("SELECT coalesce(max(id), 0) AS id FROM messages")?.id ?? 0;
    const from = db.get<{ id: number }>("SELECT up_to_id AS id FROM notified WHERE account_id = ?", accountId)?.id ?? 0;
    if (upTo <= from) return [];
    const rows = isSynced(db, accountId) ? readNews(db, accountId, from, upTo) : [];
    db.run(
      `INSERT INTO notified (account_id, up_to_id) SELECT id, ? FROM accounts WHERE id = ?
       ON CONFLICT DO UPDATE SET up_to_id = excluded.up_to_id`,
      upTo,
      accountId,
    );
    return rows.map(({ redactions, ...news }) => ({
      ...news,
      textsAreRemoved: news.provider === "agentmessage" || redactions > 0,
    }));
  });
}

const isSynced = (db: ReadDb, accountId: AccountId): boolean =>
  db.get("SELECT 1 FROM sync_state WHERE account_id = ? AND last_completed_at IS NOT NULL", accountId) !== undefined;

function readNews(db: ReadDb, accountId: AccountId, from: number, upTo: number): NewsRow[] {
  return db.all<NewsRow>(
    `SELECT c.id AS conversationId, a.id AS accountId, a.name AS accountName, a.provider,
       coalesce(k.local_name, k.provider_name) AS contactName, k.number AS contactNumber, c.consent,
       news.count, m.id AS messageId, m.body AS text, m.created_at AS at,
       EXISTS (SELECT 1 FROM redactions r JOIN conversations o ON o.id = r.conversation_id
         WHERE o.account_id = a.id) AS redactions
     FROM (SELECT m.conversation_id AS id, count(*) AS count, max(m.created_at) AS at FROM messages m
         JOIN conversations c ON c.id = m.conversation_id
         WHERE m.id > ?1 AND m.id <= ?2 AND c.account_id = ?3 AND m.direction = 'inbound'
           AND m.created_at > c.read_to AND c.unread_count > 0
         GROUP BY m.conversation_id) news
     JOIN messages m ON m.id = (SELECT id FROM messages WHERE conversation_id = news.id AND created_at = news.at
       AND direction = 'inbound' ORDER BY id DESC LIMIT 1)
     JOIN conversations c ON c.id = news.id JOIN accounts a ON a.id = c.account_id
     JOIN contacts k ON k.id = c.contact_id
     WHERE a.state <> 'removing' ORDER BY m.created_at, m.id`,
    from,
    upTo,
    accountId,
  );
}

/** Which of these shown messages should not be shown any more: read since, or without their text. */
export function staleNews(db: ReadDb, { messageIds }: { messageIds: readonly MessageId[] }): MessageId[] {
  const live = db.all<{ id: MessageId }>(
    `SELECT m.id FROM messages m JOIN conversations c ON c.id = m.conversation_id
     LEFT JOIN redactions r ON r.conversation_id = m.conversation_id AND r.remote_id = m.remote_id
     WHERE m.id IN (SELECT value FROM json_each(?)) AND c.unread_count > 0 AND m.created_at > c.read_to
       AND m.body_state NOT IN ('redacted', 'missing') AND r.at IS NULL`,
    JSON.stringify(messageIds),
  );
  const alive = new Set(live.map(({ id }) => id));
  return messageIds.filter((id) => !alive.has(id));
}

export type NotificationReplyOutcome =
  | { readonly kind: "queued" }
  /** Delivered before: nothing was done. */
  | { readonly kind: "again" }
  /** It may not go, or not without the person: the text is in the thread's draft. */
  | { readonly kind: "draft"; readonly reason: AppErrorCode }
  /** The conversation is gone: there is no place left for the text. */
  | { readonly kind: "gone" };

/**
 * Troubles of the store, which pass: the reply comes again. Whatever else refuses it stays a refusal, also a consent that
 * nobody confirmed yet: a notification has no place for that question.
 */
const PASSES: ReadonlySet<AppErrorCode> = new Set(["disk_full", "disk_error", "db_damaged", "not_ready", "internal"]);

/** @param key  the same for every delivery of the same reply */
export function replyFromNotification(
  db: WriteDb,
  { conversationId, text, key, now }: { conversationId: ConversationId; text: string; key: string; now: Millis },
): NotificationReplyOutcome {
  return db.transaction(() => {
    if (db.get("SELECT 1 FROM notification_replies WHERE key = ?", key) !== undefined) return { kind: "again" };
    const target = db.get(
      "SELECT 1 FROM conversations c JOIN accounts a ON a.id = c.account_id WHERE c.id = ? AND a.state <> 'removing'",
      conversationId,
    );
    if (target === undefined) return { kind: "gone" };
    db.run("INSERT INTO notification_replies (key, conversation_id, at) VALUES (?, ?, ?)", key, conversationId, now);
    try {
      enqueue(db, { conversationId, text, key, now, writtenIn: "notification" });
      return { kind: "queued" };
    } catch (error) {
      if (!(error instanceof AppError) || PASSES.has(error.code)) throw error;
      return keepAsDraft(db, conversationId, text, now, error.code);
    }
  });
}

function keepAsDraft(
  db: WriteDb,
  conversationId: ConversationId,
  text: string,
  now: Millis,
  reason: AppErrorCode,
): NotificationReplyOutcome {
  const typed = getDraft(db, { conversationId });
  if (text.trim() !== "")
    saveDraft(db, { conversationId, text: typed.trim() === "" ? text : `${typed}\n${text}`, now });
  return { kind: "draft", reason };
}
