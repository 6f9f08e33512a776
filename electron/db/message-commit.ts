/**
 * Makes one page of a thread durable, together with the thread's place.
 *
 * One transaction. Invariants: the same page twice changes nothing; a tombstone wins over any page; a status
 * never moves backwards, except to failed; a reply sent from here is shown once, whether the provider lists it
 * under the id it answered with or under another.
 */
import type { ConversationId, MessageId, MessageStatus, Millis } from "../../shared/domain.ts";
import { adoptProvisional } from "./adopt-provisional.ts";
import type { CommitMessages, CommitResult, RemoteMessage } from "./inputs.ts";
import type { ReadDb, WriteDb } from "./connection.ts";
import { noteOptOutWish } from "./consent-repo.ts";
import { recountUnread } from "./conversations-repo.ts";
import { keepSeededUnread, leadList } from "./list-row.ts";
import { insertMessages } from "./message-insert.ts";
import type { NewMessage } from "./message-insert.ts";
import { dropVanished } from "./vanished.ts";
import { quarantine } from "./quarantine-repo.ts";
import { buryUnrestored, dropBodiesUpTo, forgetCopies, suspectOlderThreads, writeTombstone } from "./redaction.ts";
import { isCurrentGeneration } from "./sync-repo.ts";
import { findThread, saveThreadPlace } from "./threads-repo.ts";

const NOTHING: CommitResult = { applied: false, changed: [], newInbound: [], removedTexts: 0 };

interface ThreadFacts {
  readonly id: ConversationId;
  readonly accountId: number;
  readonly lastMessageAt: Millis;
  readonly phoneNumberId: number;
  /** The newest last message known to be redacted: its date, and when the provider removed it. */
  readonly redactedUpTo: Millis | null;
  readonly redactedUpToAt: Millis | null;
  /** Newest listed message held before this page; inbound ones after it are news, also those before a reply of ours. */
  readonly newestHeld: Millis;
  readonly wasComplete: boolean;
  readonly unreadCount: number;
}

export interface PageWork {
  readonly db: WriteDb;
  readonly now: Millis;
  readonly thread: ThreadFacts;
  readonly commit: CommitMessages;
  readonly newInbound: MessageId[];
  readonly held: HeldIds;
  /** New ones that are not yet stored: they go together. */
  readonly unstored: NewMessage[];
  changed: boolean;
  removedTexts: number;
}

/** Which of a page's messages the thread has met before: asked once per page, so that new ones cost no question each. */
interface HeldIds {
  readonly messages: Set<string>;
  readonly tombstones: Set<string>;
  readonly hasProvisional: boolean;
}

export function commitMessages(db: WriteDb, commit: CommitMessages): CommitResult {
  return db.transaction(() => {
    const { accountId, generation, conversationId, now } = commit;
    if (!isCurrentGeneration(db, accountId, generation)) return NOTHING;
    const page = openPage(db, commit);
    // The conversation was removed while its page was on the way: applied, nothing to do.
    if (page === null) return { ...NOTHING, applied: true };
    const { thread } = page;
    const before = findThread(db, conversationId);
    for (const item of commit.items) collectMessage(page, item);
    storeNew(page);
    if (commit.dropsVanished === true && dropVanished(page)) page.changed = true;
    quarantine(db, accountId, "messages", commit.rejected, now);
    if (page.changed) learnFromNewest(page);
    if (commit.complete && commit.kind === "full") {
      if (buryUnrestored(db, conversationId, commit.startedAt, now) > 0) page.changed = true;
    }
    if (page.changed && followNewest(page)) page.removedTexts = Math.max(1, page.removedTexts);
    if (!thread.wasComplete) keepSeededUnread(db, conversationId, thread.unreadCount);
    saveThreadPlace(db, before, commit);
    if (commit.leadsList === true && commit.complete && leadList(db, conversationId)) page.changed = true;
    const coverageChanged = commit.complete && before?.complete !== 1;
    const changed = page.changed || coverageChanged ? [conversationId] : [];
    return { applied: true, changed, newInbound: page.newInbound, removedTexts: page.removedTexts };
  });
}

