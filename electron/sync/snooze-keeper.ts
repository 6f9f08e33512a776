/**
 * Wakes snoozed conversations on time, with one timer for the nearest of them.
 *
 * Asks the store only when something was snoozed, woken or slept through, never at intervals. Invariants: at most one
 * timer and one run at a time; what was asked for while a run was under way is one more run; a clock set back or a
 * timer that fired early wakes nobody early.
 */
import type { ConversationId, Millis } from "../../shared/domain.ts";
import type { Clock } from "./ports.ts";

export interface SnoozeStore {
  nextWakeAt(): Promise<Millis | null>;
  wake(input: { now: Millis }): Promise<ConversationId[]>;
}

export interface SnoozeKeeper {
  /** Wakes what is due and sets the timer; after a decision, at start, when the computer woke. */
  check(): Promise<void>;
  stop(): Promise<void>;
}

/** Timers longer than 2^31 ms fire at once, and a day is soon enough to notice that the clock was set. */
const MAX_TIMER_MS = 24 * 3_600_000;
const RETRY_MS = 60_000;

export function createSnoozeKeeper(options: {
  readonly store: SnoozeStore;
  readonly clock: Clock;
  readonly onWoken: (ids: readonly ConversationId[]) => void;
  readonly onError: (error: unknown) => void;
}): SnoozeKeeper {
  const { store, clock, onWoken, onError } = options;
  let stopped = false;
  let cancelTimer = () => {};
  let running: Promise<void> = Promise.resolve();
  let isQueued = false;

  function schedule(delayMs: number): void {
    cancelTimer();
    if (!stopped) cancelTimer = clock.schedule(Math.min(delayMs, MAX_TIMER_MS), () => void check());
  }

  async function run(): Promise<void> {
    isQueued = false;
    if (stopped) return;
    try {
      const woken = await store.wake({ now: clock.now() });
      if (woken.length > 0) onWoken(woken);
      const next = await store.nextWakeAt();
      cancelTimer();
      if (next !== null) schedule(Math.max(0, next - clock.now()));
    } catch (error) {
      onError(error);
      schedule(RETRY_MS);
    }
  }

  function check(): Promise<void> {
    if (!isQueued) {
      isQueued = true;
      running = running.then(run);
    }
    return running;
  }

  return {
    check,
    async stop() {
      stopped = true;
      cancelTimer();
      await running;
    },
  };
}
