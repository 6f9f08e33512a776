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

/** Those with all of these beginnings among the words of their name. */
function idsByName(db: ReadDb, text: string): Set<number> {
  const words = wordsOf(text);
  if (words.length === 0) return new Set();
  const match = words.map((word) => `"${word}"*`).join(" ");
  const found = db.all<{ id: number }>("SELECT rowid AS id FROM contacts_fts WHERE contacts_fts MATCH ?", match);
  return new Set(found.map(({ id }) => id));
}

/** The newest conversations that are looked through for a number before all contacts are. */
const PROBED = 250;

/**
 * The newest conversations with whoever is meant by a number, or is called so, newest first; null: fewer than `count` are
 * among the newest, and all have to be looked at. Digits that nearly every number has would otherwise gather every contact.
 */
export function newestByNumber(
  db: ReadDb,
  text: string,
  countries: readonly CountryCode[],
  count: number,
): { id: number }[] | null {
  const forms = numberForms(text, countries);
  if (forms.length === 0) return null;
  const found = db.all<{ id: number }>(
    `SELECT n.id FROM (SELECT id, contact_id, account_id, last_message_at FROM conversations INDEXED BY conversations_recent
         ORDER BY last_message_at DESC, id DESC LIMIT ${PROBED}) n
       CROSS JOIN contacts k ON k.id = n.contact_id
     WHERE n.account_id NOT IN (SELECT id FROM accounts WHERE state = 'removing') AND (${forms.map(() => "instr(k.number, ?) > 0").join(" OR ")}
       OR k.id IN (SELECT value FROM json_each(?)))
     ORDER BY n.last_message_at DESC, n.id DESC LIMIT ?`,
    ...forms,
    JSON.stringify([...idsByName(db, text)]),
    count,
  );
  return found.length < count ? null : found;
}

export function contactIdsLike(db: ReadDb, text: string, countries: readonly CountryCode[]): number[] {
  const ids = idsByName(db, text);
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
