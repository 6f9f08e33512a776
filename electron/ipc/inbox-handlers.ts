/** Handlers that read the cache: list, thread, search, drafts. All of them go to the database worker. */
import type { Handlers } from "../../shared/ipc.ts";
import type { Services } from "./services.ts";

type Area =
  | "conversations.window"
  | "conversations.get"
  | "conversations.unread"
  | "conversations.open"
  | "thread.page"
  | "thread.outbox"
  | "thread.consentHistory"
  | "drafts.get"
  | "drafts.save"
  | "thread.since"
  | "thread.fetch"
  | "search.messages"
  | "search.holes"
  | "search.download";

export function inboxHandlers({ inbox }: Services): Pick<Handlers, Area> {
  return {
    "conversations.window": (input) => inbox().db.call("conversations.window", input),
    "conversations.get": (input) => inbox().db.call("conversations.get", input),
    "conversations.unread": () => inbox().db.call("conversations.unread", undefined),
    "conversations.open": async ({ id }) => {
      const { db, sync, changed, now } = inbox();
      await sync.open(id);
      if (id === null) return { unreadSince: null };
      const answer = await db.call("conversations.unreadSince", { id });
      if (await db.call("conversations.markRead", { id, now: now() })) {
        changed(id);
        await sync.tellRead(id);
      }
      return answer;
    },
    "thread.page": (input) => inbox().db.call("thread.page", input),
    "thread.outbox": (input) => inbox().db.call("thread.outbox", input),
    "thread.consentHistory": (input) => inbox().db.call("thread.consentHistory", input),
    "drafts.get": (input) => inbox().db.call("drafts.get", input),
    "drafts.save": async ({ conversationId, text }) => {
      const { db, changed, now } = inbox();
      await db.call("drafts.save", { conversationId, text, now: now() });
      changed(conversationId);
    },
    "thread.since": (input) => inbox().db.call("thread.since", input),
    "thread.fetch": async ({ conversationId }) => {
      const { db, sync } = inbox();
      await db.call("thread.ask", { conversationId });
      await sync.open(conversationId);
      // Also ends a wait after a failure.
      sync.now();
    },
    "search.messages": (input) => inbox().db.call("search.messages", { ...input, now: inbox().now() }),
    "search.holes": (input) => inbox().db.call("search.holes", { ...input, now: inbox().now() }),
    "search.download": async (input) => {
      const { db, sync, now } = inbox();
      const answer = await db.call("search.download", { ...input, now: now() });
      sync.now();
      return answer;
    },
  };
}
