/**
 * Which language the app speaks: the person's choice, kept in the settings file so that it holds before any inbox is
 * open, else the computer's.
 *
 * No Electron here: the computer's languages come in. Invariant: after `choose` returns, everything in main that asks
 * for words gets the new language, and whoever listens has been told.
 */
import type { LanguageView } from "../../shared/ipc-language.ts";
import type { LanguageChoice } from "../../shared/languages.ts";
import { chooseLanguage } from "../../shared/languages.ts";
import { speak } from "../i18n.ts";
import type { LanguageCalls } from "../ipc/services.ts";

export interface LanguageOptions {
  readonly file: { language(): LanguageChoice; setLanguage(choice: LanguageChoice): void };
  /** The computer's languages, the liked one first, as BCP 47. */
  readonly preferred: () => readonly string[];
  /** The words changed: draw again. Not called at the start. */
  readonly onChanged: (view: LanguageView) => void;
}

export function createLanguage({ file, preferred, onChanged }: LanguageOptions): LanguageCalls {
  const view = (): LanguageView => ({ choice: file.language(), ...chooseLanguage(file.language(), preferred()) });
  speak(view());
  return {
    view,
    choose(choice) {
      file.setLanguage(choice);
      const now = view();
      speak(now);
      onChanged(now);
      return now;
    },
  };
}
