/**
 * What a page of the conversation list meets in the database: asked once for the whole page, not once per row.
 *
 * Reads only, inside the transaction that stores the page.
 */
import type { AccountId, ConversationId, Millis } from "../../shared/domain.ts";
import type { ReadDb, WriteDb } from "./connection.ts";
import type { RemoteConversation } from "./inputs.ts";

/** A page on its way into the database, and what came of it so far. */
export interface PageWork {
  readonly db: WriteDb;
  readonly accountId: AccountId;
  readonly now: Millis;
  /** Mark of the last completed list pass: what is dated later is news. Null during the first sync. */
  readonly knownUpTo: Millis | null;
  /** A sweep is under way: who was seen since this moment is not missing from it. Null: nobody asks. */
  readonly sweptUpTo: Millis | null;
  /** The provider's names of the page's contacts, by number. */
  readonly names: ReadonlyMap<string, string>;
  readonly changed: ConversationId[];
  removedTexts: number;
  /** Own numbers whose retention reached something new, and how far. */
  readonly newlyRedacted: Map<number, Millis>;
}

export interface StoredConversation {
  readonly id: ConversationId;
  readonly remote_id: string;
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
  readonly told_unread: number | null;
  readonly swept_at: number;
  /** Messages dated so or earlier are held; null while the thread never was. */
  readonly covered_to: number | null;
}

/** The conversations that are here already, by the provider's ids. */
export function storedConversations(
  db: ReadDb,
  accountId: AccountId,
  remoteIds: readonly string[],
): Map<string, StoredConversation> {
  const rows = db.all<StoredConversation>(
    `SELECT id, remote_id, phone_number_id, last_message_at, last_direction, preview, preview_redacted_at,
       redacted_upto, redacted_upto_at, message_count, consent, consent_since, told_consent, told_consent_since,
       told_unread, swept_at, (SELECT t.covered_to FROM threads t
         WHERE t.conversation_id = conversations.id AND t.complete = 1) AS covered_to
     FROM conversations WHERE account_id = ? AND remote_id IN (SELECT value FROM json_each(?))`,
    accountId,
    JSON.stringify(remoteIds),
  );
  return new Map(rows.map((row) => [row.remote_id, row]));
}

export interface StoredContact {
  readonly id: number;
  readonly number: string;
  readonly provider_name: string | null;
}

/** The account's contacts with these numbers, by number. */
export function storedContacts(
  db: ReadDb,
  accountId: AccountId,
  numbers: readonly string[],
): Map<string, StoredContact> {
  const rows = db.all<StoredContact>(
    `SELECT id, number, provider_name FROM contacts
     WHERE account_id = ? AND number IN (SELECT value FROM json_each(?))`,
    accountId,
    JSON.stringify(numbers),
  );
  return new Map(rows.map((row) => [row.number, row]));
}

/** Some providers' lists say when something happened in a thread, and nothing of what: the thread tells that. */
export const isSilent = (item: RemoteConversation): boolean =>
  item.preview === null && item.previewRedactedAt === null && item.lastDirection === null;

export interface SeenConsent {
  readonly state: string;
  readonly since: Millis | null;
}

/** No record is unknown, never a permission. */
export function consentOf(item: RemoteConversation): SeenConsent {
  if (item.consent === null) return { state: "unknown", since: null };
  return { state: item.consent.optedIn ? "opted_in" : "opted_out", since: item.consent.since };
}

export function noteRedaction(page: PageWork, phoneNumberId: number, upTo: Millis): void {
  page.newlyRedacted.set(phoneNumberId, Math.max(upTo, page.newlyRedacted.get(phoneNumberId) ?? 0));
}
