/**
 * Phone numbers and dates in a text, as parts that can be copied. Pure.
 *
 * A number is what libphonenumber takes for one, read from the own number's country; a date is one of the common ways
 * to write a day, also with a month's name in the languages of the app. Everything else stays text.
 */
import type { CountryCode } from "libphonenumber-js/min";
import { findPhoneNumbersInText, parsePhoneNumberFromString } from "libphonenumber-js/min";
import { LANGUAGES } from "../../shared/languages.ts";

export interface CopyPart {
  readonly kind: "text" | "number" | "date";
  readonly text: string;
}

/** Longer texts are not looked through: scanning costs, and nobody copies there. */
const MAX_SCAN = 4_000;
/** Shorter runs of digits are prices, times and codes. */
const MIN_DIGITS = 7;

/** Made with the first text that may hold a date: not at the start of the window. */
let dateForms: RegExp | null = null;

function makeDateForms(): RegExp {
  const months = LANGUAGES.flatMap((language) =>
    (["long", "short"] as const).flatMap((month) => {
      const format = new Intl.DateTimeFormat(language, { month, timeZone: "UTC" });
      return Array.from({ length: 12 }, (_, at) => format.format(Date.UTC(2026, at, 15)).replace(/\.$/, ""));
    }),
  )
    .filter((name) => name.length >= 3)
    .toSorted((a, b) => b.length - a.length)
    .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join("|");
  const year = String.raw`(?:,?\s+(?:de\s+)?\d{4})?`;
  return new RegExp(
    [
      String.raw`\d{4}-\d{1,2}-\d{1,2}`,
      String.raw`\d{1,2}[./]\d{1,2}[./]\d{2,4}`,
      String.raw`\d{1,2}(?:st|nd|rd|th|\.)?\s+(?:of\s+|de\s+)?(?:${months})\.?${year}`,
      String.raw`(?:${months})\.?\s+\d{1,2}(?:st|nd|rd|th)?${year}`,
    ]
      .map((form) => String.raw`(?<![\p{L}\p{N}/.-])(?:${form})(?![\p{L}\p{N}/-])`)
      .join("|"),
    "giu",
  );
}

/** With a plus or parted into groups: a plain run of digits may be any code. */
const WRITTEN = /(?<![\p{L}\p{N}+])(?:\+\d[\d ().-]{6,18}\d|\(?\d{2,4}\)?[ .-]\d{3,4}[ .-]\d{3,4})(?![\p{L}\p{N}])/gu;

const countryOf = (ownNumber: string | undefined): CountryCode | undefined =>
  ownNumber === undefined ? undefined : parsePhoneNumberFromString(ownNumber)?.getPossibleCountries()[0];

/** Written like a number and as long as one, though nobody may have it yet: fresh ranges, and those of examples. */
function writtenNumbers(text: string, country: CountryCode | undefined): { start: number; end: number }[] {
  return [...text.matchAll(WRITTEN)].flatMap(({ 0: match, index }) =>
    parsePhoneNumberFromString(match, country)?.isPossible() === true
      ? [{ start: index, end: index + match.length }]
      : [],
  );
}

export function copyableParts(text: string, ownNumber?: string): readonly CopyPart[] {
  if (text.length > MAX_SCAN || !/\d/u.test(text)) return [{ kind: "text", text }];
  dateForms ??= makeDateForms();
  const found = [...text.matchAll(dateForms)].map(({ 0: match, index }) => ({
    kind: "date" as const,
    start: index,
    end: index + match.length,
  }));
  const overlaps = (start: number, end: number) => found.some((one) => start < one.end && one.start < end);
  const country = countryOf(ownNumber);
  // Looking for numbers costs most: only where there are digits enough for one.
  const hasNumbers = text.replace(/\D/gu, "").length >= MIN_DIGITS;
  const certain = !hasNumbers
    ? []
    : findPhoneNumbersInText(text, country === undefined ? {} : { defaultCountry: country })
        .map(({ startsAt, endsAt }) => ({ start: startsAt, end: endsAt }))
        .concat(writtenNumbers(text, country));
  const numbers = certain
    .map(({ start, end }) => ({ kind: "number" as const, start, end }))
    .filter(
      ({ start, end }) => text.slice(start, end).replace(/\D/gu, "").length >= MIN_DIGITS && !overlaps(start, end),
    );

  const parts: CopyPart[] = [];
  let at = 0;
  for (const { kind, start, end } of [...found, ...numbers].toSorted((a, b) => a.start - b.start)) {
    if (start < at) continue;
    if (start > at) parts.push({ kind: "text", text: text.slice(at, start) });
    parts.push({ kind, text: text.slice(start, end) });
    at = end;
  }
  if (at < text.length || parts.length === 0) parts.push({ kind: "text", text: text.slice(at) });
  return parts;
}
