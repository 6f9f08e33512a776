/** The language calls over a computer that speaks what the window speaks: what main's language service promises, in memory. */
import { currentLanguage } from "../../renderer/i18n.ts";
import type { LanguageView } from "../../shared/ipc-language.ts";
import type { Handlers } from "../../shared/ipc.ts";
import type { LanguageChoice } from "../../shared/languages.ts";
import { chooseLanguage } from "../../shared/languages.ts";

export function fakeLanguageHandlers(
  push: (view: LanguageView) => void,
  preferred: readonly string[] = [currentLanguage().locale],
): Pick<Handlers, "app.language" | "app.setLanguage"> {
  let choice: LanguageChoice = "system";
  const view = (): LanguageView => ({ choice, ...chooseLanguage(choice, preferred) });
  return {
    "app.language": view,
    "app.setLanguage"(input) {
      choice = input.choice;
      push(view());
      return view();
    },
  };
}
