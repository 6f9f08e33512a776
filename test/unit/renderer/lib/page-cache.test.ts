import { describe, expect, it } from "vitest";
import {
  emptyPages,
  indexOfRow,
  PAGE_SIZE,
  rowAt,
  staleBefore,
  wantedPages,
  withPage,
} from "../../../../renderer/lib/page-cache.ts";

const rows = (from: number, count = PAGE_SIZE) => Array.from({ length: count }, (_, index) => from + index);
const page = (number: number, request: number, total = 100_000) => ({
  page: number,
  request,
  total,
  rows: rows(number * PAGE_SIZE + request * 1_000_000),
});

describe("the page cache", () => {
  it("wants the pages of the visible range that are absent or stale", () => {
    let cache = withPage(emptyPages<number>(), page(0, 1));
    expect(wantedPages(cache, 10, 120)).toEqual([1, 2]);
    cache = withPage(withPage(cache, page(1, 2)), page(2, 3));
    expect(wantedPages(cache, 10, 120)).toEqual([]);
    expect(wantedPages(staleBefore(cache, 4), 10, 120)).toEqual([0, 1, 2]);
  });

  it("does not let an answer asked for before a change count as fresh", () => {
    const cache = withPage(staleBefore(emptyPages<number>(), 2), page(0, 1));
    expect(wantedPages(cache, 0, 9)).toEqual([0]);
    expect(rowAt(cache, 0)).toBe(1_000_000);
  });

  it("drops an answer older than the one it holds", () => {
    const cache = withPage(withPage(emptyPages<number>(), page(0, 2, 10)), page(0, 1, 99));
    expect(rowAt(cache, 0)).toBe(2_000_000);
    expect(cache.total).toBe(10);
  });

  it("shows stale rows until their successors arrive", () => {
    expect(rowAt(staleBefore(withPage(emptyPages<number>(), page(0, 1)), 9), 3)).toBe(1_000_003);
  });

  it("never holds more than a dozen pages, those nearest to the last answer", () => {
    let cache = emptyPages<number>();
    for (let number = 0; number < 400; number++) cache = withPage(cache, page(number, number + 1));
    expect(cache.pages.size).toBe(12);
    expect(Math.min(...cache.pages.keys())).toBe(388);
  });

  it("drops pages past a shrunken end", () => {
    const cache = withPage(withPage(emptyPages<number>(), page(3, 1)), {
      page: 0,
      request: 2,
      total: 20,
      rows: rows(0, 20),
    });
    expect([...cache.pages.keys()]).toEqual([0]);
    expect(wantedPages(cache, 0, 500)).toEqual([]);
  });

  it("finds a held row by what it is", () => {
    const cache = withPage(emptyPages<number>(), page(2, 1));
    expect(indexOfRow(cache, (row) => row === 1_000_000 + 2 * PAGE_SIZE + 7)).toBe(2 * PAGE_SIZE + 7);
    expect(indexOfRow(cache, () => false)).toBeNull();
  });
});
