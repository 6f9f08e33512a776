/**
 * The sample organisation's retention window: a text lives for 90 days, then the nightly job takes it.
 *
 * Pure. Invariant: the moment depends on the message's own time only, so a text that is gone stays gone.
 */
import { hashOf } from "./random.ts";

const DAY_MS = 86_400_000;
export const RETENTION_DAYS = 90;

/** When the job of the 90th day after `createdAt` removes the text: between 03:10 and 03:20 UTC, in ms. */
export function redactionTimeOf(createdAt: number): number {
  const day = Math.floor(createdAt / DAY_MS) + RETENTION_DAYS;
  return day * DAY_MS + (3 * 60 + 10) * 60_000 + (hashOf(`job ${day}`) % 600) * 1000;
}

/** The moment the text was removed, or null while it is still there. */
export function redactedAt(createdAt: number, now: number): number | null {
  const at = redactionTimeOf(createdAt);
  return at <= now ? at : null;
}
