/**
 * Keeps retention on this device: learns each account's window and removes what is due, with or without network.
 *
 * Over a port; no SQL, no Electron. Invariants: runs before anything is shown after a start, then every few
 * minutes, and after each commit that taught something new; the provider's clock decides, as last seen.
 */
import type { AccountId, ConversationId, Millis } from "../../shared/domain.ts";
import type { Clock } from "./ports.ts";
import { DAY_MS, learnRetention, retentionCutoff } from "./retention.ts";
import type { LearnedRetention, RemovalPair } from "./retention.ts";

export interface RetentionStore {
  report(input: { accountId: AccountId }): Promise<{ learned: LearnedRetention | null; enforcedDays: number | null }>;
  pairs(input: { accountId: AccountId }): Promise<readonly RemovalPair[]>;
  saveLearned(input: { accountId: AccountId; learned: LearnedRetention | null }): Promise<void>;
  clockOffset(input: { accountId: AccountId }): Promise<number>;
  enforce(input: { accountId: AccountId; windowMs: number; cutoff: Millis; now: Millis }): Promise<{
    changed: readonly ConversationId[];
    removedTexts: number;
    more: boolean;
  }>;
}

export interface RetentionKeeperOptions {
  readonly store: RetentionStore;
  readonly clock: Clock;
  readonly accountIds: () => Promise<readonly AccountId[]>;
  /** Texts went: refetch these threads, purge. */
  readonly onRemoved: (changed: readonly ConversationId[]) => void;
  readonly onError: (error: unknown) => void;
}

export interface RetentionKeeper {
  /** Learns and enforces for every account, now. */
  run(): Promise<void>;
  /** A commit removed texts, or a person typed a window: soon. */
  soon(): void;
  stop(): Promise<void>;
}

const EVERY_MS = 15 * 60_000;
const SOON_MS = 1_000;

export function createRetentionKeeper(options: RetentionKeeperOptions): RetentionKeeper {
  const { store, clock } = options;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  let cancelTimer = () => {};

  async function keep(accountId: AccountId): Promise<void> {
    const { learned: known } = await store.report({ accountId });
    const learned = learnRetention(await store.pairs({ accountId }));
    // Evidence that has been purged away does not take back what was learned from it.
    if (learned !== null && JSON.stringify(learned) !== JSON.stringify(known)) {
      await store.saveLearned({ accountId, learned });
    }
    const { enforcedDays } = await store.report({ accountId });
    if (enforcedDays === null) return;
    const offsetMs = await store.clockOffset({ accountId });
    let more = true;
    while (more && !stopped) {
      const now = clock.now();
      const cutoff = retentionCutoff(enforcedDays, now, offsetMs);
      const result = await store.enforce({ accountId, windowMs: enforcedDays * DAY_MS, cutoff, now });
      if (result.removedTexts > 0) options.onRemoved(result.changed);
      more = result.more;
    }
  }

  async function keepAll(): Promise<void> {
    cancelTimer();
    try {
      for (const accountId of await options.accountIds()) await keep(accountId);
    } catch (error) {
      options.onError(error);
    }
    if (!stopped) schedule(EVERY_MS);
  }

  function schedule(delayMs: number): void {
    cancelTimer();
    cancelTimer = clock.schedule(delayMs, () => void run());
  }

  function run(): Promise<void> {
    running = running.then(keepAll);
    return running;
  }

  return {
    run,
    soon: () => schedule(SOON_MS),
    async stop() {
      stopped = true;
      cancelTimer();
      await running;
    },
  };
}
