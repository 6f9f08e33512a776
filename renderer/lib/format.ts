/**
 * Dates, times, counts and phone numbers as people of one locale read them.
 *
 * Pure apart from bounded caches of formatted numbers and days; the clock is an argument (`now`), so that nothing here
 * changes by itself. Times come in as Unix milliseconds and are shown in `timeZone`.
 */
import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import type { Millis } from "../../shared/domain.ts";
import type { SpokenLanguage } from "../../shared/languages.ts";
import { directionOf, findLanguage } from "../../shared/languages.ts";
import { cleanLine } from "./bidi.ts";

export interface FormatOptions {
  readonly locale: string;
  readonly timeZone: string;
}

const DAY_MS = 86_400_000;
const E164 = /^\+[1-9]\d{4,14}$/;
const MAX_CACHED_NUMBERS = 5_000;
/** Midnight falls on a whole quarter of an hour in every zone, so all moments of one share their day. */
const SLOT_MS = 15 * 60_000;
const MAX_CACHED_DAYS = 20_000;
/** Without them the groups of a phone number change places between Arabic words. */
const LEFT_TO_RIGHT_ISOLATE = "\u2066";
const POP_ISOLATE = "\u2069";

export type Format = ReturnType<typeof createFormat>;

/** Made with its first use: each costs a millisecond, and a window needs few of them before its first rows. */
function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Pick<Intl.DateTimeFormat, "format"> {
  let made: Intl.DateTimeFormat | null = null;
  return { format: (at) => (made ??= new Intl.DateTimeFormat(locale, options)).format(at) };
}

export function createFormat({ locale, timeZone }: FormatOptions) {
  const make = (options: Intl.DateTimeFormatOptions) => dateFormat(locale, { timeZone, ...options });
  const clock = make({ hour: "numeric", minute: "2-digit" });
  const paddedClock = make({ hour: "2-digit", minute: "2-digit" });
  const shortDate = make({ day: "numeric", month: "short" });
  const fullDate = make({ day: "numeric", month: "short", year: "numeric" });
  const weekday = make({ weekday: "short" });
  const longDay = make({ weekday: "long", day: "numeric", month: "long" });
  const longDayYear = make({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
  const moment = make({ dateStyle: "medium", timeStyle: "short" });
  const calendar = dateFormat("en-CA", { timeZone, dateStyle: "short" });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const integer = new Intl.NumberFormat(locale);
  const numbers = new Map<string, string>();
  const ownCodes = new Map<string, string | null>();
  const daysOfSlots = new Map<number, string>();
  const isRightToLeft = directionOf(findLanguage(locale) ?? "en") === "rtl";

  /** Calendar day in the shown zone as a sortable key, for example `2026-04-10`. */
  const dayKey = (at: Millis) => {
    const slot = Math.floor(at / SLOT_MS);
    const known = daysOfSlots.get(slot);
    if (known !== undefined) return known;
    if (daysOfSlots.size >= MAX_CACHED_DAYS) daysOfSlots.clear();
    const day = calendar.format(slot * SLOT_MS);
    daysOfSlots.set(slot, day);
    return day;
  };
  /** Whole calendar days from `at` to `now`; negative in the future. Correct across clock changes. */
  const daysAgo = (at: Millis, now: Millis) =>
    Math.round((Date.parse(`${dayKey(now)}T00:00:00Z`) - Date.parse(`${dayKey(at)}T00:00:00Z`)) / DAY_MS);
  const sameYear = (a: Millis, b: Millis) => dayKey(a).slice(0, 4) === dayKey(b).slice(0, 4);
  const capitalised = (text: string) => text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
  const dayWord = (days: number) => capitalised(relative.format(-days, "day"));

  /** There are few own numbers, and each stands beside every contact. */
  const ownCode = (ownNumber: string) => {
    const known = ownCodes.get(ownNumber);
    if (known !== undefined) return known;
    const code = parsePhoneNumberFromString(ownNumber)?.countryCallingCode ?? null;
    if (ownCodes.size >= MAX_CACHED_NUMBERS) ownCodes.clear();
    ownCodes.set(ownNumber, code);
    return code;
  };

  return {
    /** The zone every time is shown in. */
    timeZone,
    dayKey,
    /** "6:53 PM" */
    time: (at: Millis) => clock.format(at),
    /** "06:53 PM": keeps its width in a status line. */
    paddedTime: (at: Millis) => paddedClock.format(at),
    /** "Apr 10", with the year when it is another one. */
    date: (at: Millis, now: Millis) => (sameYear(at, now) ? shortDate : fullDate).format(at),
    /** "Apr 10, 2026" */
    fullDate: (at: Millis) => fullDate.format(at),
    /** "Apr 10, 2026, 6:53 PM" */
    moment: (at: Millis) => moment.format(at),
    /** For a list row: "6:53 PM", "Yesterday", "Mon", "Apr 10", "Apr 10, 2024". */
    listTime(at: Millis, now: Millis) {
      const days = daysAgo(at, now);
      if (days <= 0) return days === 0 ? clock.format(at) : fullDate.format(at);
      if (days === 1) return dayWord(1);
      return days < 7 ? weekday.format(at) : this.date(at, now);
    },
    /** For a day separator: "Today", "Yesterday", "Monday, April 10". */
    day(at: Millis, now: Millis) {
      const days = daysAgo(at, now);
      if (days === 0 || days === 1) return dayWord(days);
      return (sameYear(at, now) ? longDay : longDayYear).format(at);
    },
    count: (value: number) => integer.format(value),
    /**
     * A number the way it is dialled from `ownNumber`: without the country code at home, with it abroad. Anything that
     * is no phone number (a short code, a masked number, a name) is shown as it came.
     */
    phone(number: string, ownNumber?: string) {
      const key = `${number} ${ownNumber ?? ""}`;
      const known = numbers.get(key);
      if (known !== undefined) return known;
      // Only whole numbers are taken apart: a masked "+1555010XXXX" would come back as another, shorter number.
      // What is nothing but digits is not searched for a number or an extension in it.
      const parsed = E164.test(number) ? parsePhoneNumberFromString(number, { extract: false }) : undefined;
      const isHome = ownNumber !== undefined && ownCode(ownNumber) === parsed?.countryCallingCode;
      const shown =
        parsed === undefined ? cleanLine(number) : isHome ? parsed.formatNational() : parsed.formatInternational();
      if (numbers.size >= MAX_CACHED_NUMBERS) numbers.clear();
      const isolated = isRightToLeft ? `${LEFT_TO_RIGHT_ISOLATE}${shown}${POP_ISOLATE}` : shown;
      numbers.set(key, isolated);
      return isolated;
    },
  };
}

/**
 * The format of the locale that is spoken at the moment of each call, in this computer's time zone. Nothing is made before.
 *
 * @param moves  goes up with every change of the zone
 */
export function createSpokenFormat(spoken: () => SpokenLanguage, moves: () => number): Format {
  let made: { readonly locale: string; readonly moves: number; readonly format: Format } | null = null;
  const current = () => {
    const now = { locale: spoken().locale, moves: moves() };
    if (made?.locale !== now.locale || made.moves !== now.moves) {
      const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
      made = { ...now, format: createFormat({ locale: now.locale, timeZone }) };
    }
    return made.format;
  };
  return new Proxy({} as Format, { get: (_none, name) => Reflect.get(current(), name) as unknown });
}
