/** The language calls over a pretended English computer: what main's language service promises, in memory. */
import type { LanguageView } from "../../shared/ipc-language.ts";
import type { Handlers } from "../../shared/ipc.ts";
import type { LanguageChoice } from "../../shared/languages.ts";
import { chooseLanguage } from "../../shared/languages.ts";

export function fakeLanguageHandlers(
  push: (view: LanguageView) => void,
  preferred: readonly string[] = ["en-US"],
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
