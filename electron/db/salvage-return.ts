/**
 * Gives back what was saved out of a damaged cache or across a rebuild: drafts, unsent replies, tombstones, consent,
 * decisions, names, notes and the typed window, each to the conversation or account it belongs to.
 *
 * Must not look into a file: `salvage.ts` did. Invariant: what was saved is kept until its conversation (or account)
 * reappears, and then given back once.
 */
import type { ConversationId, Millis } from "../../shared/domain.ts";
import type { WriteDb } from "./connection.ts";
import type { SalvageKind } from "./salvage.ts";
import { giveBackFiles } from "./salvage-files.ts";

/** Gives conversations that have reappeared, by remote id, what was kept of them. Part of the caller's transaction. */
export function reattachSalvage(
  db: WriteDb,
  accountId: number,
  conversations: ReadonlyMap<string, ConversationId>,
  now: Millis,
): void {
  const rows = db.all<{ id: number; kind: SalvageKind; payload: string; remoteId: string }>(
    `SELECT s.id, s.kind, s.payload, s.conversation_remote_id AS remoteId
     FROM salvage s JOIN accounts a ON a.uid = s.account_uid
     WHERE a.id = ? AND s.conversation_remote_id IN (SELECT value FROM json_each(?)) ORDER BY s.id`,
    accountId,
    JSON.stringify([...conversations.keys()]),
  );
  for (const { id: savedId, kind, payload, remoteId } of rows) {
    const id = conversations.get(remoteId);
    if (id === undefined) continue;
    giveBack(db, { id, accountId }, kind, JSON.parse(payload) as Payload, now);
    db.run("DELETE FROM salvage WHERE id = ?", savedId);
  }
  // After the replies that they belong to.
  giveBackFiles(db, accountId, conversations);
}

/** Gives an account that has reappeared the window and the names a person typed for it. Part of the caller's transaction. */
export function reattachAccount(db: WriteDb, accountId: number, uid: string): void {
  const rows = db.all<{ id: number; kind: SalvageKind; payload: string }>(
    "SELECT id, kind, payload FROM salvage WHERE account_uid = ? AND conversation_remote_id = '' ORDER BY id",
    uid,
  );
  for (const { id, kind, payload } of rows) {
    const saved = JSON.parse(payload) as Payload;
    if (kind === "retention") {
      db.run(
        `INSERT INTO retention (account_id, typed_days) VALUES (?, ?)
         ON CONFLICT DO UPDATE SET typed_days = excluded.typed_days`,
        accountId,
        Number(saved["days"]),
      );
    } else if (kind === "name") {
      db.run(
        `INSERT INTO contacts (account_id, number, local_name) VALUES (?, ?, ?)
         ON CONFLICT DO UPDATE SET local_name = excluded.local_name`,
        accountId,
        String(saved["number"]),
        String(saved["name"]),
      );
    } else if (kind === "note") {
      giveBackNote(db, accountId, saved);
    } else if (kind === "opt_out") {
      db.run(
        `INSERT INTO contacts (account_id, number, opted_out_at, hints_seen_to) VALUES (?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET opted_out_at = excluded.opted_out_at, hints_seen_to = excluded.hints_seen_to`,
        accountId,
        String(saved["number"]),
        numberOrNull(saved["at"]),
        numberOrNull(saved["seenTo"]),
      );
    }
    db.run("DELETE FROM salvage WHERE id = ?", id);
  }
}

type Payload = Readonly<Record<string, string | number | null>>;

const numberOrNull = (value: unknown) => (typeof value === "number" ? value : null);
const textOrNull = (value: unknown) => (typeof value === "string" ? value : null);

