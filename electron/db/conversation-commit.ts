/**
 * Makes one page of a provider's conversation list durable, together with the pass it belongs to.
 *
 * One transaction: a crash leaves the old place with the old rows or the new place with the new rows.
 * Invariants: the same page twice changes nothing; a stale page moves nothing backwards; a preview known to be
 * redacted never shows text again for that message; a commit under an old generation writes nothing. What a page
 * does to a row is in `conversation-insert.ts` and `conversation-update.ts`.
 */
import type { ConversationId } from "../../shared/domain.ts";
import type { CommitConversations, CommitResult, RemoteConversation } from "./inputs.ts";
import type { WriteDb } from "./connection.ts";
import { insertConversations } from "./conversation-insert.ts";
import { storedContacts, storedConversations } from "./conversation-page.ts";
import type { PageWork, StoredConversation } from "./conversation-page.ts";
import { updateConversation } from "./conversation-update.ts";
import { quarantine } from "./quarantine-repo.ts";
import { suspectOlderThreads } from "./redaction.ts";
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
      names: namesOf(commit.items),
      changed: [],
      removedTexts: 0,
      newlyRedacted: new Map(),
    };
    applyItems(page, commit.items);
    for (const [phoneNumberId, upTo] of page.newlyRedacted) suspectOlderThreads(db, phoneNumberId, upTo, now);
    for (const remoteId of commit.gone ?? []) dropGone(page, remoteId);
    quarantine(db, accountId, "conversations", commit.rejected, now);
    if (commit.pass === null) finishPass(db, commit);
    else savePassRow(db, accountId, commit.kind, commit.pass);
    return { applied: true, changed: page.changed, newInbound: [], removedTexts: page.removedTexts };
  });
}

function applyItems(page: PageWork, items: readonly RemoteConversation[]): void {
  const { db, accountId } = page;
  const remoteIds = items.map(({ remoteId }) => remoteId);
  const stored = storedConversations(db, accountId, remoteIds);
  noteSwept(page, [...stored.values()]);
  nameContacts(page);
  const met = new Set<string>();
  const fresh: RemoteConversation[] = [];
  const again: RemoteConversation[] = [];
  for (const item of items) {
    const known = stored.get(item.remoteId);
    // A page may name the same conversation twice: the second time it is met as the first one left it.
    if (met.has(item.remoteId)) again.push(item);
    else if (known === undefined) fresh.push(item);
    else updateConversation(page, known, item);
    met.add(item.remoteId);
  }
  insertConversations(page, fresh);
  for (const item of again) {
    const known = storedConversations(db, accountId, [item.remoteId]).get(item.remoteId);
    if (known !== undefined) updateConversation(page, known, item);
  }
}

/** Who was just seen is not missing from the sweep that is under way. New ones are stored with the moment. */
function noteSwept({ db, now, sweptUpTo }: PageWork, stored: readonly StoredConversation[]): void {
  if (sweptUpTo === null) return;
  const ids = stored.filter((row) => row.swept_at < sweptUpTo).map(({ id }) => id);
  if (ids.length === 0) return;
  db.run(
    "UPDATE conversations SET swept_at = ? WHERE id IN (SELECT value FROM json_each(?))",
    now,
    JSON.stringify(ids),
  );
}

/** The last name a page gives a contact counts. */
function namesOf(items: readonly RemoteConversation[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const { contactNumber, contactName } of items) {
    if (contactName !== null) names.set(contactNumber, contactName);
  }
  return names;
}

/** Those that are here already; new ones are stored with their names. */
function nameContacts({ db, accountId, names }: PageWork): void {
  if (names.size === 0) return;
  for (const { id, number, provider_name: name } of storedContacts(db, accountId, [...names.keys()]).values()) {
    const told = names.get(number) ?? null;
    if (told !== name) db.run("UPDATE contacts SET provider_name = ? WHERE id = ?", told, id);
  }
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
