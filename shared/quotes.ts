/** A person's own words without a text that was removed. Pure. */

/** A quote shorter than this is a coincidence ("ok"), unless it is all there is. */
const MIN_QUOTE_CHARS = 12;

/** @returns `words` without every quote of `text`; empty when nothing else is left */
export function withoutQuote(words: string, text: string): string {
  if (words === text) return "";
  return text.length >= MIN_QUOTE_CHARS && words.includes(text) ? words.replaceAll(text, "").trim() : words;
}
