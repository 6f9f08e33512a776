/**
 * Search as it is typed: the query, its answer, what it cannot find, the chosen result.
 *
 * Invariants: results belong to the newest query; an answer to an older one is dropped. `answered` is the query the
 * results are for, so that "nothing found" is never said before it is known. A search goes on in steps while its list
 * is short, and ends with the query. One question is under way at a time, and the newest follows it: a quick typist's
 * questions do not queue up before the one that counts.
 */
import { createStore } from "zustand/vanilla";
import type { Failure } from "../../shared/errors.ts";
import { failureOf } from "../../shared/errors.ts";
import type { CallOutput } from "../../shared/ipc.ts";
import type { SearchHoles } from "../../shared/search.ts";
import type { SearchHint } from "../../shared/search-query.ts";
import { dayOf, isEmptySearch, MAX_SEARCH_CHARS, parseSearch } from "../../shared/search-query.ts";
import type { BridgeClient } from "../bridge.ts";

/** Counting what cannot be found holds up the next question: only once the typing pauses. */
const HOLES_AFTER_MS = 150;
const LIMIT = 60;

export type SearchResult = CallOutput<"search.messages">["results"][number];

export interface SearchState {
  readonly query: string;
  /** False: nothing is asked for (yet), the list stays. */
  readonly isAsking: boolean;
  readonly answered: string | null;
  readonly results: readonly SearchResult[];
  /** More hits may exist than are shown. */
  readonly hasMore: boolean;
  /** Older texts are still being looked through. */
  readonly isGoingOn: boolean;
  readonly hints: readonly SearchHint[];
  /** Null: not counted yet. */
  readonly holes: SearchHoles | null;
  readonly download: "idle" | "asked" | "failed";
  readonly activeIndex: number;
  readonly failure: Failure | null;
}

export type SearchStore = ReturnType<typeof createSearchStore>;

export function createSearchStore(bridge: BridgeClient, now: () => number = Date.now) {
  const empty: SearchState = {
    query: "",
    isAsking: false,
    answered: null,
    results: [],
    hasMore: false,
    isGoingOn: false,
    hints: [],
    holes: null,
    download: "idle",
    activeIndex: 0,
    failure: null,
  };
  const store = createStore<SearchState>(() => empty);
  const { getState: get, setState: set } = store;
  let requests = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let holesTimer: ReturnType<typeof setTimeout> | null = null;
  let wanted: string | null = null;
  let isRunning = false;
  /** The filters the holes were counted for: words do not change them. */
  let countedFor = "";

  /** The newest question is asked as soon as the one under way is answered. */
  async function ask(query: string): Promise<void> {
    requests += 1;
    wanted = query;
    if (isRunning) return;
    isRunning = true;
    try {
      while (wanted !== null) {
        const next: string = wanted;
        wanted = null;
        await run(next);
      }
    } finally {
      isRunning = false;
    }
  }

  async function run(query: string): Promise<void> {
    const request = requests;
    const isCurrent = () => request === requests;
    try {
      let answer = await bridge.call("search.messages", { query, limit: LIMIT, after: null });
      if (!isCurrent()) return;
      const results = [...answer.results];
      const found = () => ({
        answered: query,
        results: [...results],
        hints: answer.hints,
        hasMore: answer.next !== null,
        isGoingOn: answer.next !== null && results.length < LIMIT,
        failure: null,
      });
      if (get().answered === query) set(found());
      else set({ ...found(), activeIndex: 0, download: "idle" });
      while (answer.next !== null && results.length < LIMIT) {
        const missing = LIMIT - results.length;
        answer = await bridge.call("search.messages", { query, limit: missing, after: answer.next });
        if (!isCurrent()) return;
        results.push(...answer.results);
        set(found());
      }
      holesTimer = setTimeout(() => void countHoles(query, isCurrent), HOLES_AFTER_MS);
    } catch (error) {
      if (isCurrent()) set({ failure: failureOf(error), answered: query, results: [], isGoingOn: false });
    }
  }

  async function countHoles(query: string, isCurrent: () => boolean): Promise<void> {
    const { from, accounts, before, after, isUnread, hasMedia } = parseSearch(query, dayOf(new Date(now())));
    const key = JSON.stringify([from, accounts, before, after, isUnread, hasMedia]);
    if (key === countedFor && get().holes !== null) return;
    try {
      const holes = await bridge.call("search.holes", { query });
      if (!isCurrent()) return;
      countedFor = key;
      set({ holes });
    } catch (error) {
      if (isCurrent()) set({ failure: failureOf(error), results: [] });
    }
  }

  function cancel(): void {
    if (timer !== null) clearTimeout(timer);
    if (holesTimer !== null) clearTimeout(holesTimer);
    timer = holesTimer = wanted = null;
    requests += 1;
  }

  function setQuery(typed: string): void {
    const query = typed.slice(0, MAX_SEARCH_CHARS);
    cancel();
    const words = query.trim();
    const parsed = parseSearch(words, dayOf(new Date(now())));
    if (isEmptySearch(parsed)) {
      countedFor = "";
      set({ ...empty, query, hints: parsed.hints });
      return;
    }
    set({ query, isAsking: true, isGoingOn: false });
    // What changes in one moment (a paste, a filter taken out) is one question.
    timer = setTimeout(() => {
      timer = null;
      void ask(words);
    });
  }

  return {
    ...store,
    setQuery,
    /** A filter at the end of what is typed; a filter that is there already goes. */
    toggleFilter(filter: string): void {
      const parts = get()
        .query.split(/\s+/u)
        .filter((part) => part !== "");
      const isOn = parts.includes(filter);
      const rest = parts.filter((part) => part !== filter);
      setQuery(isOn ? rest.join(" ") : [...rest, filter].join(" ") + (filter.endsWith(":") ? "" : " "));
    },
    setActive: (activeIndex: number) => set({ activeIndex }),
    /** Fetches the threads of this search that are not all here. */
    async download(): Promise<void> {
      const { answered } = get();
      if (answered === null) return;
      set({ download: "asked" });
      try {
        await bridge.call("search.download", { query: answered });
      } catch {
        set({ download: "failed" });
      }
    },
    /** Texts may have come or gone: ask the shown query again. */
    refresh(): void {
      const { answered, query } = get();
      countedFor = "";
      if (holesTimer !== null) clearTimeout(holesTimer);
      if (answered !== null && timer === null) void ask(query.trim());
    },
    clear(): void {
      cancel();
      countedFor = "";
      set(empty);
    },
  };
}
