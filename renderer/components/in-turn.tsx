/**
 * What may be drawn a moment after the rest of its screen: in slices of a few milliseconds, between which keys, clicks and
 * rows that come in go first.
 *
 * For parts nobody waits for, whose place is kept free so that nothing moves when they come. Must not hold anything that
 * has the focus at once.
 */
import type { ReactNode } from "react";
import { useDeferredValue } from "react";

/** False in the first drawing of a screen, true in the turn after it. */
export const useTurn = (): boolean => useDeferredValue(true, false);

export function InTurn({ children, meanwhile = null }: { children: ReactNode; meanwhile?: ReactNode }) {
  return useTurn() ? children : meanwhile;
}
