/** Handlers about replies. An answer means the row is on disk; sending is the dispatcher's business. */
import type { Handlers } from "../../shared/ipc.ts";
import type { Services } from "./services.ts";

type Area = "outbox.send" | "outbox.list" | "outbox.retry" | "outbox.toDraft" | "outbox.discard";

export function outboxHandlers({ inbox }: Services): Pick<Handlers, Area> {
  return {
    "outbox.send": async ({ conversationId, text, files = [], key, sendAt = null, seenUpTo = null, again = false }) => {
      const { db, dispatch, changed, now } = inbox();
      const item = await db.call("outbox.enqueue", {
        conversationId,
        text,
        files,
        key,
        now: now(),
        notBefore: sendAt,
        seenUpTo,
        writtenIn: again ? "again" : "composer",
      });
      changed(conversationId);
      dispatch();
      return item;
    },
    "outbox.list": () => inbox().db.call("outbox.list", undefined),
    "outbox.toDraft": async ({ id }) => {
      const { db, dispatch, changed, now } = inbox();
      const { conversationId } = await db.call("outbox.toDraft", { id, now: now() });
      changed(conversationId);
      // It may have held back later ones of its thread.
      dispatch();
      return { conversationId };
    },
    "outbox.retry": async ({ id }) => {
      const { db, dispatch, changed, now } = inbox();
      const { conversationId } = await db.call("outbox.retry", { id, now: now() });
      changed(conversationId);
      dispatch();
    },
    "outbox.discard": async ({ id, keepsFiles = false }) => {
      const { db, dispatch, changed, forgotten } = inbox();
      const { conversationId, text, files } = await db.call("outbox.discard", { id, keepsFiles });
      changed(conversationId);
      dispatch();
      forgotten();
      return { text, files };
    },
  };
}