function giveBack(
  db: WriteDb,
  { id, accountId }: { id: ConversationId; accountId: number },
  kind: SalvageKind,
  saved: Payload,
  now: Millis,
): void {
  switch (kind) {
    case "draft":
      db.run(
        "INSERT INTO drafts (conversation_id, text, saved_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        id,
        String(saved["text"]),
        now,
      );
      return;
    case "tombstone":
      db.run(
        `INSERT INTO redactions (conversation_id, remote_id, by, at, removed_here_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO NOTHING`,
        id,
        String(saved["id"]),
        String(saved["by"]),
        Number(saved["at"]),
        numberOrNull(saved["removedHereAt"]),
      );
      return;
    case "consent":
      giveBackConsent(db, id, saved);
      return;
    case "outbox":
    case "reply":
      giveBackReply(db, id, accountId, kind, saved);
      return;
    case "triage":
      db.run(
        `UPDATE conversations SET done_at = ?, snoozed_until = ?, snoozed_until_reply = ?, put_away_to = ?, pinned_at = ?
         WHERE id = ?`,
        numberOrNull(saved["doneAt"]),
        numberOrNull(saved["snoozedUntil"]),
        Number(saved["untilReply"]),
        numberOrNull(saved["putAwayTo"]),
        numberOrNull(saved["pinnedAt"]),
        id,
      );
      return;
    case "retention":
    case "name":
    case "note":
    case "opt_out":
      // These belong to the account, which takes them when it is made.
      return;
  }
}

function giveBackNote(db: WriteDb, accountId: number, saved: Payload): void {
  const number = String(saved["number"]);
  db.run("INSERT INTO contacts (account_id, number) VALUES (?, ?) ON CONFLICT DO NOTHING", accountId, number);
  db.run(
    `INSERT INTO contact_notes (contact_id, text, saved_at) SELECT id, ?, ? FROM contacts
     WHERE account_id = ? AND number = ? ON CONFLICT DO NOTHING`,
    String(saved["text"]),
    Number(saved["savedAt"]),
    accountId,
    number,
  );
}

/** What was just seen again is no change: the moment it was first seen stands. */
function giveBackConsent(db: WriteDb, id: ConversationId, saved: Payload): void {
  const consent = String(saved["consent"]);
  const since = numberOrNull(saved["since"]);
  const observedAt = Number(saved["observedAt"]);
  db.run(
    `DELETE FROM consent_events
     WHERE conversation_id = ? AND consent = ? AND since IS ? AND observed_at >= ?
       AND id = (SELECT min(id) FROM consent_events WHERE conversation_id = ?)`,
    id,
    consent,
    since,
    observedAt,
    id,
  );
  db.run(
    "INSERT INTO consent_events (conversation_id, consent, since, observed_at, source) VALUES (?, ?, ?, ?, ?)",
    id,
    consent,
    since,
    observedAt,
    String(saved["source"]),
  );
}

/**
 * A damaged file's last word may be an old one: what it calls queued may have been sent since. So it is looked up,
 * never just sent; a look needs a moment to look around. Out of a sound cache only what was on its way is unknown.
 */
function giveBackReply(
  db: WriteDb,
  id: ConversationId,
  accountId: number,
  kind: "outbox" | "reply",
  saved: Payload,
): void {
  const was = String(saved["state"]);
  const isSure = was === "failed" || (kind === "reply" && was === "queued");
  const createdAt = Number(saved["createdAt"]);
  const notBefore = numberOrNull(saved["notBefore"]);
  // A wait that no failure asked for was chosen by the person.
  const isScheduled = saved["attempts"] === 0 && textOrNull(saved["errorCode"]) === null;
  db.run(
    `INSERT INTO outbox (account_id, conversation_id, key, tag, from_number, to_number, text, state, error_code,
       error_detail, attempts, created_at, sent_at, not_before, scheduled_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    accountId,
    id,
    String(saved["key"]),
    String(saved["tag"]),
    String(saved["from"]),
    String(saved["to"]),
    String(saved["text"]),
    isSure ? was : "unknown",
    textOrNull(saved["errorCode"]),
    textOrNull(saved["errorDetail"]),
    Number(saved["attempts"] ?? 0),
    createdAt,
    numberOrNull(saved["sentAt"]) ?? (isSure ? null : createdAt),
    notBefore,
    isScheduled ? notBefore : null,
  );
}
