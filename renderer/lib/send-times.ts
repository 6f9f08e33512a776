/**
 * The moments a reply can be scheduled for, and what a chosen wall-clock time means. Pure: clock and zone are arguments.
 *
 * A moment is Unix milliseconds; a change of the computer's zone later does not move it. Invariant: a wall-clock time that a
 * clock change skips means the moment just as long after the gap, one that comes twice means the first.
 */
import type { CalendarDateTime } from "@internationalized/date";
import { fromAbsolute, toCalendarDateTime, toZoned } from "@internationalized/date";
import type { Millis } from "../../shared/domain.ts";

const LATER_HOURS = 3;
const MORNING = { hour: 9, minute: 0, second: 0, millisecond: 0 };
/** Later today ends with the evening: nobody wants a text at midnight. */
const LAST_HOUR = 21;
const MONDAY = 1;
const DAYS_PER_WEEK = 7;

export interface SendTimes {
  /** Null in the evening. */
  readonly later: Millis | null;
  readonly tomorrow: Millis;
  readonly monday: Millis;
}

export function sendTimes(now: Millis, zone: string): SendTimes {
  const today = fromAbsolute(now, zone);
  const later = today.add({ hours: LATER_HOURS }).set({ minute: 0, second: 0, millisecond: 0 });
  const isToday = later.day === today.day && later.hour <= LAST_HOUR;
  const weekday = new Date(Date.UTC(today.year, today.month - 1, today.day)).getUTCDay();
  return {
    later: isToday ? later.toDate().getTime() : null,
    tomorrow: morningIn(today, 1),
    monday: morningIn(today, (MONDAY - weekday + DAYS_PER_WEEK) % DAYS_PER_WEEK || DAYS_PER_WEEK),
  };
}

function morningIn(today: ReturnType<typeof fromAbsolute>, days: number): Millis {
  return momentOf(toCalendarDateTime(today).add({ days }).set(MORNING), today.timeZone);
}

export const momentOf = (local: CalendarDateTime, zone: string): Millis =>
  toZoned(local, zone, "compatible").toDate().getTime();

export const localTime = (at: Millis, zone: string): CalendarDateTime => toCalendarDateTime(fromAbsolute(at, zone));

export const isFuture = (at: Millis, now: Millis): boolean => at > now;
