/**
 * The words of the window: `t("area.key", { name })` in the language that is spoken now.
 *
 * `t` reads the current language at the moment of the call, so words must be asked for while rendering, never kept in
 * a constant of a module. The language changes through `speak` alone, after which the whole window is rendered anew.
 * To add an area see `shared/locales/en.ts`.
 */
import type { TextKey, TextValues, Translate } from "../shared/i18n.ts";
import { createTranslate } from "../shared/i18n.ts";
import type { SpokenLanguage } from "../shared/languages.ts";

export type { TextKey, TextValues } from "../shared/i18n.ts";

let spoken: SpokenLanguage = { language: "en", locale: "en" };
/** Null until the first word: `speak` mostly comes before it. */
let translate: Translate | null = null;
const listeners = new Set<() => void>();

/** @throws Error when the language has no such words */
export function t(key: TextKey, values?: TextValues): string {
  translate ??= createTranslate(spoken);
  return translate(key, values);
}

/** What is spoken now. */
export const currentLanguage = (): SpokenLanguage => spoken;

export function speak(next: SpokenLanguage): void {
  if (next.language === spoken.language && next.locale === spoken.locale) return;
  translate = createTranslate(next);
  spoken = { language: next.language, locale: next.locale };
  for (const listener of listeners) listener();
}

/** Called after every change; returns the function that ends it. */
export function onSpoken(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
