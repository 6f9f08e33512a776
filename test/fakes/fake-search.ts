/**
 * Search over the fake bridge's rows: previews that hold the words, then names; holes as a test sets them. A step looks
 * at so many rows; where one stopped is told as the row's number.
 */
import type { Conversation, ConversationId, Message, MessageId, Millis } from "../../shared/domain.ts";
import type { CallOutput, Handlers } from "../../shared/ipc.ts";
import type { SearchHoles } from "../../shared/search.ts";
import { parseSearch } from "../../shared/search-query.ts";

type Results = CallOutput<"search.messages">["results"];

function resultOf(
  query: string,
  conversation: Conversation,
  threadOf: (id: ConversationId) => readonly Message[],
): Results {
  const wanted = query.toLocaleLowerCase();
  const text = conversation.preview.kind === "text" ? conversation.preview.text : "";
  const at = text.toLocaleLowerCase().indexOf(wanted);
  if (at !== -1) {
    const marks: [number, number][] = [[at, at + query.length]];
    return [{ conversation, message: threadOf(conversation.id).at(-1) ?? null, snippet: text, marks }];
  }
  const isNamed = conversation.contactName?.toLocaleLowerCase().includes(wanted) ?? false;
  return isNamed ? [{ conversation, message: null, snippet: text, marks: [] }] : [];
}

export function fakeSearchHandlers(
  rows: () => readonly Conversation[],
  thread: (id: ConversationId) => readonly Message[],
  holes: () => SearchHoles,
  step: () => number,
): Pick<Handlers, "search.messages" | "search.holes" | "search.download"> {
  return {
    "search.messages": ({ query, limit, after }) => {
      const { text, hints } = parseSearch(query, { year: 2026, month: 4, day: 14 });
      const all = rows();
      let at: number = after?.id ?? 0;
      const end = Math.min(all.length, at + step());
      const results: Results = [];
      for (; at < end && results.length < limit; at += 1) results.push(...resultOf(text, all[at]!, thread));
      const next = at < all.length ? { createdAt: 0 as Millis, id: at as MessageId } : null;
      return { results, next, hints: [...hints] };
    },
    "search.holes": () => holes(),
    "search.download": () => ({ count: holes().incomplete }),
  };
}
