/**
 * The conversations of a page that this device has not met: stored together, with their contacts, own numbers,
 * consent and whatever was kept of them elsewhere.
 *
 * Part of the caller's transaction. Must not be given a conversation that is stored, or one twice. Invariants: what
 * was there before the first sync counts as read; who is opted out here by a person starts opted out.
 */
import type { ConversationId } from "../../shared/domain.ts";
import type { SqlValue } from "./connection.ts";
import { applyOwnOptOut, ownOptOuts } from "./consent-repo.ts";
import { consentOf, isSilent, noteRedaction, storedContacts } from "./conversation-page.ts";
import type { PageWork, SeenConsent } from "./conversation-page.ts";
import type { RemoteConversation } from "./inputs.ts";
import { createInsertRows } from "./multi-row.ts";
import { reattachSalvage } from "./salvage-return.ts";

const insertContacts = createInsertRows("contacts", ["account_id", "number", "provider_name"]);
const insertConsentEvents = createInsertRows("consent_events", [
  "conversation_id",
  "consent",
  "since",
  "observed_at",
  "source",
]);
/** In the order of `rowOf`. */
const insertRows = createInsertRows("conversations", [
  "account_id",
  "remote_id",
  "phone_number_id",
  "contact_id",
  "last_message_at",
  "raised_at",
  "last_direction",
  "preview",
  "preview_redacted_at",
  "preview_redacted_by",
  "redacted_upto",
  "redacted_upto_at",
  "message_count",
  "consent",
  "consent_since",
  "unread_count",
  "told_unread",
  "read_to",
  "swept_at",
]);

export function insertConversations(page: PageWork, items: readonly RemoteConversation[]): void {
  if (items.length === 0) return;
  const { db, accountId, now } = page;
  const contactIds = idsOfContacts(page, items);
  const numberIds = idsOfNumbers(page, items);
  const rows = items.map((item) =>
    rowOf(page, item, numberIds.get(item.ownNumber) ?? 0, contactIds.get(item.contactNumber) ?? 0),
  );
  const ids = insertRows(db, rows) as ConversationId[];
  const idAt = new Map(items.map(({ remoteId }, at) => [remoteId, ids[at] as ConversationId]));
  const idOf = ({ remoteId }: RemoteConversation) => idAt.get(remoteId) as ConversationId;

  // No record at the provider is where every history begins, not a change.
  const told = items.filter((item) => item.consent !== null);
  insertConsentEvents(
    db,
    told.map((item) => eventOf(page, idOf(item), consentOf(item))),
  );
  const optedOut = ownOptOuts(db, [...contactIds.keys()]);
  for (const item of items) {
    const since = optedOut.get(item.contactNumber);
    if (since !== undefined) applyOwnOptOut(db, idOf(item), item.contactNumber, since);
    if (item.previewRedactedAt !== null) {
      noteRedaction(page, numberIds.get(item.ownNumber) ?? 0, item.lastMessageAt);
    }
  }
  reattachSalvage(db, accountId, idAt, now);
  page.changed.push(...ids);
}

/** What the history keeps of a provider's word. */
const eventOf = (page: PageWork, id: ConversationId, { state, since }: SeenConsent): SqlValue[] => [
  id,
  state,
  since,
  page.now,
  "list",
];

function rowOf(page: PageWork, item: RemoteConversation, phoneNumberId: number, contactId: number): SqlValue[] {
  const { accountId, now } = page;
  const consent = consentOf(item);
  // What was there before us counts as read; what came after the last completed pass does not.
  const isLater = page.knownUpTo !== null && item.lastMessageAt > page.knownUpTo;
  const isNews = isLater && item.lastDirection === "inbound";
  const isUnread = (item.unreadCount ?? 0) > 0;
  // A silent list does not say whose words are new: the thread will, counted from here.
  const readTo =
    isNews || (isLater && isSilent(item)) ? (page.knownUpTo ?? 0) : item.lastMessageAt - (isUnread ? 1 : 0);
  const isRedacted = item.previewRedactedAt !== null;
  return [
    accountId,
    item.remoteId,
    phoneNumberId,
    contactId,
    item.lastMessageAt,
    now,
    item.lastDirection,
    isRedacted ? null : item.preview,
    item.previewRedactedAt,
    isRedacted ? "provider" : null,
    isRedacted ? item.lastMessageAt : null,
    item.previewRedactedAt,
    item.messageCount,
    consent.state,
    consent.since,
    item.unreadCount ?? (isNews ? 1 : 0),
    item.unreadCount,
    readTo,
    now,
  ];
}

/** Their ids by number; those that are new to the account are made. */
function idsOfContacts({ db, accountId, names }: PageWork, items: readonly RemoteConversation[]): Map<string, number> {
  const numbers = [...new Set(items.map(({ contactNumber }) => contactNumber))];
  const ids = new Map<string, number>();
  for (const { number, id } of storedContacts(db, accountId, numbers).values()) ids.set(number, id);
  const missing = numbers.filter((number) => !ids.has(number));
  const made = insertContacts(
    db,
    missing.map((number) => [accountId, number, names.get(number) ?? null]),
  );
  for (const [at, number] of missing.entries()) ids.set(number, made[at] ?? 0);
  return ids;
}

/** Their ids by number: an account has few. */
function idsOfNumbers({ db, accountId }: PageWork, items: readonly RemoteConversation[]): Map<string, number> {
  const ids = new Map<string, number>();
  for (const { ownNumber, ownNumberRemoteId } of items) {
    if (ids.has(ownNumber)) continue;
    const found = db.get<{ id: number }>(
      "SELECT id FROM phone_numbers WHERE account_id = ? AND number = ?",
      accountId,
      ownNumber,
    );
    const id =
      found?.id ??
      db.run(
        "INSERT INTO phone_numbers (account_id, remote_id, number) VALUES (?, ?, ?)",
        accountId,
        ownNumberRemoteId,
        ownNumber,
      ).lastId;
    ids.set(ownNumber, id);
  }
  return ids;
}
