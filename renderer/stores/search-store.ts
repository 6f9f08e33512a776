/**
 * Search as it is typed: the query, its answer, the chosen result.
 *
 * Invariant: results belong to the newest query; an answer to an older one is dropped. `answered` is the query the
 * results are for, so that "nothing found" is never said before it is known.
 */
import { createStore } from "zustand/vanilla";
import type { Failure } from "../../shared/errors.ts";
import { failureOf } from "../../shared/errors.ts";
import type { CallOutput } from "../../shared/ipc.ts";
import type { BridgeClient } from "../bridge.ts";

const DEBOUNCE_MS = 80;
const LIMIT = 60;
const MAX_QUERY = 200;

export type SearchResult = CallOutput<"search.messages">["results"][number];

export interface SearchState {
  readonly query: string;
  readonly answered: string | null;
  readonly results: readonly SearchResult[];
  readonly activeIndex: number;
  readonly failure: Failure | null;
}

export type SearchStore = ReturnType<typeof createSearchStore>;

export function createSearchStore(bridge: BridgeClient) {
  const empty: SearchState = { query: "", answered: null, results: [], activeIndex: 0, failure: null };
  const store = createStore<SearchState>(() => empty);
  const { getState: get, setState: set } = store;
  let requests = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;

  async function run(query: string): Promise<void> {
    const request = ++requests;
    try {
      const { results } = await bridge.call("search.messages", { query, limit: LIMIT });
      if (request !== requests) return;
      const sameQuery = get().answered === query;
      set({ answered: query, results, failure: null, activeIndex: sameQuery ? get().activeIndex : 0 });
    } catch (error) {
      if (request === requests) set({ failure: failureOf(error), answered: query, results: [] });
    }
  }

  function cancel(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    requests += 1;
  }

  return {
    ...store,
    setQuery(typed: string): void {
      const query = typed.slice(0, MAX_QUERY);
      cancel();
      if (query.trim() === "") {
        set({ ...empty, query });
        return;
      }
      set({ query });
      timer = setTimeout(() => {
        timer = null;
        void run(query.trim());
      }, DEBOUNCE_MS);
    },
    setActive: (activeIndex: number) => set({ activeIndex }),
    /** Texts may have come or gone: ask the shown query again. */
    refresh(): void {
      const { answered } = get();
      if (answered !== null && timer === null) void run(answered);
    },
    clear(): void {
      cancel();
      set(empty);
    },
  };
}
