/** Handlers about accounts. Answers never contain a credential: the output schema has no field for one. */
import type { Handlers } from "../../shared/ipc.ts";
import type { Services } from "./services.ts";

type Area =
  | "providers.list"
  | "accounts.list"
  | "accounts.connect"
  | "accounts.connectSample"
  | "accounts.rename"
  | "accounts.replaceKey"
  | "accounts.disconnect";

export function accountHandlers({ inbox, providerForms }: Services): Pick<Handlers, Area> {
  return {
    "providers.list": () => providerForms(),
    "accounts.list": () => inbox().accounts.list(),
    "accounts.connect": (input) => inbox().accounts.connect(input),
    "accounts.connectSample": () => inbox().accounts.connectSample(),
    "accounts.rename": ({ id, name }) => inbox().accounts.rename(id, name),
    "accounts.replaceKey": ({ id, credentials }) => inbox().accounts.replaceKey(id, credentials),
    "accounts.disconnect": ({ id }) => inbox().accounts.disconnect(id),
  };
}
