/**
 * Fills the variables of a saved reply, and finds what is still open in a text. Pure, zod-free.
 *
 * `{{contact.firstName}}` or, with words for when nothing is known, `{{contact.firstName|there}}`. Invariants: one pass,
 * so that nothing a value holds is ever taken for a variable; a value brings no braces, line breaks or direction marks
 * into the text; what is unknown or empty stays as it was written, so that it is seen and nothing goes out with a hole
 * in it.
 */
export const VARIABLES = [
  "contact.firstName",
  "contact.name",
  "contact.number",
  "me.number",
  "account.name",
  "date",
  "time",
] as const;
export type Variable = (typeof VARIABLES)[number];

/** Null or empty: not known. */
export type VariableValues = Readonly<Record<Variable, string | null>>;

const MAX_VALUE_CHARS = 80;
const OPEN = /\{\{([^{}|\n]*)(?:\|([^{}\n]*))?\}\}/gu;

const isVariable = (name: string): name is Variable => (VARIABLES as readonly string[]).includes(name);

export function fillTemplate(text: string, values: VariableValues): string {
  return text.replaceAll(OPEN, (written: string, name: string, fallback: string | undefined) => {
    const key = name.trim();
    if (!isVariable(key)) return written;
    const value = cleanValue(values[key] ?? "");
    if (value !== "") return value;
    const instead = fallback?.trim() ?? "";
    return instead === "" ? written : instead;
  });
}

/** What other people chose (a name, say) as one harmless piece of a line. */
export function cleanValue(value: string): string {
  const plain = value
    .toWellFormed()
    .replaceAll(/[{}]|\p{Cc}|[\u202a-\u202e\u2066-\u2069\u200e\u200f\u2028\u2029]/gu, " ")
    .replaceAll(/\s+/gu, " ")
    .trim();
  return [...plain].slice(0, MAX_VALUE_CHARS).join("").trim();
}

/** A variable that nobody filled in: [start, end) into the text. */
export interface Gap {
  readonly start: number;
  readonly end: number;
  readonly written: string;
}

export function findGaps(text: string): readonly Gap[] {
  return [...text.matchAll(OPEN)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    written: match[0],
  }));
}

/** The first word of a name, without a title or a comma; null where there is no name. */
export function firstNameOf(name: string | null): string | null {
  const words = (name ?? "").trim().split(/\s+/u);
  const first = words.find((word) => !/^(?:mr|mrs|ms|miss|mx|dr|prof|sr|sra|srta|don|doña)\.?$/iu.test(word)) ?? "";
  const plain = first.replaceAll(/^\P{L}+|[^\p{L}\p{M}'’.-]+$/gu, "");
  return plain === "" ? null : plain;
}
