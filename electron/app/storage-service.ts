/**
 * "Sync & storage" behind the window: the report, and what a person may do about it.
 *
 * Wiring between cache, accounts and retention; no rules of its own.
 */
import type { AccountId } from "../../shared/domain.ts";
import type { DbClient } from "../db/client.ts";
import type { StorageCalls } from "../ipc/services.ts";
import type { Clock } from "../sync/ports.ts";
import type { AccountService } from "./account-service.ts";

export interface StorageServiceOptions {
  readonly db: DbClient;
  readonly clock: Clock;
  readonly accounts: Pick<AccountService, "rebuild" | "findRuntime">;
  /** A window was typed or taken back. */
  readonly onRetention: () => void;
  /** Everything of the account is another one now. */
  readonly onRebuilt: () => void;
}

export function createStorageService(options: StorageServiceOptions): StorageCalls {
  const { db, accounts, clock } = options;
  return {
    report: () => db.call("storage.report", undefined),
    async recheck(accountId: AccountId) {
      await db.call("storage.recheck", { accountId, now: clock.now() });
      accounts.findRuntime(accountId)?.recheck();
    },
    async rebuild(accountId) {
      await accounts.rebuild(accountId);
      options.onRebuilt();
    },
    async setRetention(accountId, days) {
      await db.call("retention.setTyped", { accountId, days });
      options.onRetention();
    },
  };
}
