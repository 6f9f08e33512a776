/** Records that failed validation: kept by hash and reason, never by content. */
import type { AccountId, Millis } from "../../shared/domain.ts";
import type { WriteDb } from "./connection.ts";
import type { Rejected } from "./inputs.ts";

/** Part of the transaction that stores the rest of the page; the same record twice is one row. */
export function quarantine(
  db: WriteDb,
  accountId: AccountId,
  scope: "conversations" | "messages",
  rejected: readonly Rejected[],
  now: Millis,
): void {
  for (const { remoteId, reason, hash } of rejected) {
    db.run(
      `INSERT INTO quarantine (account_id, hash, scope, remote_id, reason, seen_at) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET seen_at = excluded.seen_at`,
      accountId,
      hash,
      scope,
      remoteId,
      reason,
      now,
    );
  }
}
