/** The current minute, so that "6:53 PM" becomes "Yesterday" by itself. The only clock components read. */
import { createStore } from "zustand/vanilla";
import type { Millis } from "../../shared/domain.ts";

const MINUTE_MS = 60_000;

/** @param now the time source, Unix milliseconds; replaced in tests. */
export function createClockStore(now: () => Millis) {
  const store = createStore<{ readonly now: Millis }>(() => ({ now: now() }));
  return {
    ...store,
    tick: () => store.setState({ now: now() }),
    /** Ticks every minute; returns the stop function. */
    start(): () => void {
      const timer = setInterval(() => store.setState({ now: now() }), MINUTE_MS);
      return () => clearInterval(timer);
    },
  };
}