/** A page about to be applied; null when its conversation is gone. Part of the caller's transaction. */
export function openPage(db: WriteDb, commit: CommitMessages): PageWork | null {
  const { conversationId, items, now } = commit;
  const thread = factsOf(db, conversationId);
  if (thread === null) return null;
  const held = heldOf(db, conversationId, items);
  return { db, now, thread, commit, newInbound: [], held, unstored: [], changed: false, removedTexts: 0 };
}

function factsOf(db: ReadDb, id: ConversationId): ThreadFacts | null {
  const row = db.get<Omit<ThreadFacts, "wasComplete"> & { wasComplete: number }>(
    `SELECT c.id, c.account_id AS accountId, c.last_message_at AS lastMessageAt, c.phone_number_id AS phoneNumberId,
       c.redacted_upto AS redactedUpTo, c.redacted_upto_at AS redactedUpToAt, coalesce(t.complete, 0) AS wasComplete,
       c.unread_count AS unreadCount,
       coalesce(t.covered_to, (SELECT max(created_at) FROM messages WHERE conversation_id = c.id AND provisional = 0), 0)
         AS newestHeld
     FROM conversations c LEFT JOIN threads t ON t.conversation_id = c.id WHERE c.id = ?`,
    id,
  );
  return row === undefined ? null : { ...row, wasComplete: row.wasComplete === 1 };
}

function heldOf(db: ReadDb, id: ConversationId, items: readonly RemoteMessage[]): HeldIds {
  const ids = JSON.stringify(items.map(({ remoteId }) => remoteId));
  const among = (table: "messages" | "redactions") =>
    new Set(
      db
        .all<{ remote_id: string }>(
          `SELECT remote_id FROM ${table} WHERE conversation_id = ? AND remote_id IN (SELECT value FROM json_each(?))`,
          id,
          ids,
        )
        .map(({ remote_id }) => remote_id),
    );
  const provisional = db.get("SELECT 1 FROM messages WHERE conversation_id = ? AND provisional = 1 LIMIT 1", id);
  return { messages: among("messages"), tombstones: among("redactions"), hasProvisional: provisional !== undefined };
}

interface StoredMessage {
  readonly id: MessageId;
  readonly body: string | null;
  readonly body_state: string;
  readonly dropped_at: Millis | null;
  readonly media_urls: string | null;
  readonly status: MessageStatus;
  readonly created_at: Millis;
  readonly provisional: number;
}

/** One message by itself. */
export function applyMessage(page: PageWork, item: RemoteMessage): void {
  collectMessage(page, item);
  storeNew(page);
}

