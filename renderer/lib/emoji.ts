/**
 * The emoji, with names and search words in the language spoken, out of the bundle: nothing is fetched from anywhere.
 *
 * Loaded when the picker is first opened. Arabic has no words of its own in the data set: English ones are used. Pure apart from the
 * import.
 */
import type { Language } from "../../shared/languages.ts";

export interface Emoji {
  readonly text: string;
  readonly name: string;
  /** Lower case, without accents: the name and every search word. */
  readonly words: string;
  readonly group: number;
  /** The same in the five skin tones, light to dark; empty: it has none. */
  readonly skins: readonly string[];
}

/** What the data set holds of each. */
interface RawEmoji {
  readonly unicode: string;
  readonly label: string;
  readonly tags?: readonly string[];
  readonly group?: number;
  readonly order?: number;
  readonly skins?: readonly { readonly unicode: string }[];
}

/** Skin tone and hair swatches are no emoji anybody sends. */
const COMPONENTS = 2;

const fold = (text: string) => text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLocaleLowerCase();

export async function loadEmoji(language: Language): Promise<readonly Emoji[]> {
  const data =
    language === "es" ? await import("emojibase-data/es/compact.json") : await import("emojibase-data/en/compact.json");
  return (data.default as readonly RawEmoji[])
    .filter(({ group, order }) => group !== undefined && group !== COMPONENTS && order !== undefined)
    .toSorted((a, b) => (a.order ?? 0) - (b.order ?? 0))
    .map(({ unicode, label, tags, group, skins }) => ({
      text: unicode,
      name: label,
      words: fold([label, ...(tags ?? [])].join(" ")),
      group: group ?? 0,
      // Some have more than five: two people, each in a tone. The first five are the plain ones.
      skins: (skins ?? []).slice(0, 5).map((skin) => skin.unicode),
    }));
}

/** Every word asked for begins a word of the emoji: of its name, or of its name and search words. */
function fitting(all: readonly Emoji[], query: string): { named: readonly Emoji[]; others: readonly Emoji[] } {
  const wanted = fold(query).split(/\s+/u).filter(Boolean);
  const begins = (words: string, word: string) => words.startsWith(word) || words.includes(` ${word}`);
  const fits = all.filter(({ words }) => wanted.every((word) => begins(words, word)));
  const isNamed = ({ name }: Emoji) => wanted.every((word) => begins(fold(name), word));
  return { named: fits.filter(isNamed), others: fits.filter((emoji) => !isNamed(emoji)) };
}

/** Names before search words. */
export function findEmoji(all: readonly Emoji[], query: string): readonly Emoji[] {
  const { named, others } = fitting(all, query);
  return [...named, ...others];
}

const ABOUT_THE_SAME = 4;
const lengthOf = ({ name }: Emoji) => Math.floor(name.length / ABOUT_THE_SAME);

/**
 * The same for a few that are offered while typing: those used lately first, then names that have the very words,
 * then the shortest: "heart" is the red heart before two hearts and the smiling cat with heart-eyes. Names of about the same
 * length stay in the order of the data set, which has thumbs up before thumbs down.
 */
export function suggestEmoji(all: readonly Emoji[], query: string, recent: readonly string[]): readonly Emoji[] {
  const { named, others } = fitting(all, query);
  const isWhole = ({ name }: Emoji) => Number(` ${fold(name)} `.includes(` ${fold(query)} `));
  const found = [...named.toSorted((a, b) => isWhole(b) - isWhole(a) || lengthOf(a) - lengthOf(b)), ...others];
  const isRecent = ({ text, skins }: Emoji) => recent.includes(text) || skins.some((skin) => recent.includes(skin));
  return [...found.filter(isRecent), ...found.filter((emoji) => !isRecent(emoji))];
}

/** @param tone  0: without one; 1 to 5: light to dark */
export const withTone = (emoji: Emoji, tone: number): string => emoji.skins[tone - 1] ?? emoji.text;

const MOST_RECENT = 24;

/** Those used last, the newest first, after one more was used. */
export const withRecent = (recent: readonly string[], used: string): string[] =>
  [used, ...recent.filter((one) => one !== used)].slice(0, MOST_RECENT);
