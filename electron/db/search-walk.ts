/**
 * Walks through the messages of a search, newest first, a bounded way, and says where it stopped.
 *
 * Words are looked up in the part of the index that holds the time at hand (`text-parts.ts`), the newest first, so that
 * a page of a frequent word costs one part, and a rare word one look into each. Reads only. Invariants: what comes out
 * is in the order of (date, id), newest first, across all parts; walks that go on where the last one stopped leave
 * nothing out and find nothing twice.
 */
import type { MessageId, MessagePosition, Millis } from "../../shared/domain.ts";
import type { ReadDb, SqlValue } from "./connection.ts";
import { MESSAGE_JOINS } from "./rows.ts";
import type { Scope } from "./search-scope.ts";
import { hitsIn, partOf, spanStart } from "./text-parts.ts";

export interface Walk {
  /** Newest first. */
  readonly ids: readonly number[];
  /** Non-null: there may be more behind here. */
  readonly next: MessagePosition | null;
}

export interface WalkInput {
  /** An FTS5 expression; null: whatever the filters let through. */
  readonly match: string | null;
  readonly limit: number;
  /** Where an earlier walk stopped; null begins. */
  readonly after: MessagePosition | null;
}

interface Entry {
  readonly id: number;
  readonly created_at: Millis;
}

/** What things cost, in microseconds or so: a term's entry or a date's, a row of the file, a query. */
const COST = { entry: 1, row: 10, query: 20 } as const;
/** One walk goes no further; a part's hits are looked up as a whole. */
const MAX_COST = 15_000;
/** Entries looked at at once. */
const CHUNK = 250;
/** So few hits of a part are all read as rows, so that the spans without one are skipped. */
const FEW_HITS = 250;
/** So few threads are read through by themselves. */
const FEW_THREADS = 200;
const NEWEST: Entry = { id: Number.MAX_SAFE_INTEGER, created_at: Number.MAX_SAFE_INTEGER };

export function walk(db: ReadDb, scope: Scope, { match, limit, after }: WalkInput): Walk {
  const work = { cost: 0 };
  const source = sourceOf(db, scope, match !== null, work);
  const words = match === null ? null : wordsOf(db, scope, match, work);
  const found: Entry[] = [];
  let at: Entry | null = after === null ? NEWEST : { id: after.id, created_at: after.createdAt };
  while (at !== null && found.length <= limit && work.cost < MAX_COST) {
    const [newest] = source.before(at, 1);
    const few = newest === undefined || source.isSifted ? null : (words?.few(newest) ?? null);
    if (newest === undefined) {
      at = null;
    } else if (few !== null) {
      const since = spanStart(newest.created_at);
      found.push(...few.filter((entry) => entry.created_at >= since && isBefore(entry, at!)));
      at = { id: 0, created_at: since };
    } else {
      const entries = source.before(at, CHUNK);
      const fitting = words === null ? entries : entries.filter(words.has);
      found.push(...(source.isSifted ? fitting : sift(db, scope, fitting, work)));
      at = entries.length < CHUNK ? null : entries.at(-1)!;
    }
  }
  const isCut = found.length > limit;
  const end = isCut ? found[limit - 1]! : at;
  return {
    ids: found.slice(0, limit).map(({ id }) => id),
    next: end === null ? null : { createdAt: end.created_at, id: end.id as MessageId },
  };
}

const isBefore = (entry: Entry, at: Entry) =>
  entry.created_at < at.created_at || (entry.created_at === at.created_at && entry.id < at.id);

interface Work {
  cost: number;
}

interface Source {
  /** The newest before a position, newest first. */
  before(at: Entry, count: number): Entry[];
  /** Whether the filters were applied. */
  readonly isSifted: boolean;
}

/** Before ?1 and ?2 (time and id), from ?3 on, at most ?4. */
const newestIn = (index: "text" | "media"): string =>
  `SELECT id, created_at FROM messages INDEXED BY messages_with_${index}
   WHERE ${index === "media" ? "media_count > 0" : "body IS NOT NULL"} AND (created_at, id) < (?1, ?2) AND created_at >= ?3
   ORDER BY created_at DESC, id DESC LIMIT ?4`;

