/**
 * Runs the purge after texts were removed: soon, not for every page, and again until it is done.
 *
 * One per database. The store remembers that a purge is pending, so that a crash in between is made good at
 * the next start (`request` is called once then). Invariant: at most one purge runs at a time, and one asked
 * for while another runs is run after it; after `stop` none runs any more.
 */
import type { Clock, SyncStore } from "./ports.ts";

const SOON_MS = 250;
const RETRY_MS = 1_000;

export interface Purger {
  request(): void;
  /** Runs what is asked for now; resolves when it is done or could not be. */
  flush(): Promise<void>;
  /** Runs what is asked for once more and no further: the database closes. What fails is made good at the next start. */
  stop(): Promise<void>;
}

export function createPurger(store: Pick<SyncStore, "purge">, clock: Clock, onError: (error: unknown) => void): Purger {
  let wanted = false;
  let stopped = false;
  let running: Promise<void> | null = null;
  let cancelTimer = () => {};

  function schedule(delayMs: number): void {
    cancelTimer();
    if (!stopped) cancelTimer = clock.schedule(delayMs, () => void flush());
  }

  async function run(): Promise<void> {
    wanted = false;
    try {
      const { done } = await store.purge({ now: clock.now() });
      if (done) return;
    } catch (error) {
      onError(error);
    }
    wanted = true;
  }

  async function flush(): Promise<void> {
    cancelTimer();
    if (running !== null) await running;
    if (!wanted) return;
    running = run();
    await running;
    running = null;
    if (wanted) schedule(RETRY_MS);
  }

  return {
    request() {
      if (wanted) return;
      wanted = true;
      if (running === null) schedule(SOON_MS);
    },
    flush,
    stop() {
      stopped = true;
      return flush();
    },
  };
}
