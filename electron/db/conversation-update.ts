/**
 * A conversation that is here already, as a page of the list shows it now.
 *
 * Part of the caller's transaction. Invariants: the same row twice changes nothing; a stale one moves nothing
 * backwards; a preview known to be redacted never shows text again for that message.
 */
import { recordConsent } from "./consent-repo.ts";
import { consentOf, isSilent, noteRedaction } from "./conversation-page.ts";
import type { PageWork, StoredConversation } from "./conversation-page.ts";
import { recountUnread } from "./conversations-repo.ts";
import type { RemoteConversation } from "./inputs.ts";
import { dropBodiesUpTo, forgetCopies } from "./redaction.ts";

export function updateConversation(page: PageWork, stored: StoredConversation, item: RemoteConversation): void {
  const isStale = item.lastMessageAt < stored.last_message_at;
  const learned = learnRedaction(page, stored, item);
  const consented = updateConsent(page, stored, item, isStale);
  const moved = !isStale && updateNewest(page, stored, item);
  const wasRead = !isStale && mirrorRead(page, stored, item);
  if (learned || consented || moved || wasRead) page.changed.push(stored.id);
}

/** From some to none: it was read elsewhere. What a person marks as unread here stays so until then. */
function mirrorRead(
  { db }: PageWork,
  { id, told_unread: told }: StoredConversation,
  { unreadCount, lastMessageAt }: RemoteConversation,
): boolean {
  if (unreadCount === null || unreadCount === told) return false;
  const read =
    unreadCount === 0 &&
    (told ?? 0) > 0 &&
    db.run(
      "UPDATE conversations SET unread_count = 0, read_to = max(read_to, ?) WHERE id = ? AND unread_count > 0",
      lastMessageAt,
      id,
    ).changes > 0;
  db.run("UPDATE conversations SET told_unread = ? WHERE id = ?", unreadCount, id);
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
  recordConsent(page.db, stored.id, consent, page.now);
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
  const wasSilent = stored.last_direction === null && stored.preview === null && stored.preview_redacted_at === null;
  if ((silent || wasSilent) && page.knownUpTo === null && stored.covered_to === null) {
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

  // That of an older message goes as well: what is older than a removed text is due.
  const losesPreview = redactedAt !== null && stored.preview !== null;
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
    losesPreview && !isNewer ? 1 : 0,
    now,
    item.messageCount,
    id,
  );
  if (losesPreview) {
    page.removedTexts += 1;
    forgetCopies(db, id, [stored.preview]);
  }
  if (isNewer && item.unreadCount !== null) {
    db.run("UPDATE conversations SET unread_count = ? WHERE id = ?", item.unreadCount, id);
  } else recountUnread(db, id);
  return true;
}
