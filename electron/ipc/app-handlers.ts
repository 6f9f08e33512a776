/** Handlers about the app itself and its sync: stages, links, "sync now". */
import { AppError } from "../../shared/errors.ts";
import type { Handlers } from "../../shared/ipc.ts";
import type { Services } from "./services.ts";

type Area =
  | "app.state"
  | "app.useSessionOnly"
  | "app.retryVault"
  | "app.dismissSetAside"
  | "app.openLink"
  | "app.takeNavigation"
  | "settings.get"
  | "settings.save"
  | "sync.status"
  | "sync.now";

export function appHandlers({ app, inbox, takeNavigation }: Services): Pick<Handlers, Area> {
  return {
    "app.state": () => app.state(),
    "app.useSessionOnly": () => app.useSessionOnly(),
    "app.retryVault": () => app.retryVault(),
    "app.dismissSetAside": () => app.dismissSetAside(),
    "app.openLink": async ({ url }) => {
      if (!(await app.openLink(url))) throw new AppError("bad_input", "link refused", { detail: { field: "url" } });
    },
    "app.takeNavigation": () => takeNavigation(),
    "settings.get": () => inbox().settings.get(),
    "settings.save": ({ settings }) => inbox().settings.save(settings),
    "sync.status": () => inbox().sync.status(),
    "sync.now": () => inbox().sync.now(),
  };
}
