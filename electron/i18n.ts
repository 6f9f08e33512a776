/**
 * The words of main: menu, tray, notifications, dialogs, in the language that is spoken now.
 *
 * As in the window (`renderer/i18n.ts`), `t` reads the language when it is called: never keep its words in a constant.
 * Only `app/language.ts` calls `speak`, and has what is already on the screen built anew.
 */
import type { TextKey, TextValues, Translate } from "../shared/i18n.ts";
import { createTranslate } from "../shared/i18n.ts";
import type { SpokenLanguage } from "../shared/languages.ts";

let spoken: SpokenLanguage = { language: "en", locale: "en" };
/** Made with the first word, which comes long after the window. */
let translate: Translate | null = null;

/** @throws Error when there are no such words */
export function t(key: TextKey, values?: TextValues): string {
  translate ??= createTranslate(spoken);
  return translate(key, values);
}

export function speak(language: SpokenLanguage): void {
  spoken = language;
  translate = null;
}
