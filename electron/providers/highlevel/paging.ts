/**
 * Paging by sort value: the next page begins at the last row's value. Pure.
 *
 * Rows may share a value, also across a page's edge, and nothing says whether the server leaves out the rows at the
 * value it is given. So each next page begins one millisecond earlier in reading order, and what comes twice is the
 * same row twice. Invariant: no row is passed over; a page that holds nothing but one value is asked for again with
 * room for more, and when that does not help either, its cursor repeats, which sync reports by name.
 */

export const PAGE_LIMIT = 100;
const LARGE_LIMIT = 500;

export interface SortCursor {
  /** `startAfterDate`: rows below it come next (newest first). */
  readonly before: number;
  readonly limit: number;
}

const writeSortCursor = ({ before, limit }: SortCursor): string => `${before}.${limit}`;

/** Null for what is no such cursor. */
export function readSortCursor(cursor: string): SortCursor | null {
  const [before, limit] = cursor.split(".").map(Number);
  if (!Number.isSafeInteger(before) || !Number.isSafeInteger(limit)) return null;
  return { before: before!, limit: limit! };
}

/**
 * The cursor after a page read newest first, or null when the page was the last.
 *
 * @param rows    how many rows the server gave, readable or not
 * @param values  the sort values of those that could be read
 */
export function nextSortCursor(
  asked: SortCursor | null,
  limit: number,
  rows: number,
  values: readonly number[],
): string | null {
  // Rows from above the place that was asked for: the server does not follow, so neither do we go on.
  if (asked !== null && values.some((value) => value > asked.before)) return writeSortCursor(asked);
  if (rows < limit || values.length === 0) return null;
  const before = Math.min(...values) + 1;
  if (asked === null || before < asked.before) return writeSortCursor({ before, limit });
  return writeSortCursor({ before: asked.before, limit: LARGE_LIMIT });
}
