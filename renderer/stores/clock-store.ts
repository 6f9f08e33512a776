/**
 * The current minute and the computer's time zone, so that "6:53 PM" becomes "Yesterday" by itself, and noon is noon after
 * a flight. The only clock components read.
 */
import { resetLocalTimeZone } from "@internationalized/date";
import { createStore } from "zustand/vanilla";
import type { Millis } from "../../shared/domain.ts";

const MINUTE_MS = 60_000;

export type ClockStore = ReturnType<typeof createClockStore>;

export interface ClockState {
  readonly now: Millis;
  /** How often the zone changed since the start: whatever was written with it is written anew. */
  readonly moves: number;
}

/** IANA, as the system has it at this moment. */
const systemZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** @param now the time source, Unix milliseconds, and `zone` the place; both are replaced in tests. */
export function createClockStore(now: () => Millis, zone: () => string = systemZone) {
  const store = createStore<ClockState>(() => ({ now: now(), moves: 0 }));
  /** Null until the first look: it loads the system's data of the language, and there is no hurry. */
  let here: string | null = null;

  function tick(): void {
    const before = here;
    here = zone();
    const hasMoved = before !== null && before !== here;
    // Calendars and date fields would keep the zone they saw first.
    if (hasMoved) resetLocalTimeZone();
    store.setState({ now: now(), moves: store.getState().moves + (hasMoved ? 1 : 0) });
  }

  return {
    ...store,
    tick,
    /** Ticks every minute; returns the stop function. */
    start(): () => void {
      const timer = setInterval(tick, MINUTE_MS);
      return () => clearInterval(timer);
    },
  };
}
