/**
 * Search as it is typed: the query, its answer, what it cannot find, the chosen result.
 *
 * Invariants: results belong to the newest query; an answer to an older one is dropped. `answered` is the query the
 * results are for, so that "nothing found" is never said before it is known. A search goes on in steps while its list
 * is short, and ends with the query. One question is under way at a time, and the newest follows it: a quick typist's
 * questions do not queue up before the one that counts. Each key asks for one screenful; the rest of the list, and
 * what cannot be found, are asked for once the typing pauses, and more of it when its end comes into sight.
 */
import { createStore } from "zustand/vanilla";
import type { Failure } from "../../shared/errors.ts";
import { failureOf } from "../../shared/errors.ts";
import type { CallInput, CallOutput } from "../../shared/ipc.ts";
import type { SearchHoles } from "../../shared/search.ts";
import type { SearchHint } from "../../shared/search-query.ts";
import { dayOf, isEmptySearch, MAX_SEARCH_CHARS, parseSearch } from "../../shared/search-query.ts";
import type { BridgeClient } from "../bridge.ts";

/** The rest of the list, and counting what cannot be found, hold up the next question: only once the typing pauses. */
const PAUSE_MS = 150;
/** Rows of a tall window. More of them would be read, handed over and compared with every key, and seen by nobody. */
const SCREENFUL = 24;
const LIMIT = 60;
/** What one question may ask for. */
const MOST_AT_ONCE = 100;

export type SearchResult = CallOutput<"search.messages">["results"][number];

type Position = NonNullable<CallInput<"search.messages">["after"]>;

export interface SearchState {
  readonly query: string;
  /** False: nothing is asked for (yet), the list stays. */
  readonly isAsking: boolean;
  readonly answered: string | null;
  readonly results: readonly SearchResult[];
  /** More hits may exist than are shown. */
  readonly hasMore: boolean;
  /** False: a screenful is here, and the rest of the list is asked for as soon as the typing pauses. */
  readonly isWhole: boolean;
  /** Older texts are still being looked through. */
  readonly isGoingOn: boolean;
  readonly hints: readonly SearchHint[];
  /** Null: not counted yet. */
  readonly holes: SearchHoles | null;
  readonly download: "idle" | "asked" | "failed";
  readonly activeIndex: number;
  readonly failure: Failure | null;
}

/** What stands in the place of the list; null: the list does. */
export const shownResults = ({ isAsking, answered, results }: SearchState): readonly SearchResult[] | null =>
  isAsking && answered !== null ? results : null;

const keyOf = ({ conversation, message }: SearchResult): string => `${conversation.id} ${message?.id}`;