/** A new one is stored with the others of its page, by `storeNew`. */
function collectMessage(page: PageWork, item: RemoteMessage): void {
  const { db, now, thread, held } = page;
  // A page may name the same message twice.
  if (held.messages.has(item.remoteId)) storeNew(page);
  const isKnown =
    held.messages.has(item.remoteId) ||
    (held.hasProvisional && adoptProvisional(db, thread.id, item, page.commit.items));
  const stored = isKnown ? findMessage(db, thread.id, item.remoteId) : null;
  held.messages.add(item.remoteId);
  const redactedAt = item.redactedAt ?? redactedInList(page, item);
  if (redactedAt !== null) {
    const wasHeld = stored !== null && (stored.body !== null || stored.media_urls !== null);
    const removedHereAt = wasHeld ? now : (stored?.dropped_at ?? null);
    writeTombstone(db, thread.id, item.remoteId, { by: "provider", at: redactedAt }, removedHereAt);
    held.tombstones.add(item.remoteId);
  }
  const isRemoved = redactedAt !== null || held.tombstones.has(item.remoteId);
  const isWithheld = !isRemoved && stored?.dropped_at != null && !mayRestore(page, stored.dropped_at);
  const body = isRemoved || isWithheld || item.body === "" ? null : item.body;
  const bodyState = body !== null ? "text" : isRemoved ? "redacted" : isWithheld ? "missing" : "empty";
  const media = isRemoved || isWithheld || item.mediaUrls.length === 0 ? null : JSON.stringify(item.mediaUrls);
  // How many there were is still known after the addresses are gone.
  const mediaCount = item.mediaUrls.length;
  const status = item.status ?? (item.direction === "inbound" ? "received" : "sent");

  if (stored === null) {
    insertMessage(page, item, { body, bodyState, media, mediaCount, status });
    return;
  }
  const nextStatus = laterStatus(stored.status, status);
  const same =
    body === stored.body &&
    bodyState === stored.body_state &&
    media === stored.media_urls &&
    nextStatus === stored.status &&
    item.createdAt === stored.created_at &&
    stored.provisional === 0;
  if (same) return;
  db.run(
    `UPDATE messages SET body = ?, body_state = ?, dropped_at = ?, media_urls = ?, media_count = max(media_count, ?), status = ?,
       created_at = ?, provisional = 0 WHERE id = ?`,
    body,
    bodyState,
    isWithheld ? stored.dropped_at : null,
    media,
    mediaCount,
    nextStatus,
    item.createdAt,
    stored.id,
  );
  page.changed = true;
  if (stored.provisional === 1 && item.createdAt !== stored.created_at) {
    // The list row was dated by the send's answer; from now on the thread's own date counts.
    db.run(
      "UPDATE conversations SET last_message_at = ? WHERE id = ? AND last_message_at = ?",
      item.createdAt,
      thread.id,
      stored.created_at,
    );
  }
  if (body !== null && body !== stored.body) noteOptOutWish(db, stored.id);
  const losesText = stored.body !== null && body !== stored.body;
  if (losesText || losesMedia(stored.media_urls, media === null ? [] : item.mediaUrls)) {
    page.removedTexts += 1;
    forgetCopies(db, thread.id, losesText ? [stored.body] : []);
  }
}

/** One of several, too: its bytes have gone with its address (migration 60), and the purge must follow. */
function losesMedia(before: string | null, after: readonly string[]): boolean {
  const baseOf = (url: string | undefined) => url?.split("?", 1)[0];
  return before !== null && (JSON.parse(before) as string[]).some((url, at) => baseOf(url) !== baseOf(after[at]));
}

/** A dropped text comes back only from a walk over the whole thread that began after it was dropped. */
const mayRestore = ({ commit }: PageWork, droppedAt: Millis): boolean =>
  commit.kind === "full" && commit.startedAt >= droppedAt;

/**
 * The list said that the message of this date is redacted; a page that still has its text is the older word.
 * Where several messages share the date it cannot be told which is meant: then the re-check decides.
 */
function redactedInList({ db, thread, commit }: PageWork, item: RemoteMessage): Millis | null {
  if (item.createdAt !== thread.redactedUpTo) return null;
  const isTwin = (other: RemoteMessage) => other.createdAt === item.createdAt && other.remoteId !== item.remoteId;
  if (commit.items.some(isTwin)) return null;
  const twin = db.get(
    "SELECT 1 FROM messages WHERE conversation_id = ? AND created_at = ? AND remote_id <> ?",
    thread.id,
    item.createdAt,
    item.remoteId,
  );
  return twin === undefined ? thread.redactedUpToAt : null;
}

/**
 * The thread itself may be the first to say that the last message is redacted. Then what is older is suspect, as
 * when the list says so; but what this very walk has shown as text is not.
 */
function learnFromNewest(page: PageWork): void {
  const { db, now, thread, commit } = page;
  const newest = db.get<{ created_at: Millis; at: Millis | null }>(
    `SELECT m.created_at, r.at FROM messages m
     LEFT JOIN redactions r ON r.conversation_id = m.conversation_id AND r.remote_id = m.remote_id
     WHERE m.conversation_id = ? ORDER BY m.created_at DESC, m.id DESC LIMIT 1`,
    thread.id,
  );
  if (newest === undefined || newest.at === null || newest.created_at < thread.lastMessageAt) return;
  if (newest.created_at <= (thread.redactedUpTo ?? -Infinity)) return;
  db.run(
    "UPDATE conversations SET redacted_upto = ?, redacted_upto_at = ? WHERE id = ?",
    newest.created_at,
    newest.at,
    thread.id,
  );
  suspectOlderThreads(db, thread.phoneNumberId, newest.created_at, now, thread.id);
  if (commit.kind === "full") return;
  const confirmed = commit.items.map(({ remoteId }) => remoteId);
  page.removedTexts += dropBodiesUpTo(db, thread.id, newest.created_at, now, confirmed);
}

