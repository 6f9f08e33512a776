/** Handlers for pictures and files: fetched, saved, given up. */
import type { Handlers } from "../../shared/ipc.ts";
import type { Services } from "./services.ts";

type Area = "media.load" | "media.cancel" | "media.save";

export function mediaHandlers({ inbox }: Services): Pick<Handlers, Area> {
  return {
    "media.load": async ({ id }) => ({ outcome: await inbox().media.load(id) }),
    "media.cancel": ({ id }) => inbox().media.cancel(id),
    "media.save": async ({ id }) => ({ saved: await inbox().media.save(id) }),
  };
}
