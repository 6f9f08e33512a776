/**
 * What every store is asked to do, the same for all: it runs in a page too, without its types.
 *
 * Messages come in batches of a thread; a thread is opened at its newest page; words are looked up by beginning; the
 * oldest hundredth of the texts is removed.
 */

export const BATCH = 200;
export const OPENS = 100;
export const PAGE_OF_THREAD = 60;
export const RESULTS = 60;
export const REDACT_SHARE = 0.01;

const WORDS =
  "the your bicycle ready today tomorrow please thanks order wheel brake saddle chain light helmet repair".split(" ");
const SYLLABLES = "ba de fi go ku la me ni po ru sa te vi wo xu zy".split(" ");

/** The same word for the same number: common ones first. */
export function wordOf(rank: number): string {
  if (rank < WORDS.length) return WORDS[rank] ?? "";
  let word = "";
  for (let rest = rank; rest > 0; rest = Math.floor(rest / SYLLABLES.length))
    word += SYLLABLES[rest % SYLLABLES.length];
  return word;
}

export interface Row {
  readonly id: string;
  readonly thread: number;
  readonly inbound: boolean;
  readonly body: string;
  readonly at: number;
}

export function rowsOf(count: number): Row[] {
  let state = 42;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
  return Array.from({ length: count }, (_, index) => {
    const length = 4 + Math.floor(random() * 16);
    const words = Array.from({ length }, () => wordOf(Math.floor(random() ** 4 * 20_000)));
    return {
      id: `m${index}`,
      thread: Math.floor(index / BATCH),
      inbound: index % 2 === 0,
      body: words.join(" "),
      at: 1_700_000_000_000 + index * 1_000,
    };
  });
}

/** One batch is one transaction and lies in one thread. */
export function batchesOf(rows: readonly Row[]): Row[][] {
  const batches: Row[][] = [];
  for (let start = 0; start < rows.length; start += BATCH) batches.push(rows.slice(start, start + BATCH));
  return batches;
}

/** Beginnings of words: short and long, common and rare. */
export const searchesOf = (): string[] =>
  Array.from({ length: 40 }, (_, index) => {
    const word = wordOf(index * index * 7);
    return word.slice(0, 2 + (index % 4));
  });
