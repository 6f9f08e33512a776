/**
 * Makes one page of a provider's conversation list durable, together with the pass it belongs to.
 *
 * One transaction: a crash leaves the old place with the old rows or the new place with the new rows.
 * Invariants: the same page twice changes nothing; a stale page moves nothing backwards; a preview known to be
 * redacted never shows text again for that message; a commit under an old generation writes nothing.
 */
import type { AccountId, ConversationId, Millis } from "../../shared/domain.ts";
import type { CommitConversations, CommitResult, RemoteConversation } from "./inputs.ts";
import type { WriteDb } from "./connection.ts";
import { applyOwnOptOut } from "./consent-repo.ts";
import { recountUnread } from "./conversations-repo.ts";
import { quarantine } from "./quarantine-repo.ts";
import { dropBodiesUpTo, forgetCopies, suspectOlderThreads } from "./redaction.ts";
import { reattachSalvage } from "./salvage-return.ts";
import { dropConversation } from "./threads-repo.ts";
import { finishPass, isCurrentGeneration, loadSync, savePassRow } from "./sync-repo.ts";

const NOTHING: CommitResult = { applied: false, changed: [], newInbound: [], removedTexts: 0 };

export function commitConversations(db: WriteDb, commit: CommitConversations): CommitResult {
  return db.transaction(() => {
    const { accountId, generation, now } = commit;
    if (!isCurrentGeneration(db, accountId, generation)) return NOTHING;
    const { mark, lastCompletedAt, sweep } = loadSync(db, { accountId });
    const knownUpTo = lastCompletedAt === null ? null : (mark ?? 0);
    const sweptUpTo = commit.kind === "sweep" ? now : (sweep?.startedAt ?? null);
    const page: PageWork = {
      db,
      accountId,
      now,
      knownUpTo,
      sweptUpTo,
      changed: [],
      removedTexts: 0,
      newlyRedacted: new Map(),
    };
    for (const item of commit.items) applyConversation(page, item);
    for (const [phoneNumberId, upTo] of page.newlyRedacted) suspectOlderThreads(db, phoneNumberId, upTo, now);
    for (const remoteId of commit.gone ?? []) dropGone(page, remoteId);
    quarantine(db, accountId, "conversations", commit.rejected, now);
    if (commit.pass === null) finishPass(db, commit);
    else savePassRow(db, accountId, commit.kind, commit.pass);
    return { applied: true, changed: page.changed, newInbound: [], removedTexts: page.removedTexts };
  });
}

function dropGone(page: PageWork, remoteId: string): void {
  const stored = page.db.get<{ id: ConversationId }>(
    "SELECT id FROM conversations WHERE account_id = ? AND remote_id = ?",
    page.accountId,
    remoteId,
  );
  if (stored === undefined || !dropConversation(page.db, stored.id)) return;
  page.changed.push(stored.id);
  page.removedTexts += 1;
}

interface PageWork {
  readonly db: WriteDb;
  readonly accountId: AccountId;
  readonly now: Millis;
  /** Mark of the last completed list pass: what is dated later is news. Null during the first sync. */
  readonly knownUpTo: Millis | null;
  /** A sweep is under way: who was seen since this moment is not missing from it. Null: nobody asks. */
  readonly sweptUpTo: Millis | null;
  readonly changed: ConversationId[];
  removedTexts: number;
  /** Own numbers whose retention reached something new, and how far. */
  readonly newlyRedacted: Map<number, Millis>;
}

interface StoredConversation {
  readonly id: ConversationId;
  readonly phone_number_id: number;
  readonly last_message_at: number;
  readonly last_direction: string | null;
  readonly preview: string | null;
  readonly preview_redacted_at: number | null;
  readonly redacted_upto: number | null;
  readonly redacted_upto_at: number | null;
  readonly message_count: number | null;
  readonly consent: string;
  readonly consent_since: number | null;
  /** The provider's word, while a person's opt-out stands over it; null otherwise. */
  readonly told_consent: string | null;
  readonly told_consent_since: number | null;
  readonly swept_at: number;
  /** Messages dated so or earlier are held; null while the thread never was. */
  readonly covered_to: number | null;
}

/** Some providers' lists say when something happened in a thread, and nothing of what: the thread tells that. */
const isSilent = (item: RemoteConversation): boolean =>
  item.preview === null && item.previewRedactedAt === null && item.lastDirection === null;

function applyConversation(page: PageWork, item: RemoteConversation): void {
  const { db, accountId } = page;
  const stored = db.get<StoredConversation>(
    `SELECT id, phone_number_id, last_message_at, last_direction, preview, preview_redacted_at, redacted_upto,
       redacted_upto_at, message_count, consent, consent_since, told_consent, told_consent_since, swept_at, (SELECT t.covered_to FROM threads t
         WHERE t.conversation_id = conversations.id AND t.complete = 1) AS covered_to
     FROM conversations WHERE account_id = ? AND remote_id = ?`,
    accountId,
    item.remoteId,
  );
  if (item.contactName !== null) nameContact(page, item);
  if (stored === undefined) insertConversation(page, item);
  else updateConversation(page, stored, item);
}

