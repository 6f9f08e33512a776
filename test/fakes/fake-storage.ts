/** An invented storage report: one account in the middle of everything, the others at rest. Pure. */
import type { Account, Millis } from "../../shared/domain.ts";
import type { Handlers } from "../../shared/ipc.ts";
import type { RetentionStatus, StorageReport } from "../../shared/storage.ts";

const HOUR = 3_600_000;

type StorageHandlers = Pick<Handlers, "storage.report" | "storage.recheck" | "storage.rebuild" | "retention.set">;

/** Remembers typed windows; the rest is said to be done. */
export function fakeStorageHandlers(
  world: () => { accounts: readonly Account[]; conversations: number; now: Millis },
): StorageHandlers {
  const typed = new Map<number, number | null>();
  const withTyped = (accountId: number, retention: RetentionStatus): RetentionStatus => {
    const days = typed.get(accountId);
    if (days === undefined) return retention;
    return { ...retention, typedDays: days, enforcedDays: days ?? retention.learned?.days ?? null };
  };
  return {
    "storage.report": () => {
      const { accounts, conversations, now } = world();
      const report = fakeStorage(accounts, conversations, now);
      return {
        ...report,
        accounts: report.accounts.map((one) => ({ ...one, retention: withTyped(one.accountId, one.retention) })),
      };
    },
    "storage.recheck": () => undefined,
    "storage.rebuild": () => undefined,
    "retention.set": ({ accountId, days }) => void typed.set(accountId, days),
  };
}

function fakeStorage(accounts: readonly Account[], conversations: number, now: Millis): StorageReport {
  const share = Math.floor(conversations / Math.max(1, accounts.length));
  return {
    accounts: accounts.map(({ id: accountId }, index) => ({
      accountId,
      lastCompletedAt: index === 2 ? null : now - 40_000,
      sweep: {
        running: index === 0 ? { seen: Math.floor(share * 0.4), startedAt: now - 90_000 } : null,
        completedAt: index === 2 ? null : now - 5 * HOUR,
      },
      conversations: share,
      threads:
        index === 0
          ? { complete: Math.max(0, share - 17), behind: 3, partial: 2, neverFetched: 12, recheck: 4 }
          : { complete: share, behind: 0, partial: 0, neverFetched: 0, recheck: 0 },
      messages: share * 31,
      quarantined:
        index === 0
          ? {
              total: 3,
              newest: [
                { scope: "messages", remoteId: "msg_01HV3K2Z9QWERTY", reason: "created_at: Invalid date", seenAt: now },
                { scope: "messages", remoteId: null, reason: "direction: Invalid option", seenAt: now - 26 * HOUR },
                {
                  scope: "conversations",
                  remoteId: "conv_01HV3K2Z9-a-very-long-identifier-that-a-provider-came-up-with-0000000001",
                  reason: "contact.phone_number: Invalid input: expected string, received null",
                  seenAt: now - 90 * HOUR,
                },
              ],
            }
          : { total: 0, newest: [] },
      retention: {
        typedDays: index === 1 ? 30 : null,
        learned: index === 0 ? { days: 90, agreeing: 14, pairs: 14 } : null,
        enforcedDays: index === 0 ? 90 : index === 1 ? 30 : null,
        lastRunAt: index === 2 ? null : now - 600_000,
        removedTexts: index === 0 ? 1_204 : 0,
      },
      unsentFiles: index === 0 ? { count: 3, bytes: 4_812_000 } : { count: 0, bytes: 0 },
      keptWords: index === 0 ? 2 : 0,
    })),
    files: { databaseBytes: 48_234_496, walBytes: 4_128_768 },
    purgePending: false,
    lastPurgeAt: null,
  };
}