function findMessage(db: ReadDb, id: ConversationId, remoteId: string): StoredMessage | null {
  return (
    db.get<StoredMessage>(
      `SELECT id, body, body_state, dropped_at, media_urls, status, created_at, provisional
       FROM messages WHERE conversation_id = ? AND remote_id = ?`,
      id,
      remoteId,
    ) ?? null
  );
}

type NewBody = Pick<NewMessage, "body" | "bodyState" | "media" | "mediaCount" | "status">;

function insertMessage(page: PageWork, item: RemoteMessage, content: NewBody): void {
  page.unstored.push({
    ...content,
    conversationId: page.thread.id,
    remoteId: item.remoteId,
    direction: item.direction,
    channel: item.channel,
    segmentCount: item.segmentCount,
    createdAt: item.createdAt,
    seenAt: page.now,
  });
  page.changed = true;
}

function storeNew({ db, thread, unstored, newInbound }: PageWork): void {
  const rows = unstored.splice(0);
  const ids = insertMessages(db, rows);
  for (const [at, { direction, createdAt }] of rows.entries()) {
    const isNews = thread.wasComplete && createdAt > thread.newestHeld;
    if (isNews && direction === "inbound") newInbound.push(ids[at]!);
  }
}

const STATUS_RANK: Readonly<Record<MessageStatus, number>> = {
  unknown: 0,
  queued: 1,
  sent: 2,
  delivered: 3,
  read: 4,
  received: 5,
  failed: 6,
};

const laterStatus = (stored: MessageStatus, told: MessageStatus): MessageStatus =>
  STATUS_RANK[told] > STATUS_RANK[stored] ? told : stored;

/**
 * The list row follows the thread's newest message: a thread that is open is polled more often than the list,
 * and a redacted message takes its preview along, which may be the only place that held its text (or an older one's).
 *
 * @returns whether it did
 */
export function followNewest(page: { db: WriteDb; now: Millis; thread: { id: ConversationId } }): boolean {
  const { db, now, thread } = page;
  const before = previewOf(db, thread.id);
  db.run(
    `UPDATE conversations AS c SET
       last_message_at = m.created_at,
       raised_at = iif(m.created_at > c.last_message_at, ?1, c.raised_at),
       last_direction = m.direction,
       preview = CASE WHEN r.at IS NULL THEN iif(m.body_state = 'missing', NULL, coalesce(m.body, '')) END,
       preview_redacted_at = r.at,
       preview_redacted_by = r.by,
       preview_removed_at = CASE WHEN r.at IS NOT NULL THEN coalesce(r.removed_here_at, iif(c.preview IS NULL, NULL, ?1)) END
     FROM messages m LEFT JOIN redactions r ON r.conversation_id = m.conversation_id AND r.remote_id = m.remote_id
     WHERE c.id = ?2 AND m.id = (SELECT id FROM messages WHERE conversation_id = ?2
       ORDER BY created_at DESC, id DESC LIMIT 1)
       AND (m.created_at > c.last_message_at OR (m.created_at = c.last_message_at AND c.preview_redacted_at IS NULL))`,
    now,
    thread.id,
  );
  recountUnread(db, thread.id);
  if (!before?.preview || previewOf(db, thread.id)?.redactedAt == null) return false;
  forgetCopies(db, thread.id, [before.preview]);
  return true;
}

const previewOf = (db: ReadDb, id: ConversationId) =>
  db.get<{ preview: string | null; redactedAt: Millis | null }>(
    "SELECT preview, preview_redacted_at AS redactedAt FROM conversations WHERE id = ?",
    id,
  );