export function createSearchStore(bridge: BridgeClient, now: () => number = Date.now) {
  const empty: SearchState = {
    query: "",
    isAsking: false,
    answered: null,
    results: [],
    hasMore: false,
    isWhole: false,
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
  let pause: ReturnType<typeof setTimeout> | null = null;
  let wanted: string | null = null;
  let isRunning = false;
  /** Where the list that is shown ends; null: with everything there is. */
  let next: Position | null = null;
  /** The hit a person went to: followed when the list is read again, as the place may be another's by then. */
  let chosen: string | null = null;
  /** The filters the holes were counted for: words do not change them. */
  let countedFor = "";

  /** The newest question is asked as soon as the one under way is answered. */
  async function ask(newest: string): Promise<void> {
    requests += 1;
    wanted = newest;
    if (isRunning) return;
    isRunning = true;
    try {
      while (wanted !== null) {
        const query: string = wanted;
        wanted = null;
        await run(query);
      }
    } finally {
      isRunning = false;
    }
  }

  async function run(query: string): Promise<void> {
    const request = requests;
    const isCurrent = () => request === requests;
    const { answered, isWhole, results } = get();
    // A list that stands there whole is asked for whole again.
    const limit = answered === query && isWhole ? Math.max(LIMIT, results.length) : SCREENFUL;
    try {
      if (!(await fill(query, [], null, limit, isCurrent))) return;
      pause = setTimeout(() => void goOn(query, isCurrent, LIMIT), PAUSE_MS);
    } catch (error) {
      if (isCurrent()) set({ failure: failureOf(error), answered: query, results: [], isGoingOn: false });
    }
  }

  /**
   * Asks until the list is long enough or everything was looked through. False: something newer, or the same anew, is
   * asked for.
   *
   * @param held  what is here already, up to `after`
   */
  async function fill(
    query: string,
    held: readonly SearchResult[],
    after: Position | null,
    limit: number,
    isCurrent: () => boolean,
  ): Promise<boolean> {
    const results = [...held];
    do {
      const missing = Math.min(limit - results.length, MOST_AT_ONCE);
      const answer = await bridge.call("search.messages", { query, limit: missing, after });
      if (!isCurrent()) return false;
      results.push(...answer.results);
      after = next = answer.next;
      if (get().answered !== query) chosen = null;
      const place = chosen === null ? -1 : results.findIndex((result) => keyOf(result) === chosen);
      set({
        ...(get().answered === query ? {} : { answered: query, activeIndex: 0, download: "idle" }),
        results: [...results],
        ...(place === -1 ? {} : { activeIndex: place }),
        hints: answer.hints,
        hasMore: after !== null,
        isWhole: limit > SCREENFUL || after === null,
        isGoingOn: after !== null && results.length < limit,
        failure: null,
      });
    } while (after !== null && results.length < limit && wanted === null);
    return wanted === null;
  }

  /** Makes the list this long and counts holes. A key that comes meanwhile waits for one question at most. */
  async function goOn(query: string, isCurrent: () => boolean, limit: number): Promise<void> {
    pause = null;
    if (isRunning) return;
    isRunning = true;
    try {
      const { results } = get();
      const isLong = next === null || results.length >= limit;
      if (isLong || (await fill(query, results, next, limit, isCurrent))) await countHoles(query, isCurrent);
    } catch (error) {
      if (isCurrent()) set({ failure: failureOf(error), results: [], isGoingOn: false });
    } finally {
      isRunning = false;
    }
    if (wanted !== null) void ask(wanted);
  }

  async function countHoles(query: string, isCurrent: () => boolean): Promise<void> {
    const { from, accounts, before, after, isUnread, hasMedia } = parseSearch(query, dayOf(new Date(now())));
    const key = JSON.stringify([from, accounts, before, after, isUnread, hasMedia]);
    if (key === countedFor && get().holes !== null) return;
    const holes = await bridge.call("search.holes", { query });
    if (!isCurrent()) return;
    countedFor = key;
    set({ holes });
  }

  function cancel(): void {
    if (pause !== null) clearTimeout(pause);
    pause = wanted = null;
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
    // Before anything is drawn: the answer is looked for while the letter is painted.
    void ask(words);
    set({ query, isAsking: true, isGoingOn: false });
  }

  return {
    ...store,
    setQuery,
    /** A filter at the end of what is typed; a filter that is there already goes. */
    toggleFilter(filter: string): void {
      const parts = get()
        .query.split(/\s+/u)
        .filter((part) => part !== "");
      const rest = parts.filter((part) => part.toLowerCase() !== filter);
      setQuery(
        rest.length < parts.length ? rest.join(" ") : [...rest, filter].join(" ") + (filter.endsWith(":") ? "" : " "),
      );
    },
    setActive(activeIndex: number): void {
      const result = get().results[activeIndex];
      chosen = result === undefined ? null : keyOf(result);
      set({ activeIndex });
    },
    /** The end of the list comes into sight: as much again. */
    more(): void {
      const { answered, isWhole, hasMore, results } = get();
      if (answered === null || !isWhole || !hasMore || isRunning || pause !== null) return;
      const request = requests;
      void goOn(answered, () => request === requests, results.length + LIMIT);
    },
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
      const { isAsking, query } = get();
      if (!isAsking) return;
      countedFor = "";
      if (pause !== null) clearTimeout(pause);
      pause = null;
      const words = query.trim();
      // An answer on its way may be older than the change: it is asked for once more behind it. Dropped, none would ever come
      // while a sync changes something all the time.
      if (isRunning) wanted = words;
      else void ask(words);
    },
    clear(): void {
      cancel();
      countedFor = "";
      set(empty);
    },
  };
}
