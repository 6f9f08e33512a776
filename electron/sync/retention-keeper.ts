/**
 * Keeps retention on this device: learns each account's window and removes what is due, with or without network.
 *
 * Over a port; no SQL, no Electron. Invariants: runs before anything is shown after a start, then every few
 * minutes, and after each commit that taught something new; the provider's clock decides, as last seen; until it
 * was seen in this run, only what is overdue by days goes.
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
  /**
   * False until the provider told its time in this run (or cannot be asked): this computer's clock may have been
   * set meanwhile, so only what is overdue by days goes until then.
   */
  readonly isClockKnown: (id: AccountId) => boolean;
  /** The clock leapt ahead (sleep, or somebody set it): what was known of it no longer counts. */
  readonly onLeap: () => void;
  /** Texts went: refetch these threads, purge. */
  readonly onRemoved: (changed: readonly ConversationId[]) => void;
  readonly onError: (error: unknown) => void;
}

export interface RetentionKeeper {
  /** Learns and enforces for every account, now. */
  run(): Promise<void>;
  /** A commit removed texts, or a person typed a window: when that has paused for a moment, or went on for half a minute. */
  soon(): void;
  stop(): Promise<void>;
}

const EVERY_MS = 15 * 60_000;
const SOON_MS = 1_000;
/** A sync that goes on and on puts a run off no longer than this. */
const LATEST_MS = 30_000;
/** Clocks are set wrong by less than this, as a rule; drawers keep laptops for longer. */
const DOUBT_MS = 4 * DAY_MS;
const LEAP_MS = 10 * 60_000;

export function createRetentionKeeper(options: RetentionKeeperOptions): RetentionKeeper {
  const { store, clock } = options;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  let cancelTimer = () => {};
  /** Since when a run is asked for; null: it is not. */
  let askedAt: Millis | null = null;

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
      const doubtMs = options.isClockKnown(accountId) ? 0 : DOUBT_MS;
      const cutoff = retentionCutoff(enforcedDays, now, offsetMs) - doubtMs;
      const result = await store.enforce({ accountId, windowMs: enforcedDays * DAY_MS, cutoff, now });
      if (result.removedTexts > 0) options.onRemoved(result.changed);
      more = result.more;
    }
  }

  async function keepAll(): Promise<void> {
    cancelTimer();
    askedAt = null;
    const accountIds = await options.accountIds().catch((error: unknown) => {
      options.onError(error);
      return [];
    });
    for (const accountId of accountIds) {
      try {
        await keep(accountId);
      } catch (error) {
        // The others' texts are due all the same.
        options.onError(error);
      }
    }
    // What was asked for during this run may have come too late for it.
    schedule(askedAt === null ? EVERY_MS : SOON_MS);
  }

  function schedule(delayMs: number): void {
    cancelTimer();
    if (stopped) return;
    const dueAt = clock.now() + delayMs;
    cancelTimer = clock.schedule(delayMs, () => {
      if (clock.now() - dueAt > LEAP_MS) options.onLeap();
      void run();
    });
  }

  function run(): Promise<void> {
    running = running.then(keepAll);
    return running;
  }

  return {
    run,
    soon() {
      const now = clock.now();
      askedAt ??= now;
      schedule(Math.max(0, Math.min(SOON_MS, askedAt + LATEST_MS - now)));
    },
    async stop() {
      stopped = true;
      cancelTimer();
      await running;
    },
  };
}
