/**
 * Files that go out with a reply: in the draft, then in the outbox, until the reply is a message.
 *
 * The bytes live in this database and nowhere else on disk. Invariants: a file belongs to one conversation for its whole
 * life; nothing beyond the provider's rules is stored in a draft; what is deleted marks the purge as pending (by trigger,
 * migration 110); the provider's address of a file never goes to the window.
 */
import type { AttachmentItem } from "../../shared/attachments.ts";
import { CAPABILITIES } from "../../shared/capabilities.ts";
import type { ConversationId, Millis, OutboxId, ProviderName } from "../../shared/domain.ts";
import { AppError } from "../../shared/errors.ts";
import type { FileRules } from "../../shared/file-types.ts";
import type { MediaId } from "../../shared/media.ts";
import type { ReadDb, WriteDb } from "./connection.ts";
import { beginDraft, dropEmptyDraft } from "./drafts-repo.ts";
import type { OutboxFile } from "./inputs.ts";
import { kindOfType } from "./media-names.ts";

interface AttachmentRow {
  readonly id: number;
  readonly token: string;
  readonly outbox_id: OutboxId | null;
  readonly name: string;
  readonly content_type: string;
  readonly size_bytes: number;
  readonly uploaded_url: string | null;
  readonly uploaded_at: Millis | null;
}

const OF_DRAFT = "outbox_id IS NULL AND is_parked = 0";

const toItem = (row: AttachmentRow): AttachmentItem => ({
  id: row.token as MediaId,
  name: row.name,
  kind: kindOfType(row.content_type),
  sizeBytes: row.size_bytes,
});

export const draftAttachments = (
  db: ReadDb,
  { conversationId }: { conversationId: ConversationId },
): AttachmentItem[] =>
  db
    .all<AttachmentRow>(
      `SELECT * FROM attachments WHERE conversation_id = ? AND ${OF_DRAFT} ORDER BY id`,
      conversationId,
    )
    .map(toItem);

const rowsOfReply = (db: ReadDb, id: OutboxId): AttachmentRow[] =>
  db.all<AttachmentRow>("SELECT * FROM attachments WHERE outbox_id = ? ORDER BY id", id);

export const attachmentsOfReply = (db: ReadDb, id: OutboxId): AttachmentItem[] => rowsOfReply(db, id).map(toItem);

/** How long an address that the provider gave for a file is used. Its life is not documented: our own bound. */
const UPLOAD_LASTS_MS = 86_400_000;

/** For sending, in order. An address that may have run out by `now` is as good as none. */
export const filesToSend = (db: ReadDb, id: OutboxId, now: Millis): OutboxFile[] =>
  rowsOfReply(db, id).map(({ token, name, content_type, uploaded_url, uploaded_at }) => ({
    id: token as MediaId,
    name,
    contentType: content_type,
    url: now - (uploaded_at ?? 0) < UPLOAD_LASTS_MS ? uploaded_url : null,
  }));

/** @throws AppError `not_found`, `files_not_taken` */
function rulesOf(db: ReadDb, conversationId: ConversationId): FileRules {
  const row = db.get<{ provider: ProviderName }>(
    `SELECT a.provider FROM conversations c JOIN accounts a ON a.id = c.account_id
     WHERE c.id = ? AND a.state <> 'removing'`,
    conversationId,
  );
  if (row === undefined) throw new AppError("not_found", "no such conversation");
  const { files } = CAPABILITIES[row.provider];
  if (files === null) throw new AppError("files_not_taken");
  return files;
}

/** What this thread's provider takes, and how many files its draft has. @throws AppError `not_found`, `files_not_taken` */
export const draftRoom = (
  db: ReadDb,
  { conversationId }: { conversationId: ConversationId },
): { rules: FileRules; held: number } => ({
  rules: rulesOf(db, conversationId),
  held: draftAttachments(db, { conversationId }).length,
});

export interface AddAttachment {
  readonly conversationId: ConversationId;
  /** Fit to be shown and to be saved under. */
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  readonly now: Millis;
}

