/** Handlers of "Sync & storage": what is held, read it again, build it anew, how long the provider keeps texts. */
import type { Handlers } from "../../shared/ipc.ts";
import type { Services } from "./services.ts";

type Area = "storage.report" | "storage.recheck" | "storage.rebuild" | "retention.set";

export function storageHandlers({ inbox }: Services): Pick<Handlers, Area> {
  return {
    "storage.report": () => inbox().storage.report(),
    "storage.recheck": ({ accountId }) => inbox().storage.recheck(accountId),
    "storage.rebuild": ({ accountId }) => inbox().storage.rebuild(accountId),
    "retention.set": ({ accountId, days }) => inbox().storage.setRetention(accountId, days),
  };
}
