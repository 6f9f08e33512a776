/**
 * Retention in the open inbox: the keeper over the cache, and whose clock is known well enough to go by.
 *
 * Wiring only; what is due and what is learned is decided in `electron/sync/retention-keeper.ts`. Invariant: a leap of
 * this computer's clock forgets whose clock was known, and has every provider asked again.
 */
import type { AccountId, ConversationId } from "../../shared/domain.ts";
import type { DbClient } from "../db/client.ts";
import { errorName } from "../log.ts";
import type { Log } from "../log.ts";
import type { Clock } from "../sync/ports.ts";
import { createRetentionKeeper } from "../sync/retention-keeper.ts";
import type { RetentionKeeper } from "../sync/retention-keeper.ts";

export interface InboxRetentionOptions {
  readonly db: DbClient;
  readonly clock: Clock;
  readonly log: Log;
  /** Texts went: their rows changed, and the purge must follow. */
  readonly onRemoved: (changed: readonly ConversationId[]) => void;
  /** Every account is to ask its provider again. */
  readonly askAll: () => void;
}

export interface InboxRetention extends RetentionKeeper {
  /** The account's provider told its time since the start (or the last leap), or cannot be asked. */
  clockIsKnown(id: AccountId): void;
  /** Remembers the provider's clock minus ours, for the time without a network. Never rejects. */
  saveClock(id: AccountId, offsetMs: number): Promise<void>;
}

export function createInboxRetention({ db, clock, log, onRemoved, askAll }: InboxRetentionOptions): InboxRetention {
  const known = new Set<AccountId>();
  const keeper = createRetentionKeeper({
    store: {
      report: (input) => db.call("retention.report", input),
      pairs: (input) => db.call("retention.pairs", input),
      saveLearned: (input) => db.call("retention.saveLearned", input),
      clockOffset: (input) => db.call("retention.clockOffset", input),
      enforce: (input) => db.call("retention.enforce", input),
    },
    clock,
    accountIds: async () => (await db.call("accounts.list", undefined)).map(({ id }) => id),
    onRemoved,
    isClockKnown: (id) => known.has(id),
    onLeap() {
      known.clear();
      askAll();
    },
    onError: (error) => log.warn("retention failed", { name: errorName(error) }),
  });

  return {
    ...keeper,
    clockIsKnown(id) {
      if (known.has(id)) return;
      known.add(id);
      keeper.soon();
    },
    async saveClock(accountId, offsetMs) {
      try {
        await db.call("retention.saveClockOffset", { accountId, offsetMs });
      } catch (error) {
        log.warn("clock not saved", { accountId, name: errorName(error) });
      }
    },
  };
}