/** At the end of the thread's draft, which begins with it if there was none. @throws AppError as `draftRoom`, `files_too_many`, `bad_input` */
export function addAttachment(db: WriteDb, input: AddAttachment): AttachmentItem {
  const { conversationId, name, contentType, bytes, now } = input;
  return db.transaction(() => {
    const { rules, held } = draftRoom(db, { conversationId });
    if (bytes.byteLength === 0 || bytes.byteLength > rules.maxBytes) throw new AppError("bad_input");
    if (held >= rules.maxCount) throw tooMany(rules);
    beginDraft(db, { conversationId, now });
    const { lastId } = db.run(
      `INSERT INTO attachments (token, conversation_id, name, content_type, size_bytes)
       VALUES (lower(hex(randomblob(16))), ?, ?, ?, ?)`,
      conversationId,
      name,
      contentType,
      bytes.byteLength,
    );
    db.run("INSERT INTO attachment_blobs (attachment_id, bytes) VALUES (?, ?)", lastId, bytes);
    return toItem(db.get<AttachmentRow>("SELECT * FROM attachments WHERE id = ?", lastId)!);
  });
}

const tooMany = ({ maxCount }: FileRules) =>
  new AppError("files_too_many", "files_too_many", { detail: { max: `${maxCount}` } });

/** Those of a draft or taken out with a reply; what is in the outbox stays. Says whose threads changed. */
export function removeAttachments(db: WriteDb, { ids }: { ids: readonly MediaId[] }): ConversationId[] {
  return db.transaction(() => {
    const rows = db.all<{ id: number; conversation_id: ConversationId }>(
      `SELECT id, conversation_id FROM attachments
       WHERE outbox_id IS NULL AND token IN (SELECT value FROM json_each(?))`,
      JSON.stringify(ids),
    );
    for (const { id } of rows) db.run("DELETE FROM attachments WHERE id = ?", id);
    const changed = [...new Set(rows.map(({ conversation_id }) => conversation_id))];
    for (const conversationId of changed) dropEmptyDraft(db, { conversationId });
    return changed;
  });
}

export interface AttachmentBytes {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly name: string;
}

/**
 * Null: it is no file of a draft or a reply (any more).
 *
 * @param reply  null it also is where the file is not this one's
 */
export function openAttachment(
  db: ReadDb,
  { id, reply = null }: { id: MediaId; reply?: OutboxId | null },
): AttachmentBytes | null {
  const row = db.get<{ bytes: Uint8Array; content_type: string; name: string }>(
    `SELECT b.bytes, a.content_type, a.name FROM attachments a JOIN attachment_blobs b ON b.attachment_id = a.id
     WHERE a.token = ?1 AND (?2 IS NULL OR a.outbox_id = ?2)`,
    id,
    reply,
  );
  return row === undefined ? null : { bytes: row.bytes, contentType: row.content_type, name: row.name };
}

/** The provider has it, at this address: a retry need not bring it again. */
export function markUploaded(db: WriteDb, { id, url, now }: { id: MediaId; url: string; now: Millis }): void {
  db.run("UPDATE attachments SET uploaded_url = ?, uploaded_at = ? WHERE token = ?", url, now, id);
}

/**
 * Moves files of the thread's draft, or of a reply that was taken out, into a reply. Part of the caller's transaction.
 *
 * @throws AppError `not_found` when one of them is neither, `files_not_taken`, `files_too_many`
 */
export function takeForReply(
  db: WriteDb,
  { conversationId, ids, reply }: { conversationId: ConversationId; ids: readonly MediaId[]; reply: OutboxId },
): void {
  if (ids.length === 0) return;
  const rules = rulesOf(db, conversationId);
  if (ids.length > rules.maxCount) throw tooMany(rules);
  const { changes } = db.run(
    `UPDATE attachments SET outbox_id = ?, is_parked = 0
     WHERE conversation_id = ? AND outbox_id IS NULL AND token IN (SELECT value FROM json_each(?))`,
    reply,
    conversationId,
    JSON.stringify(ids),
  );
  if (changes !== new Set(ids).size) throw new AppError("not_found", "a file is not there any more");
}

/** Into the thread's draft. Part of the caller's transaction. */
export function giveToDraft(db: WriteDb, reply: OutboxId): void {
  db.run("UPDATE attachments SET outbox_id = NULL WHERE outbox_id = ?", reply);
}

/** Aside, until the person puts the reply back or the app ends. Part of the caller's transaction. */
export function parkAttachments(db: WriteDb, reply: OutboxId): void {
  db.run("UPDATE attachments SET outbox_id = NULL, is_parked = 1 WHERE outbox_id = ?", reply);
}

export const dropParked = (db: WriteDb): number =>
  db.run("DELETE FROM attachments WHERE outbox_id IS NULL AND is_parked = 1").changes;