/** The messages of a few threads by themselves; of all, the smallest indexes by date that hold what is wanted. */
function sourceOf(db: ReadDb, scope: Scope, hasWords: boolean, work: Work): Source {
  const isSifted = scope.conversationIds !== null && scope.conversationIds.length <= FEW_THREADS;
  const { hasMedia } = scope.query;
  const [condition, values] = conditionsOf(scope);
  const sql = isSifted
    ? `SELECT m.id, m.created_at FROM messages m ${OF_MESSAGE} WHERE ${condition} AND (m.created_at, m.id) < (?, ?) AND m.created_at >= ?
       ORDER BY m.created_at DESC, m.id DESC LIMIT ?`
    : hasMedia || hasWords
      ? newestIn(hasMedia ? "media" : "text")
      : // A picture without words is a message, too, where none are asked for.
        `SELECT * FROM (${newestIn("text")}) UNION SELECT * FROM (${newestIn("media")})
       ORDER BY created_at DESC, id DESC LIMIT ?4`;
  const newest: Entry = scope.to === null ? NEWEST : { id: 0, created_at: scope.to };
  return {
    isSifted,
    before(at, count) {
      const { id, created_at } = isBefore(at, newest) ? at : newest;
      const entries = db.all<Entry>(
        sql,
        ...(isSifted ? values : []),
        created_at,
        id,
        scope.from ?? Number.MIN_SAFE_INTEGER,
        count,
      );
      work.cost += COST.query + entries.length * COST.entry;
      return entries;
    },
  };
}

/** What the words fit, part by part: each is looked up once. */
function wordsOf(db: ReadDb, scope: Scope, match: string, work: Work) {
  const parts = new Map<number, { ids: ReadonlySet<number>; few: readonly Entry[] | null }>();
  const look = ({ created_at }: Entry) => {
    const part = partOf(created_at);
    let hits = parts.get(part);
    if (hits === undefined) {
      const ids = hitsIn(db, part, match);
      work.cost += COST.query + ids.length * COST.entry;
      hits = { ids: new Set(ids), few: null };
      parts.set(part, hits);
    }
    return { part, hits };
  };
  return {
    has: (entry: Entry) => look(entry).hits.ids.has(entry.id),
    /** All that fits in this entry's part, whenever it was sent; null: too many. */
    few(entry: Entry): readonly Entry[] | null {
      const { part, hits } = look(entry);
      if (hits.few !== null || hits.ids.size > FEW_HITS) return hits.few;
      const few = sift(
        db,
        scope,
        [...hits.ids].map((id) => ({ id })),
        work,
      );
      parts.set(part, { ...hits, few });
      return few;
    },
  };
}

const OF_MESSAGE = `JOIN conversations c ON c.id = m.conversation_id JOIN accounts a ON a.id = c.account_id ${MESSAGE_JOINS}`;

/** Those that the filters let through, newest first. */
function sift(db: ReadDb, scope: Scope, entries: readonly { readonly id: number }[], work: Work): Entry[] {
  if (entries.length === 0) return [];
  work.cost += COST.query + entries.length * COST.row;
  const [condition, values] = conditionsOf(scope);
  return db.all<Entry>(
    `SELECT m.id, m.created_at FROM json_each(?) j JOIN messages m ON m.id = j.value ${OF_MESSAGE} WHERE ${condition}
     ORDER BY m.created_at DESC, m.id DESC`,
    JSON.stringify(entries.map(({ id }) => id)),
    ...values,
  );
}

/** The filters as conditions on a message `m` of a conversation `c` of an account `a`. */
function conditionsOf({ query, conversationIds, direction, from, to }: Scope): [string, SqlValue[]] {
  const conditions = ["r.at IS NULL", "a.state <> 'removing'", "(m.body IS NOT NULL OR m.media_count > 0)"];
  const values: SqlValue[] = [];
  const add = (condition: string, ...given: SqlValue[]) => {
    conditions.push(condition);
    values.push(...given);
  };
  if (conversationIds !== null) {
    add("m.conversation_id IN (SELECT value FROM json_each(?))", JSON.stringify(conversationIds));
  }
  if (direction !== null) add("m.direction = ?", direction);
  if (from !== null) add("m.created_at >= ?", from);
  if (to !== null) add("m.created_at < ?", to);
  if (query.hasMedia) add("m.media_count > 0");
  if (query.isUnread) add("m.created_at > c.read_to");
  return [conditions.join(" AND "), values];
}
