/**
 * Which contacts somebody means: by the beginnings of their names' words, or by a number in any format.
 *
 * Reads only. Names are matched by their index (accents and case folded), numbers by their digits: as written, as
 * dialled from any of the own countries, or by their end.
 */
import type { CountryCode } from "libphonenumber-js/min";
import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import { wordsOf } from "../../shared/search-query.ts";
import type { ReadDb } from "./connection.ts";

const MIN_DIGITS = 3;
const NUMBER = /^[\d\s()+.\-/]+$/;

/** Countries of the own numbers: numbers without a country code are read as theirs. */
export function ownCountries(db: ReadDb): CountryCode[] {
  const numbers = db.all<{ number: string }>("SELECT DISTINCT number FROM phone_numbers");
  const found = numbers.flatMap(({ number }) => parsePhoneNumberFromString(number)?.getPossibleCountries()[0] ?? []);
  return [...new Set(found)];
}

/** The digits a number may be stored with; empty when `text` is no number. */
function numberForms(text: string, countries: readonly CountryCode[]): string[] {
  const trimmed = text.trim();
  const digits = trimmed.replace(/\D/g, "");
  if (digits.length < MIN_DIGITS || !NUMBER.test(trimmed)) return [];
  const parsed = [undefined, ...countries].flatMap((country) => {
    const number = parsePhoneNumberFromString(trimmed, country);
    return number?.isPossible() === true ? number.number.slice(1) : [];
  });
  // "0049 …" and "+49 (0) …" are ways to write what is stored without those zeros.
  const bare = digits.replace(/^00/, "");
  return [...new Set([...parsed, digits, bare])].filter((form) => form.length >= MIN_DIGITS);
}

export function contactIdsLike(db: ReadDb, text: string, countries: readonly CountryCode[]): number[] {
  const ids = new Set<number>();
  const words = wordsOf(text);
  if (words.length > 0) {
    const match = words.map((word) => `"${word}"*`).join(" ");
    for (const { id } of db.all<{ id: number }>(
      "SELECT rowid AS id FROM contacts_fts WHERE contacts_fts MATCH ?",
      match,
    )) {
      ids.add(id);
    }
  }
  const forms = numberForms(text, countries);
  if (forms.length > 0) {
    const found = db.get<{ ids: string }>(
      `SELECT json_group_array(id) AS ids FROM contacts WHERE ${forms.map(() => "instr(number, ?) > 0").join(" OR ")}`,
      ...forms,
    );
    for (const id of JSON.parse(found?.ids ?? "[]") as number[]) ids.add(id);
  }
  return [...ids];
}
