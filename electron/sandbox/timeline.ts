/**
 * Puts dialogues on the calendar: which message was written when, in the shop's hours and never in the future.
 *
 * Pure, all times Unix ms. Invariants: times within a dialogue strictly rise; a dialogue is over by the moment
 * asked for, so an earlier one of a thread never runs into the later.
 */
import type { Line, Script } from "./data/script-format.ts";
import type { Chance } from "./random.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** From this pause on, what follows is a new stretch of the conversation that can move by itself. */
const STRETCH_GAP_MS = 3 * 60 * MINUTE_MS;

export interface Timed {
  readonly line: Line;
  readonly at: number;
}

export interface Calendar {
  readonly chance: Chance;
  /** The shop's distance from UTC in ms, added to get its local time. */
  readonly offsetMs: number;
}

/** Start of the local day that holds `at`. */
const localDay = (at: number, offsetMs: number): number => Math.floor((at + offsetMs) / DAY_MS) * DAY_MS - offsetMs;

/** The shop is closed on Sundays; nobody begins a conversation there then. */
const isSunday = (day: number, offsetMs: number): boolean => new Date(day + offsetMs).getUTCDay() === 0;

function unroll(script: Script, start: number, { chance, offsetMs }: Calendar): Timed[] {
  let at = start;
  return script.lines.map((line, index) => {
    if (index > 0) {
      if (line.gap === null) at += chance.between(35, line.direction === "inbound" ? 420 : 300) * 1000;
      else if (line.gap.kind === "after") at += Math.round(line.gap.ms * (0.9 + chance.next() * 0.2));
      else {
        const planned = localDay(at, offsetMs) + line.gap.days * DAY_MS + line.gap.minuteOfDay * MINUTE_MS;
        at = planned + chance.between(0, 59) * 1000;
      }
    }
    return { line, at: at + chance.between(0, 999) };
  });
}

/** A dialogue that begins on a working day, within shop hours, and is over by `endBy`. */
export function placeBefore(script: Script, endBy: number, calendar: Calendar): readonly Timed[] {
  const minuteOfDay = calendar.chance.between(9 * 60, 15 * 60 + 30);
  const trial = unroll(script, 0, calendar);
  let day = localDay(endBy - trial.at(-1)!.at, calendar.offsetMs);
  for (let attempt = 0; attempt < 40; attempt += 1, day -= DAY_MS) {
    if (isSunday(day, calendar.offsetMs)) continue;
    const timed = unroll(script, day + minuteOfDay * MINUTE_MS, calendar);
    if (timed.at(-1)!.at <= endBy) return timed;
  }
  throw new Error(`sample data: "${script.name}" does not fit on the calendar`);
}

/** The same, but the last message stands exactly at `endAt`, with the stretch it belongs to right before it. */
export function placeEndingAt(script: Script, endAt: number, calendar: Calendar): readonly Timed[] {
  const timed = placeBefore(script, endAt, calendar);
  let from = timed.length - 1;
  while (from > 0 && timed[from]!.at - timed[from - 1]!.at < STRETCH_GAP_MS) from -= 1;
  const shift = endAt - timed.at(-1)!.at;
  return timed.map((item, index) => (index < from ? item : { ...item, at: item.at + shift }));
}
