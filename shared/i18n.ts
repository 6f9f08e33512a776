/**
 * From a key to a sentence in one language; the same for the window and for main (menu, tray, notifications).
 *
 * The catalogue is bundled: nothing is loaded. Words must not hold markup: React escapes, so nothing is escaped here.
 * Invariants: a key that English lacks does not compile; a number is shown in the locale's digits; in a right-to-left
 * language every inserted text is isolated, so that a number or a Latin name cannot turn the sentence around.
 */
import type { ParseKeys, PluralSuffix } from "i18next";
import { createInstance } from "i18next";
import type { SpokenLanguage } from "./languages.ts";
import { directionOf, LANGUAGES } from "./languages.ts";
import { ar } from "./locales/ar.ts";
import { en } from "./locales/en.ts";
import { es } from "./locales/es.ts";

declare module "i18next" {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}

/** `area.key` or `area.group.key`; a plural is named without its form: `search.count`, never `search.count_one`. */
export type TextKey = Exclude<ParseKeys, `${string}_${PluralSuffix}`>;

/** What stands in `{{name}}`. `count` also chooses the plural; give `shown` beside it where it is shown otherwise. */
export type TextValues = Readonly<Record<string, string | number>>;

export type Translate = (key: TextKey, values?: TextValues) => string;

export const RESOURCES = { en, es, ar } as const;

const FIRST_STRONG_ISOLATE = "\u2068";
const POP_ISOLATE = "\u2069";

/**
 * Falls back to English for a key the language lacks, which a test keeps from happening: never a key on the screen.
 * @throws Error for a key English lacks too
 */
export function createTranslate({ language, locale }: SpokenLanguage): Translate {
  const i18n = createInstance();
  void i18n.init({
    lng: language,
    supportedLngs: LANGUAGES,
    fallbackLng: "en",
    initAsync: false,
    resources: Object.fromEntries(LANGUAGES.map((name) => [name, { translation: RESOURCES[name] }])),
    interpolation: { escapeValue: false },
    parseMissingKeyHandler: (key: string) => {
      throw new Error(`No words for ${key}`);
    },
  });
  /** Made with the first number: loading a locale's digits takes longer than everything else here. */
  let numbers: Intl.NumberFormat | null = null;
  const isolates = directionOf(language) === "rtl";
  const show = (value: string | number): string => {
    if (typeof value === "number") return (numbers ??= new Intl.NumberFormat(locale)).format(value);
    return isolates && value !== "" ? `${FIRST_STRONG_ISOLATE}${value}${POP_ISOLATE}` : value;
  };
  /** A list asks for the same words in every row. */
  const plain = new Map<TextKey, string>();
  return (key, values) => {
    if (values === undefined) {
      const known = plain.get(key);
      if (known !== undefined) return known;
      const words = i18n.t(key);
      plain.set(key, words);
      return words;
    }
    const replace = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, show(value)]));
    const { count } = values;
    return i18n.t(key, typeof count === "number" ? { count, replace } : { replace });
  };
}
