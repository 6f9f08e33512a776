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
  | "sync.status"
  | "sync.now";

export function appHandlers({ app, inbox }: Services): Pick<Handlers, Area> {
  return {
    "app.state": () => app.state(),
    "app.useSessionOnly": () => app.useSessionOnly(),
    "app.retryVault": () => app.retryVault(),
    "app.dismissSetAside": () => app.dismissSetAside(),
    "app.openLink": async ({ url }) => {
      if (!(await app.openLink(url))) throw new AppError("bad_input", "link refused", { detail: { field: "url" } });
    },
    "sync.status": () => inbox().sync.status(),
    "sync.now": () => inbox().sync.now(),
  };
}
