/**
 * Learns a provider's retention window from what it removed. Pure.
 *
 * One removal proves nothing: a person may have asked for an erasure. Invariants: at least five pairs agree to
 * the day, they were removed on more than one day, and they are the great majority; otherwise nothing is
 * learned. The answer carries its evidence, because a person is shown it and may overrule it.
 */
import type { Millis } from "../../shared/domain.ts";

export const DAY_MS = 86_400_000;

/** A message's time and the time its text was removed, both on the provider's clock. */
export interface RemovalPair {
  readonly sentAt: Millis;
  readonly removedAt: Millis;
}

export interface LearnedRetention {
  readonly days: number;
  /** How many of `pairs` agree. */
  readonly agreeing: number;
  readonly pairs: number;
}

const MIN_AGREEING = 5;
const MIN_REMOVAL_DAYS = 2;
const MIN_SHARE = 0.8;

/** The window in whole days, or null while the evidence is not enough. Removal jobs run daily: a day's slack agrees. */
export function learnRetention(pairs: readonly RemovalPair[]): LearnedRetention | null {
  const gaps = pairs
    .filter(({ sentAt, removedAt }) => removedAt > sentAt)
    .map((pair) => ({ ...pair, gapDays: (pair.removedAt - pair.sentAt) / DAY_MS }));
  const counts = new Map<number, number>();
  for (const { gapDays } of gaps) {
    const days = Math.round(gapDays);
    counts.set(days, (counts.get(days) ?? 0) + 1);
  }
  const [days = 0] = [...counts].toSorted(([a, countA], [b, countB]) => countB - countA || a - b)[0] ?? [];
  if (days < 1) return null;
  const agreeing = gaps.filter(({ gapDays }) => Math.abs(gapDays - days) <= 1);
  const removalDays = new Set(agreeing.map(({ removedAt }) => Math.floor(removedAt / DAY_MS)));
  if (agreeing.length < MIN_AGREEING || removalDays.size < MIN_REMOVAL_DAYS) return null;
  if (agreeing.length < MIN_SHARE * gaps.length) return null;
  return { days, agreeing: agreeing.length, pairs: gaps.length };
}

/**
 * Texts sent before this moment are due for removal.
 *
 * @param now            this computer's clock
 * @param clockOffsetMs  the provider's clock minus ours, as last seen; the window is counted on the provider's
 */
export function retentionCutoff(days: number, now: Millis, clockOffsetMs: number): Millis {
  return now + clockOffsetMs - days * DAY_MS;
}
