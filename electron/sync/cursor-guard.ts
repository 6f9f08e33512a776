/**
 * Notices a list of pages that runs in a circle. Pure.
 *
 * Brent's method: one remembered cursor, moved forward at every power of two, meets any circle in time
 * proportional to its length. Nothing grows, so a walk over ten thousand pages costs one string.
 */
export interface CursorGuard {
  readonly checkpoint: string | null;
  readonly steps: number;
  readonly power: number;
}

export const freshGuard: CursorGuard = { checkpoint: null, steps: 0, power: 1 };

/** The guard after seeing `next`, or `"stuck"` when `next` was seen before. `current` is the page just read. */
export function guardCursor(guard: CursorGuard, current: string | null, next: string): CursorGuard | "stuck" {
  if (next === current || next === guard.checkpoint) return "stuck";
  const steps = guard.steps + 1;
  return steps === guard.power ? { checkpoint: next, steps: 0, power: guard.power * 2 } : { ...guard, steps };
}
