/** Handlers about the language; they answer in every stage, since the screens before an inbox have words too. */
import type { Handlers } from "../../shared/ipc.ts";
import type { Services } from "./services.ts";

export function languageHandlers({ language }: Services): Pick<Handlers, "app.language" | "app.setLanguage"> {
  return {
    "app.language": () => language.view(),
    "app.setLanguage": ({ choice }) => language.choose(choice),
  };
}
