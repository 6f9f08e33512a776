/**
 * What a person typed into the search box, taken apart: words, exact phrases, filters, and what was not understood.
 *
 * Pure and zod-free; used by the window for its hints and chips, by the database worker for the search. Must not fail:
 * whatever is typed is a search. Invariants: what is not a filter is searched as text; a filter that cannot be
 * understood narrows nothing and leaves one hint; `words` and `phrases` hold letters and digits only, so no query
 * syntax is left in them.
 */
const SEARCH_FILTERS = ["from", "account", "before", "after", "is", "has"] as const;
export type SearchFilter = (typeof SEARCH_FILTERS)[number];

/** A calendar day where the reader lives; `month` counts from 1. */
export interface SearchDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** `nobody`, `no_account`: understood, but nothing here is called so; only a search can tell. */
export const SEARCH_HINT_KINDS = [
  "unknown_filter",
  "bad_date",
  "bad_value",
  "no_value",
  "empty_range",
  "nobody",
  "no_account",
] as const;
export type SearchHintKind = (typeof SEARCH_HINT_KINDS)[number];

/** `value` is what was typed, as it was typed. */
export interface SearchHint {
  readonly kind: SearchHintKind;
  readonly filter: string;
  readonly value: string;
}

export interface SearchQuery {
  /** Each begins some word of the text. */
  readonly words: readonly string[];
  /** Words that follow each other exactly. */
  readonly phrases: readonly (readonly string[])[];
  /** The free text as typed, without filters: a number keeps its signs. */
  readonly text: string;
  /** Names or numbers; one of them must fit. `me` is oneself. */
  readonly from: readonly string[];
  readonly accounts: readonly string[];
  /** Messages before this day begins. */
  readonly before: SearchDay | null;
  /** Messages from the beginning of this day on. */
  readonly after: SearchDay | null;
  readonly isUnread: boolean;
  readonly hasMedia: boolean;
  readonly hints: readonly SearchHint[];
}

export const MAX_SEARCH_CHARS = 200;

const MAX_WORDS = 24;
const TOKEN = /(\p{L}+):(?=\s|$)|(?:(\p{L}+):)?(?:["“”„«]([^"“”„«»]*)["“”»]?|([^\s"“”„«»]+))/gu;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const DATE = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/;
const FIRST_YEAR = 1970;

export const wordsOf = (text: string): string[] => text.normalize("NFC").match(WORD) ?? [];

/** @param today  where the reader lives: what "today" and "yesterday" mean */
export function parseSearch(typed: string, today: SearchDay): SearchQuery {
  const query = typed.slice(0, MAX_SEARCH_CHARS).toWellFormed();
  const words: string[] = [];
  const phrases: string[][] = [];
  const text: string[] = [];
  const from: string[] = [];
  const accounts: string[] = [];
  const hints: SearchHint[] = [];
  let before: SearchDay | null = null;
  let after: SearchDay | null = null;
  let isUnread = false;
  let hasMedia = false;

  function takeText(value: string, isPhrase: boolean): void {
    const found = wordsOf(value);
    text.push(value);
    if (isPhrase && found.length > 0) phrases.push(found);
    else words.push(...found);
  }

  function takeFilter(filter: SearchFilter, value: string): void {
    const wanted = value.trim().toLowerCase();
    const complain = (kind: SearchHint["kind"]) => hints.push({ kind, filter, value });
    if (wanted === "") return;
    switch (filter) {
      case "from":
        from.push(value.trim());
        return;
      case "account":
        accounts.push(value.trim());
        return;
      case "is":
        if (wanted === "unread") isUnread = true;
        else if (!"unread".startsWith(wanted)) complain("bad_value");
        return;
      case "has":
        if (wanted === "media") hasMedia = true;
        else if (!"media".startsWith(wanted)) complain("bad_value");
        return;
      case "before":
      case "after": {
        const day = readDay(wanted, today);
        if (day === null) complain("bad_date");
        else if (filter === "before") before = day;
        else after = day;
      }
    }
  }

  for (const match of query.matchAll(TOKEN)) {
    const [whole, bare, name, quoted, plain] = match;
    const filter = (bare ?? name)?.toLowerCase();
    const value = quoted ?? plain ?? "";
    if (filter === undefined) takeText(value, quoted !== undefined);
    else if (isFilter(filter)) {
      const isLast = match.index + whole.length === query.length;
      // At the end of the line somebody is still typing it.
      if (value.trim() === "" && !isLast) hints.push({ kind: "no_value", filter, value });
      takeFilter(filter, value);
    } else {
      takeText(bare === undefined ? `${name}:${value}` : `${bare}:`, false);
      if (looksLikeFilter(filter, value)) hints.push({ kind: "unknown_filter", filter, value });
    }
  }
  if (before !== null && after !== null && startOf(before) <= startOf(after)) {
    hints.push({ kind: "empty_range", filter: "before", value: "" });
  }
  return {
    words: words.slice(0, MAX_WORDS),
    phrases: phrases.slice(0, MAX_WORDS),
    text: text.join(" ").trim(),
    from,
    accounts,
    before,
    after,
    isUnread,
    hasMedia,
    hints,
  };
}

const isFilter = (name: string): name is SearchFilter => (SEARCH_FILTERS as readonly string[]).includes(name);

/** An address ("https://…") is no try at a filter. */
const looksLikeFilter = (name: string, value: string) =>
  name.length >= 2 && value !== "" && !value.startsWith("//") && !/^(https?|mailto|tel|ftp|re|fwd)$/.test(name);

/** A day, or the first day of a month or year. Null: no such day. */
function readDay(value: string, today: SearchDay): SearchDay | null {
  if (value === "today") return today;
  if (value === "yesterday") return dayOf(new Date(today.year, today.month - 1, today.day - 1));
  const match = DATE.exec(value);
  if (match === null) return null;
  const day = { year: Number(match[1]), month: Number(match[2] ?? 1), day: Number(match[3] ?? 1) };
  if (day.year < FIRST_YEAR) return null;
  const real = dayOf(new Date(day.year, day.month - 1, day.day));
  return real.year === day.year && real.month === day.month && real.day === day.day ? day : null;
}

/** The calendar day of a moment, where this computer stands. */
export const dayOf = (date: Date): SearchDay => ({
  year: date.getFullYear(),
  month: date.getMonth() + 1,
  day: date.getDate(),
});

/** When a day begins where this computer stands, in Unix milliseconds. */
export const startOf = ({ year, month, day }: SearchDay): number => new Date(year, month - 1, day).getTime();

/** Whether anything is asked for at all. */
export const isEmptySearch = (query: SearchQuery): boolean =>
  query.words.length === 0 && query.phrases.length === 0 && !isFiltered(query);

export const isFiltered = ({ from, accounts, before, after, isUnread, hasMedia }: SearchQuery): boolean =>
  from.length > 0 || accounts.length > 0 || before !== null || after !== null || isUnread || hasMedia;
