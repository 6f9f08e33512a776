/**
 * The index of texts in its parts: which part a time falls into, what each is called, which hold what.
 *
 * Every part takes a span of a day and a half in turns, so that what is removed together (the oldest texts, a day of
 * them) lies in few parts, and newer spans can be searched before older ones. The schema's triggers keep the parts in
 * step with the rows and mark what a removal leaves to be merged (migration 100); `purge.ts` merges what is marked.
 * Must not write. Invariant: `partOf` is the schema's column `messages.part`.
 */
import type { Millis } from "../../shared/domain.ts";
import type { ReadDb } from "./connection.ts";

/** A power of two, like the number of parts: a shift and a mask are the same here and in SQL, also before 1970. */
const SPAN_MS = 2 ** 27;
const PARTS = 32;

export const TEXT_PARTS: readonly string[] = Array.from(
  { length: PARTS },
  (_, part) => `texts_${String(part).padStart(2, "0")}`,
);

/** Every full-text index by its id in `index_parts`. */
export const INDEXES: readonly string[] = [...TEXT_PARTS, "contacts_fts"];

export const partOf = (at: Millis): number => Math.floor(at / SPAN_MS) & (PARTS - 1);

/** When the span that holds this moment begins: what is older may lie in other parts. */
export const spanStart = (at: Millis): Millis => Math.floor(at / SPAN_MS) * SPAN_MS;

/** Ids of the messages in one part, of all its spans, that fit an FTS5 expression; in no order. */
export function hitsIn(db: ReadDb, part: number, match: string): number[] {
  const table = TEXT_PARTS[part]!;
  const row = db.get<{ ids: string }>(
    `SELECT json_group_array(rowid) AS ids FROM ${table} WHERE ${table} MATCH ?`,
    match,
  );
  return row === undefined ? [] : (JSON.parse(row.ids) as number[]);
}

/** Ids of the messages that fit, in all parts. */
export const allHits = (db: ReadDb, match: string): number[] =>
  TEXT_PARTS.flatMap((_, part) => hitsIn(db, part, match));
