/** Assembles the contract's handler map from the areas. A missing or extra handler does not compile. */
import type { Handlers } from "../../shared/ipc.ts";
import { accountHandlers } from "./account-handlers.ts";
import { appHandlers } from "./app-handlers.ts";
import { attachmentHandlers } from "./attachment-handlers.ts";
import { composerHandlers } from "./composer-handlers.ts";
import { contactHandlers } from "./contact-handlers.ts";
import { inboxHandlers } from "./inbox-handlers.ts";
import { languageHandlers } from "./language-handlers.ts";
import { lockHandlers } from "./lock-handlers.ts";
import { mediaHandlers } from "./media-handlers.ts";
import { outboxHandlers } from "./outbox-handlers.ts";
import type { Services } from "./services.ts";
import { storageHandlers } from "./storage-handlers.ts";
import { triageHandlers } from "./triage-handlers.ts";
import { noteTyping, updateHandlers } from "./update-handlers.ts";

export function createHandlers(services: Services): Handlers {
  const handlers: Handlers = {
    ...appHandlers(services),
    ...accountHandlers(services),
    ...attachmentHandlers(services),
    ...composerHandlers(services),
    ...contactHandlers(services),
    ...inboxHandlers(services),
    ...languageHandlers(services),
    ...lockHandlers(services),
    ...mediaHandlers(services),
    ...outboxHandlers(services),
    ...storageHandlers(services),
    ...triageHandlers(services),
    ...updateHandlers(services),
  };
  return noteTyping(handlers, services);
}
