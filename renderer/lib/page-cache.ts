/**
 * A sparse cache of windows into a long, moving list. Immutable values, pure functions.
 *
 * Holds at most `MAX_PAGES` pages around what is looked at, never the list. Invariants: an answer asked for
 * earlier never replaces one asked for later; a stale page is still shown until its successor arrives, so
 * nothing flickers; rows past a shrunken total are dropped.
 */
export const PAGE_SIZE = 50;
const MAX_PAGES = 12;

interface CachedPage<T> {
  readonly rows: readonly T[];
  /** Number of the request that brought these rows; later requests have higher ones. */
  readonly request: number;
}

export interface PageCache<T> {
  /** Null until the first answer. */
  readonly total: number | null;
  /** Request that told the total. */
  readonly totalRequest: number;
  /** Pages brought by an earlier request are stale. */
  readonly freshFrom: number;
  readonly pages: ReadonlyMap<number, CachedPage<T>>;
}

export function emptyPages<T>(): PageCache<T> {
  return { total: null, totalRequest: 0, freshFrom: 0, pages: new Map() };
}

export function rowAt<T>(cache: PageCache<T>, index: number): T | null {
  return cache.pages.get(Math.floor(index / PAGE_SIZE))?.rows[index % PAGE_SIZE] ?? null;
}

/** Pages that a visible range [first, last] needs and that are absent or stale. */
export function wantedPages<T>(cache: PageCache<T>, first: number, last: number): readonly number[] {
  const end = cache.total === null ? last : Math.min(last, cache.total - 1);
  const wanted: number[] = [];
  for (
    let page = Math.floor(Math.max(0, first) / PAGE_SIZE);
    page <= Math.floor(Math.max(0, end) / PAGE_SIZE);
    page++
  ) {
    const known = cache.pages.get(page);
    if (known === undefined || known.request < cache.freshFrom) wanted.push(page);
  }
  return wanted;
}

export interface PageAnswer<T> {
  readonly page: number;
  readonly request: number;
  readonly total: number;
  readonly rows: readonly T[];
}

/** The cache with an answer put in, trimmed to the pages nearest to it. */
export function withPage<T>(cache: PageCache<T>, answer: PageAnswer<T>): PageCache<T> {
  const known = cache.pages.get(answer.page);
  if (known !== undefined && known.request > answer.request) return cache;
  const isNewest = answer.request >= cache.totalRequest;
  const total = isNewest ? answer.total : cache.total;
  const pages = new Map(cache.pages);
  pages.set(answer.page, { rows: answer.rows, request: answer.request });
  const lastPage = Math.max(0, Math.ceil((total ?? 0) / PAGE_SIZE) - 1);
  for (const page of pages.keys()) if (page > lastPage) pages.delete(page);
  const byDistance = [...pages.keys()].toSorted((a, b) => Math.abs(b - answer.page) - Math.abs(a - answer.page));
  for (const page of byDistance.slice(0, Math.max(0, pages.size - MAX_PAGES))) pages.delete(page);
  return { ...cache, total, totalRequest: isNewest ? answer.request : cache.totalRequest, pages };
}

/** Everything asked for before `request` may have changed: keep showing it, fetch it again when it is looked at. */
export function staleBefore<T>(cache: PageCache<T>, request: number): PageCache<T> {
  return { ...cache, freshFrom: request };
}

/** A held row by its id; null when it is not held. */
export function findRow<T extends { readonly id: unknown }>(cache: PageCache<T>, id: T["id"]): T | null {
  for (const { rows } of cache.pages.values()) {
    const row = rows.find((candidate) => candidate.id === id);
    if (row !== undefined) return row;
  }
  return null;
}

/** Where a held row stands; null when it is not held. */
export function indexOfRow<T>(cache: PageCache<T>, test: (row: T) => boolean): number | null {
  for (const [page, { rows }] of cache.pages) {
    const at = rows.findIndex(test);
    if (at !== -1) return page * PAGE_SIZE + at;
  }
  return null;
}
