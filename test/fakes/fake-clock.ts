/**
 * A clock that moves only when told to: the `Clock` port for tests.
 *
 * Invariant: callbacks run in the order of their due times, ties in the order they were scheduled.
 */
import type { Clock } from "../../electron/sync/ports.ts";

export interface FakeClock extends Clock {
  /** Moves time forward and runs what becomes due, letting promises settle in between. */
  advance(ms: number): Promise<void>;
  /** Runs timers in order until `done` says so; fails after `maxMs` of fake time. */
  runUntil(done: () => boolean, maxMs?: number): Promise<void>;
  pending(): number;
  /** The wall clock jumps without anything running: sleep, or somebody sets it. */
  leap(ms: number): void;
}

/** Lets everything that waits only for promises go on. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}

export function createFakeClock(startAt = Date.UTC(2026, 3, 28, 12)): FakeClock {
  let now = startAt;
  let nextId = 0;
  const timers = new Map<number, { at: number; callback: () => void }>();

  function nextTimer(): [number, { at: number; callback: () => void }] | undefined {
    return [...timers].toSorted(([idA, a], [idB, b]) => a.at - b.at || idA - idB)[0];
  }

  async function runNext(limit: number): Promise<boolean> {
    const next = nextTimer();
    if (next === undefined || next[1].at > limit) return false;
    timers.delete(next[0]);
    now = Math.max(now, next[1].at);
    next[1].callback();
    await settle();
    return true;
  }

  return {
    now: () => now,
    schedule(delayMs, callback) {
      const id = (nextId += 1);
      // Real clocks give whole milliseconds and never call early.
      timers.set(id, { at: Math.ceil(now + delayMs), callback });
      return () => void timers.delete(id);
    },
    async advance(ms) {
      const until = now + ms;
      await settle();
      while (await runNext(until));
      now = until;
    },
    async runUntil(done, maxMs = 3_600_000) {
      const until = now + maxMs;
      await settle();
      while (!done()) {
        if (!(await runNext(until)))
          throw new Error(`nothing left to run before the condition held (${timers.size} timers)`);
      }
    },
    pending: () => timers.size,
    leap(ms) {
      now += ms;
    },
  };
}
