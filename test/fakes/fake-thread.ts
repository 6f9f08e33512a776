/** Threads of the fake bridge: pages, a first message since a day, and what is missing when a test says so. */
import type { ConversationId, Coverage, Message, Millis } from "../../shared/domain.ts";
import type { CallOutput, Handlers } from "../../shared/ipc.ts";

interface World {
  readonly now: Millis;
  readonly thread: (id: number) => readonly Message[];
}

/**
 * @param coverages  changed by tests: what differs from a complete thread
 * @param consents  changed by tests: the states this device has seen, the newest first
 */
export function fakeThreadHandlers(
  { now, thread }: World,
  coverages: ReadonlyMap<ConversationId, Partial<Coverage>>,
  consents: ReadonlyMap<ConversationId, CallOutput<"thread.consentHistory">>,
): Pick<Handlers, "thread.page" | "thread.since" | "thread.fetch" | "thread.consentHistory"> {
  return {
    "thread.page": ({ conversationId, before, limit }) => {
      const all = thread(conversationId);
      const end = before === null ? all.length : all.findIndex((message) => message.id === before.id);
      const start = Math.max(0, end - limit);
      return {
        messages: all.slice(start, end),
        hasOlder: start > 0,
        coverage: {
          complete: true,
          neverFetched: false,
          checkedAt: now - 120_000,
          held: all.length,
          oldestAt: all[0]?.createdAt ?? null,
          gap: null,
          ...coverages.get(conversationId),
        },
      };
    },
    "thread.since": ({ conversationId, at }) => {
      const found = thread(conversationId).find(({ createdAt }) => createdAt >= at);
      return { first: found === undefined ? null : { createdAt: found.createdAt, id: found.id } };
    },
    "thread.fetch": () => undefined,
    "thread.consentHistory": ({ conversationId }) => consents.get(conversationId) ?? [],
  };
}
