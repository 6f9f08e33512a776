/**
 * The moments a conversation can be snoozed until, in the local time of this computer. Pure: the clock is an argument.
 *
 * Local wall-clock times, so that 9:00 stays 9:00 over a clock change.
 */
import type { Millis } from "../../shared/domain.ts";

const LATER_HOURS = 3;
const MORNING_HOUR = 9;
/** Later today ends with the working evening: after that, tomorrow is meant. */
const LAST_HOUR = 21;
const MONDAY = 1;

export interface SnoozeTimes {
  /** Null in the evening. */
  readonly later: Millis | null;
  readonly tomorrow: Millis;
  readonly nextWeek: Millis;
}

export function snoozeTimes(now: Millis): SnoozeTimes {
  const later = new Date(now);
  later.setHours(later.getHours() + LATER_HOURS, later.getMinutes() < 30 ? 30 : 60, 0, 0);
  const isToday = later.getDate() === new Date(now).getDate() && later.getHours() <= LAST_HOUR;
  const today = new Date(now).getDay();
  return {
    later: isToday ? later.getTime() : null,
    tomorrow: morningIn(now, 1),
    nextWeek: morningIn(now, (MONDAY - today + 7) % 7 || 7),
  };
}

function morningIn(now: Millis, days: number): Millis {
  const day = new Date(now);
  day.setDate(day.getDate() + days);
  day.setHours(MORNING_HOUR, 0, 0, 0);
  return day.getTime();
}

/** What `<input type="datetime-local">` takes: "2026-04-14T09:00". */
export function toLocalInput(at: Millis): string {
  const local = new Date(at);
  const two = (value: number) => String(value).padStart(2, "0");
  const date = `${String(local.getFullYear()).padStart(4, "0")}-${two(local.getMonth() + 1)}-${two(local.getDate())}`;
  return `${date}T${two(local.getHours())}:${two(local.getMinutes())}`;
}

/** Null: no moment, or not in the future. */
export function fromLocalInput(value: string, now: Millis): Millis | null {
  const at = new Date(value).getTime();
  return Number.isNaN(at) || at <= now ? null : at;
}
