/** Handlers of "About" and of updates. They work in every stage; nothing in them needs the inbox. */
import type { Handlers } from "../../shared/ipc.ts";
import type { Services } from "./services.ts";

type Area = "about.get" | "about.notices" | "updates.check" | "updates.restart";

/** The same handlers, except that typing is noticed: a restart must not come over it. */
export function noteTyping(handlers: Handlers, { about }: Services): Handlers {
  return {
    ...handlers,
    "drafts.save"(input) {
      about.updates.typed(input.text === "");
      return handlers["drafts.save"](input);
    },
  };
}

export function updateHandlers({ about }: Services): Pick<Handlers, Area> {
  return {
    "about.get": () => about.about(),
    "about.notices": () => about.notices(),
    "updates.check": () => about.updates.check(),
    "updates.restart": () => about.updates.restart(),
  };
}
