/**
 * Rows of the outbox with what addresses their conversation. Reads only; `outbox-repo.ts` and `outbox-person.ts` change them.
 */
import type { AccountId, ConversationId, Millis, OutboxId, OutboxItem } from "../../shared/domain.ts";
import { AppError } from "../../shared/errors.ts";
import { attachmentsOfReply, filesToSend } from "./attachments-repo.ts";
import type { ReadDb } from "./connection.ts";
import type { OutboxWork } from "./inputs.ts";
import { toOutboxItem } from "./rows.ts";
import type { OutboxRow } from "./rows.ts";

export interface FullRow extends OutboxRow {
  readonly account_id: AccountId;
  readonly remote_id: string;
  readonly tag: string;
  readonly from_number: string;
  readonly to_number: string;
  readonly sent_at: Millis | null;
  readonly began_at: Millis | null;
  readonly began_after: Millis | null;
  readonly seen_up_to: number;
}

export const SELECT_REPLY = `SELECT o.*, c.remote_id FROM outbox o JOIN conversations c ON c.id = o.conversation_id`;

export const findRow = (db: ReadDb, id: OutboxId): FullRow | undefined =>
  db.get<FullRow>(`${SELECT_REPLY} WHERE o.id = ?`, id);

/** @throws AppError `not_found` */
export function getRow(db: ReadDb, id: OutboxId): FullRow {
  const row = findRow(db, id);
  if (row === undefined) throw new AppError("not_found", "no such reply");
  return row;
}

/** As a person sees it, with its files. */
export function toItem(db: ReadDb, row: OutboxRow): OutboxItem {
  const files = attachmentsOfReply(db, row.id as OutboxId);
  return files.length === 0 ? toOutboxItem(row) : { ...toOutboxItem(row), files };
}

/** @param now  addresses of files that may have run out by then are left out */
export function toWork(db: ReadDb, row: FullRow, now: Millis): OutboxWork {
  return {
    item: toItem(db, row),
    accountId: row.account_id,
    conversation: {
      id: row.conversation_id as ConversationId,
      remoteId: row.remote_id,
      ownNumber: row.from_number,
      contactNumber: row.to_number,
    },
    tag: row.tag,
    sentAt: row.sent_at,
    files: filesToSend(db, row.id as OutboxId, now),
  };
}
