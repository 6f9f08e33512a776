/** The real clock behind the `Clock` port: wall time in Unix milliseconds, one-shot timers. */
import type { Clock } from "../sync/ports.ts";

/** Node's timers take at most this; a longer wait is asked for again. */
const MAX_DELAY_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  schedule(delayMs, callback) {
    const timer = setTimeout(callback, Math.min(delayMs, MAX_DELAY_MS));
    return () => clearTimeout(timer);
  },
};
