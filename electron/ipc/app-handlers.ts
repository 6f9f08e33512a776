/** Handlers about the app itself and its sync: stages, links, "sync now". */
import type { CommandId } from "../../shared/commands.ts";
import { COMMAND_IDS } from "../../shared/commands.ts";
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
  | "app.recentCommands"
  | "app.rememberCommand"
  | "settings.get"
  | "settings.save"
  | "sync.status"
  | "sync.now";

const RECENT_KEY = "recent-commands";
const MAX_RECENT = 8;

/** Stored JSON, also of another version of the app: what is no command of this one is left out. */
const readRecent = (stored: unknown): CommandId[] =>
  (Array.isArray(stored) ? stored : []).flatMap((id) => COMMAND_IDS.find((known) => known === id) ?? []);

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
    "app.recentCommands": async () => ({
      ids: readRecent(await inbox().db.call("settings.find", { key: RECENT_KEY })),
    }),
    "app.rememberCommand": async ({ id }) => {
      const { db } = inbox();
      const known = readRecent(await db.call("settings.find", { key: RECENT_KEY }));
      const value = [id, ...known.filter((other) => other !== id)].slice(0, MAX_RECENT);
      await db.call("settings.set", { key: RECENT_KEY, value });
    },
    "settings.get": () => inbox().settings.get(),
    "settings.save": ({ settings }) => inbox().settings.save(settings),
    "sync.status": () => inbox().sync.status(),
    "sync.now": () => inbox().sync.now(),
  };
}
