/**
 * Paging of Vobiz's conversation list, for which no parameter is documented. Pure.
 *
 * The answer counts pages (`meta.page`), so pages are asked for by number. Where the server does not know that
 * parameter every page is the same one: what was on the page before is kept as a fingerprint in the cursor, and
 * meeting it again is the end, not a failure. A `next_cursor`, where one comes, is believed instead.
 */
import { createHash } from "node:crypto";

export type ListPlace =
  | { readonly kind: "page"; readonly page: number; readonly before: string | null }
  | { readonly kind: "cursor"; readonly cursor: string };

/** Independent of order: a list that moved between two requests is still the same list. */
const fingerprintOf = (ids: readonly string[]): string =>
  createHash("sha256").update(ids.toSorted().join("\n")).digest("hex").slice(0, 16);

/** @returns null for what is no such cursor */
export function readPlace(cursor: string | null): ListPlace | null {
  if (cursor === null) return { kind: "page", page: 1, before: null };
  if (cursor.startsWith("cursor:")) return { kind: "cursor", cursor: cursor.slice("cursor:".length) };
  const [, page, before] = /^page:(\d{1,6}):([0-9a-f]{16})$/.exec(cursor) ?? [];
  return page === undefined || before === undefined ? null : { kind: "page", page: Number(page), before };
}

/** Where the list goes on after a page with these ids; null at its end. */
export function nextPlace(place: ListPlace, ids: readonly string[], nextCursor: string | null): string | null {
  if (nextCursor !== null) return `cursor:${nextCursor}`;
  if (place.kind === "cursor" || ids.length === 0) return null;
  const seen = fingerprintOf(ids);
  return seen === place.before ? null : `page:${place.page + 1}:${seen}`;
}