interface SeenConsent {
  readonly state: string;
  readonly since: Millis | null;
}

function consentOf(item: RemoteConversation): SeenConsent {
  if (item.consent === null) return { state: "unknown", since: null };
  return { state: item.consent.optedIn ? "opted_in" : "opted_out", since: item.consent.since };
}

function insertConversation(page: PageWork, item: RemoteConversation): void {
  const { db, accountId, now } = page;
  const consent = consentOf(item);
  // What was there before us counts as read; what came after the last completed pass does not.
  const isLater = page.knownUpTo !== null && item.lastMessageAt > page.knownUpTo;
  const isNews = isLater && item.lastDirection === "inbound";
  const isUnread = (item.unreadCount ?? 0) > 0;
  // A silent list does not say whose words are new: the thread will, counted from here.
  const readTo =
    isNews || (isLater && isSilent(item)) ? (page.knownUpTo ?? 0) : item.lastMessageAt - (isUnread ? 1 : 0);
  const redacted = item.previewRedactedAt !== null;
  const phoneNumberId = idOfNumber(page, item);
  const { lastId } = db.run(
    `INSERT INTO conversations (account_id, remote_id, phone_number_id, contact_id, last_message_at, raised_at,
       last_direction, preview, preview_redacted_at, preview_redacted_by, redacted_upto, redacted_upto_at,
       message_count, consent, consent_since, unread_count, told_unread, read_to, swept_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    accountId,
    item.remoteId,
    phoneNumberId,
    idOfContact(page, item),
    item.lastMessageAt,
    now,
    item.lastDirection,
    redacted ? null : item.preview,
    item.previewRedactedAt,
    redacted ? "provider" : null,
    redacted ? item.lastMessageAt : null,
    item.previewRedactedAt,
    item.messageCount,
    consent.state,
    consent.since,
    item.unreadCount ?? (isNews ? 1 : 0),
    item.unreadCount,
    readTo,
    now,
  );
  const id = lastId as ConversationId;
  // No record at the provider is where every history begins, not a change.
  if (consent.state !== "unknown") recordConsent(page, id, consent);
  applyOwnOptOut(db, id, item.contactNumber);
  if (redacted) noteRedaction(page, phoneNumberId, item.lastMessageAt);
  reattachSalvage(db, { id, accountId, remoteId: item.remoteId }, now);
  page.changed.push(id);
}

function updateConversation(page: PageWork, stored: StoredConversation, item: RemoteConversation): void {
  const { db, now } = page;
  const { id } = stored;
  if (page.sweptUpTo !== null && stored.swept_at < page.sweptUpTo)
    db.run("UPDATE conversations SET swept_at = ? WHERE id = ?", now, id);
  const isStale = item.lastMessageAt < stored.last_message_at;
  const learned = learnRedaction(page, stored, item);
  const consented = updateConsent(page, stored, item, isStale);
  const moved = !isStale && updateNewest(page, stored, item);
  const wasRead = !isStale && mirrorRead(page, stored.id, item);
  if (learned || consented || moved || wasRead) page.changed.push(id);
}

/** From some to none: it was read elsewhere. What a person marks as unread here stays so until then. */
function mirrorRead({ db }: PageWork, id: ConversationId, { unreadCount, lastMessageAt }: RemoteConversation): boolean {
  if (unreadCount === null) return false;
  const read =
    unreadCount === 0 &&
    db.run(
      `UPDATE conversations SET unread_count = 0, read_to = max(read_to, ?) WHERE id = ? AND told_unread > 0 AND unread_count > 0`,
      lastMessageAt,
      id,
    ).changes > 0;
  db.run("UPDATE conversations SET told_unread = ?1 WHERE id = ?2 AND told_unread IS NOT ?1", unreadCount, id);
  return read;
}

/** A removal is news whatever else the page knows: also one that a newer message has since hidden. */
function learnRedaction(page: PageWork, stored: StoredConversation, item: RemoteConversation): boolean {
  const { db, now } = page;
  const isNews = item.previewRedactedAt !== null && item.lastMessageAt > (stored.redacted_upto ?? -Infinity);
  if (!isNews) return false;
  db.run(
    "UPDATE conversations SET redacted_upto = ?, redacted_upto_at = ? WHERE id = ?",
    item.lastMessageAt,
    item.previewRedactedAt,
    stored.id,
  );
  page.removedTexts += dropBodiesUpTo(db, stored.id, item.lastMessageAt, now);
  noteRedaction(page, stored.phone_number_id, item.lastMessageAt);
  return true;
}

/** A stale page may still forbid; it may no longer allow. */
function updateConsent(
  page: PageWork,
  stored: StoredConversation,
  item: RemoteConversation,
  isStale: boolean,
): boolean {
  const consent = consentOf(item);
  const isOurs = stored.told_consent !== null;
  const before = isOurs
    ? { state: stored.told_consent, since: stored.told_consent_since }
    : { state: stored.consent, since: stored.consent_since };
  if (consent.state === before.state && consent.since === before.since) return false;
  if (isStale && consent.state !== "opted_out") return false;
  page.db.run(
    isOurs
      ? "UPDATE conversations SET told_consent = ?, told_consent_since = ? WHERE id = ?"
      : "UPDATE conversations SET consent = ?, consent_since = ? WHERE id = ?",
    consent.state,
    consent.since,
    stored.id,
  );
  recordConsent(page, stored.id, consent);
  return true;
}

function updateNewest(page: PageWork, stored: StoredConversation, item: RemoteConversation): boolean {
  const { db, now } = page;
  const { id } = stored;
  const silent = isSilent(item);
  // What the thread already covered is no news from a list that only gives a date.
  const knownTo = silent ? Math.max(stored.last_message_at, stored.covered_to ?? 0) : stored.last_message_at;
  const isNewer = item.lastMessageAt > knownTo;
  if (silent && !isNewer) return false;
  // The first pass meets the same thread under another date: what was there before us still counts as read.
  if (silent && page.knownUpTo === null && stored.covered_to === null) {
    db.run("UPDATE conversations SET read_to = max(read_to, ?) WHERE id = ?", item.lastMessageAt, id);
  }
  const wasRedacted = !isNewer && stored.preview_redacted_at !== null;
  const isKnownRemoved = stored.redacted_upto !== null && item.lastMessageAt <= stored.redacted_upto;
  const knownAt = isKnownRemoved ? stored.redacted_upto_at : null;
  const redactedAt = wasRedacted ? stored.preview_redacted_at : (item.previewRedactedAt ?? knownAt);
  const preview = redactedAt === null ? item.preview : null;
  const same =
    !isNewer &&
    preview === stored.preview &&
    redactedAt === stored.preview_redacted_at &&
    item.lastDirection === stored.last_direction &&
    item.messageCount === stored.message_count;
  if (same) return false;

  const removesPreview = redactedAt !== null && stored.preview !== null && !isNewer;
  db.run(
    `UPDATE conversations SET last_message_at = ?1, raised_at = CASE WHEN ?5 THEN raised_at ELSE ?7 END,
       last_direction = ?2, preview = ?3, preview_redacted_at = ?4,
       preview_redacted_by = CASE WHEN ?4 IS NOT NULL THEN coalesce(iif(?5, preview_redacted_by, NULL), 'provider') END,
       preview_removed_at = CASE WHEN ?6 THEN ?7 WHEN ?5 THEN preview_removed_at END,
       message_count = ?8 WHERE id = ?9`,
    item.lastMessageAt,
    item.lastDirection,
    preview,
    redactedAt,
    isNewer ? 0 : 1,
    removesPreview ? 1 : 0,
    now,
    item.messageCount,
    id,
  );
  if (removesPreview) {
    page.removedTexts += 1;
    forgetCopies(db, id, stored.preview ?? "");
  }
  if (isNewer && item.unreadCount !== null) {
    db.run("UPDATE conversations SET unread_count = ? WHERE id = ?", item.unreadCount, id);
  } else recountUnread(db, id);
  return true;
}

function noteRedaction(page: PageWork, phoneNumberId: number, upTo: Millis): void {
  page.newlyRedacted.set(phoneNumberId, Math.max(upTo, page.newlyRedacted.get(phoneNumberId) ?? 0));
}

function recordConsent(page: PageWork, id: ConversationId, { state, since }: SeenConsent): void {
  page.db.run(
    "INSERT INTO consent_events (conversation_id, consent, since, observed_at, source) VALUES (?, ?, ?, ?, 'list')",
    id,
    state,
    since,
    page.now,
  );
}

function idOfNumber({ db, accountId }: PageWork, item: RemoteConversation): number {
  const found = db.get<{ id: number }>(
    "SELECT id FROM phone_numbers WHERE account_id = ? AND number = ?",
    accountId,
    item.ownNumber,
  );
  if (found !== undefined) return found.id;
  return db.run(
    "INSERT INTO phone_numbers (account_id, remote_id, number) VALUES (?, ?, ?)",
    accountId,
    item.ownNumberRemoteId,
    item.ownNumber,
  ).lastId;
}

function idOfContact({ db, accountId }: PageWork, item: RemoteConversation): number {
  const found = db.get<{ id: number }>(
    "SELECT id FROM contacts WHERE account_id = ? AND number = ?",
    accountId,
    item.contactNumber,
  );
  if (found !== undefined) return found.id;
  return db.run(
    "INSERT INTO contacts (account_id, number, provider_name) VALUES (?, ?, ?)",
    accountId,
    item.contactNumber,
    item.contactName,
  ).lastId;
}

function nameContact({ db, accountId }: PageWork, item: RemoteConversation): void {
  db.run(
    "UPDATE contacts SET provider_name = ?1 WHERE account_id = ?2 AND number = ?3 AND provider_name IS NOT ?1",
    item.contactName,
    accountId,
    item.contactNumber,
  );
}
