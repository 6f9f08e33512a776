/** Everything that is offered for the word at the caret: saved replies after a slash, emoji after a colon. One at a time. */
import type { ReactNode } from "react";
import { useColon } from "./use-colon.tsx";
import { useSlash } from "./use-slash.tsx";
import type { HelpOptions } from "./use-slash.tsx";
import type { TypingHelp } from "./use-word-list.ts";

export function useTypingHelp(options: HelpOptions): TypingHelp & { view: ReactNode } {
  const slash = useSlash(options);
  const colon = useColon(options);
  return {
    look(box) {
      slash.look(box);
      colon.look(box);
    },
    close() {
      slash.close();
      colon.close();
    },
    onKeyDown: (event) => slash.onKeyDown(event) || colon.onKeyDown(event),
    aria: { "aria-autocomplete": "list", ...slash.aria, ...colon.aria },
    // A word begins with one of the two.
    view: slash.view || colon.view,
  };
}
