/** Assembles the contract's handler map from the areas. A missing or extra handler does not compile. */
import type { Handlers } from "../../shared/ipc.ts";
import { accountHandlers } from "./account-handlers.ts";
import { appHandlers } from "./app-handlers.ts";
import { inboxHandlers } from "./inbox-handlers.ts";
import { outboxHandlers } from "./outbox-handlers.ts";
import type { Services } from "./services.ts";
import { storageHandlers } from "./storage-handlers.ts";
import { triageHandlers } from "./triage-handlers.ts";

export function createHandlers(services: Services): Handlers {
  return {
    ...appHandlers(services),
    ...accountHandlers(services),
    ...inboxHandlers(services),
    ...outboxHandlers(services),
    ...storageHandlers(services),
    ...triageHandlers(services),
  };
}
