/**
 * Makes text from outside safe to lay out. Pure.
 *
 * Embedding and isolate controls could make a sentence, a name or a link read as something else, so
 * they are dropped; the direction marks U+200E/U+200F are harmless and stay. Invariant: the result is well
 * formed (no lone surrogates) and never longer than the input.
 */

// U+202A to U+202E (embeddings and overrides), U+2066 to U+2069 (isolates)
const BIDI_CONTROLS = /[\u202A-\u202E\u2066-\u2069]/g;
// C0 and C1 controls except tab and line breaks
const OTHER_CONTROLS = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/g;

/** Message text: line breaks stay. */
export function cleanText(text: string): string {
  return text.toWellFormed().replace(BIDI_CONTROLS, "").replace(OTHER_CONTROLS, "");
}

/** The beginning of a text, at most so many code units of it; no character is cut, nor torn from what joins it. */
export function headOf(text: string, most: number): string {
  if (text.length <= most) return text;
  const letters = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  return text.slice(0, letters.segment(text).containing(most)?.index ?? most);
}

/** A name, a preview, anything on one line. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/g, " ").trim();
}
