/**
 * The contract of search: what is asked, what is found, what cannot be found because it is not here.
 *
 * zod schemas for the IPC border; the renderer takes the types. `shared/search-query.ts` takes the typed text apart.
 */
import { z } from "zod";
import { Conversation, Message, MessagePosition } from "./domain.ts";
import { MAX_SEARCH_CHARS, SEARCH_HINT_KINDS } from "./search-query.ts";

export const SearchResult = z.object({
  conversation: Conversation,
  /** Null: the contact itself was found. */
  message: Message.nullable(),
  /** Plain text around the hit, cut at word ends; `marks` are [start, end) offsets into it. */
  snippet: z.string(),
  marks: z.array(z.tuple([z.int(), z.int()])),
});

export const SearchAnswer = z.object({
  results: z.array(SearchResult),
  /** Non-null: there may be more behind here; give it back as `after`. */
  next: MessagePosition.nullable(),
  /** What was not understood or is not known here. It narrows nothing and fails nothing. */
  hints: z.array(z.object({ kind: z.enum(SEARCH_HINT_KINDS), filter: z.string(), value: z.string() })),
});

/** What no words can find within these filters. */
export const SearchHoles = z.object({
  /** Removed texts, counted up to `MAX_HOLES`. */
  removed: z.int().nonnegative(),
  /** Threads that are not held to their end. */
  incomplete: z.int().nonnegative(),
});
export type SearchHoles = z.infer<typeof SearchHoles>;

const query = z.string().max(MAX_SEARCH_CHARS);

export const searchCalls = {
  "search.messages": {
    input: z.strictObject({ query, limit: z.int().min(1).max(100), after: MessagePosition.nullable() }),
    output: SearchAnswer,
  },
  "search.holes": { input: z.strictObject({ query }), output: SearchHoles },
  /** Fetches the threads within these filters that are not all here; `count`: how many were asked for. */
  "search.download": {
    input: z.strictObject({ query }),
    output: z.object({ count: z.int().nonnegative() }),
  },
} as const;
