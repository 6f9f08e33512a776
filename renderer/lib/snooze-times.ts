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
