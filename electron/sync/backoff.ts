/**
 * How long to wait after a failure. Pure; chance is handed in.
 *
 * Full jitter, because many copies of the app fail together and would otherwise come back together.
 */
import type { Random } from "./ports.ts";

const BASE_MS = 1_000;
const CAP_MS = 60_000;
/** Never hammer, even when the dice say zero. */
const FLOOR_MS = 250;

/**
 * @param attempt       1 for the first failure in a row
 * @param retryAfterMs  the server's own wish; never answered earlier than that
 * @returns milliseconds to wait
 */
export function backoffMs(attempt: number, retryAfterMs: number | null, random: Random): number {
  const ceiling = Math.min(CAP_MS, BASE_MS * 2 ** Math.min(attempt, 16));
  const jittered = FLOOR_MS + random() * (ceiling - FLOOR_MS);
  return Math.round(retryAfterMs === null ? jittered : retryAfterMs + random() * BASE_MS);
}
