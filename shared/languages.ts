/**
 * The languages Threadkeep speaks, and which of them a computer asks for.
 *
 * Pure data and choices: no words (those are in `locales/`). Invariant: a language always comes with a locale of that
 * language, so that words, dates and numbers never disagree.
 */

export const LANGUAGES = ["en", "es", "ar"] as const;
export type Language = (typeof LANGUAGES)[number];

export const LANGUAGE_CHOICES = ["system", ...LANGUAGES] as const;
export type LanguageChoice = (typeof LANGUAGE_CHOICES)[number];

/** Each language in its own words, so that whoever needs it can find it. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: "English", es: "Español", ar: "العربية" };

export interface SpokenLanguage {
  readonly language: Language;
  /** BCP 47, of that language: decides dates, numbers and sorting. */
  readonly locale: string;
}

export const directionOf = (language: Language): "ltr" | "rtl" => (language === "ar" ? "rtl" : "ltr");

const isLanguage = (text: string): text is Language => (LANGUAGES as readonly string[]).includes(text);

/** The language a locale such as `es-MX` belongs to, or null when it is not ours or not a locale. */
export function findLanguage(locale: string): Language | null {
  try {
    const { language } = new Intl.Locale(locale);
    return isLanguage(language) ? language : null;
  } catch {
    return null; // Systems name odd ones, such as "C".
  }
}

/**
 * What to speak: the person's choice, else the first language of the system that we have, else English.
 * The locale keeps the system's region where the language is the same (`es` chosen on a Mexican computer is `es-MX`).
 */
export function chooseLanguage(choice: LanguageChoice, preferred: readonly string[]): SpokenLanguage {
  const known = preferred.flatMap((locale) => {
    const language = findLanguage(locale);
    return language === null ? [] : [{ language, locale }];
  });
  const language = choice === "system" ? (known[0]?.language ?? "en") : choice;
  return known.find((one) => one.language === language) ?? { language, locale: language };
}
