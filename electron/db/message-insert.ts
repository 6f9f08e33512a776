/**
 * New messages of a page, as many rows per statement as there are.
 *
 * A statement of its own per row costs three times as much: SQLite keeps a savepoint for each, and each part of the
 * search index writes a segment for each savepoint. Part of the caller's transaction. Invariant: rows get their ids in
 * the order they are given in.
 */
import type { Direction, MessageId } from "../../shared/domain.ts";
import type { SqlValue, WriteDb } from "./connection.ts";
import { noteOptOutWish } from "./consent-repo.ts";

/** A row of `messages`, in the order of its columns below. */
export interface NewMessage {
  readonly conversationId: number;
  readonly remoteId: string;
  readonly direction: Direction;
  readonly body: string | null;
  readonly bodyState: string;
  readonly media: string | null;
  readonly mediaCount: number;
  readonly channel: string;
  readonly segmentCount: number | null;
  readonly status: string;
  readonly createdAt: number;
  readonly seenAt: number;
}

/** Few sizes, so that few statements are kept prepared: what a statement has too many of stays empty. */
const SIZES = [1, 8, 40, 200];
const ROW = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
const EMPTY_ROW: readonly null[] = Array.from({ length: 12 }, () => null);
const STATEMENTS = new Map(
  SIZES.map((size) => [
    size,
    `INSERT INTO messages (conversation_id, remote_id, direction, body, body_state, media_urls, media_count, channel,
       segment_count, status, created_at, seen_at)
     SELECT * FROM (VALUES ${Array.from({ length: size }, () => ROW).join(", ")}) WHERE column1 IS NOT NULL`,
  ]),
);
const LARGEST = 200;

/** The new ids, in the order of `rows`. Texts that ask for no more messages are noted. */
export function insertMessages(db: WriteDb, rows: readonly NewMessage[]): MessageId[] {
  const ids: MessageId[] = [];
  for (let start = 0; start < rows.length;) {
    const part = rows.slice(start, start + LARGEST);
    const size = SIZES.find((each) => each >= part.length) ?? LARGEST;
    const empty = Array.from({ length: size - part.length }, () => EMPTY_ROW).flat();
    const { lastId } = db.run(STATEMENTS.get(size) ?? "", ...part.flatMap(valuesOf), ...empty);
    // AUTOINCREMENT counts the rows of one statement one by one.
    for (const [at, { direction, body }] of part.entries()) {
      const id = (lastId - part.length + 1 + at) as MessageId;
      ids.push(id);
      if (direction === "inbound" && body !== null) noteOptOutWish(db, id);
    }
    start += part.length;
  }
  return ids;
}

const valuesOf = (row: NewMessage): SqlValue[] => [
  row.conversationId,
  row.remoteId,
  row.direction,
  row.body,
  row.bodyState,
  row.media,
  row.mediaCount,
  row.channel,
  row.segmentCount,
  row.status,
  row.createdAt,
  row.seenAt,
];
