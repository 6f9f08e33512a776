/**
 * What the filters of a search stand for in this cache: accounts, contacts, a span of time. And what a search over it
 * cannot find: texts that were removed, threads that are not all here.
 *
 * Invariant: accounts that are being removed are in no scope.
 */
import type { ConversationId, Millis } from "../../shared/domain.ts";
import { dayOf, parseSearch, startOf, wordsOf } from "../../shared/search-query.ts";
import type { SearchHint, SearchQuery } from "../../shared/search-query.ts";
import type { ReadDb, SqlValue, WriteDb } from "./connection.ts";
import { contactIdsLike, ownCountries } from "./contact-match.ts";

export interface Scope {
  readonly query: SearchQuery;
  /** Null: every conversation. */
  readonly conversationIds: readonly number[] | null;
  readonly direction: "inbound" | "outbound" | null;
  readonly from: Millis | null;
  /** Exclusive. */
  readonly to: Millis | null;
  readonly hints: readonly SearchHint[];
}

const ME = "me";
/** Holes are counted up to here: beyond it the number says nothing more. */
const MAX_COUNTED = 10_000;
const MAX_DOWNLOADS = 500;

export const readQuery = (query: string, now: Millis): SearchQuery => parseSearch(query, dayOf(new Date(now)));

export function resolveScope(db: ReadDb, query: SearchQuery): Scope {
  const hints = [...query.hints];
  const conditions = ["a.state <> 'removing'"];
  const values: SqlValue[] = [];
  if (query.accounts.length > 0) {
    const { accountIds, numberIds } = accountsLike(db, query.accounts, hints);
    conditions.push(
      `(c.account_id IN (SELECT value FROM json_each(?)) OR c.phone_number_id IN (SELECT value FROM json_each(?)))`,
    );
    values.push(JSON.stringify(accountIds), JSON.stringify(numberIds));
  }
  const people = query.from.filter((who) => who.toLowerCase() !== ME);
  if (people.length > 0) {
    conditions.push("c.contact_id IN (SELECT value FROM json_each(?))");
    values.push(JSON.stringify(peopleLike(db, people, hints)));
  }
  if (query.isUnread) conditions.push("c.unread_count > 0");
  const isMe = people.length < query.from.length;
  return {
    query,
    conversationIds:
      values.length === 0 && !query.isUnread
        ? null
        : db
            .all<{ id: number }>(
              `SELECT c.id FROM conversations c JOIN accounts a ON a.id = c.account_id WHERE ${conditions.join(" AND ")}`,
              ...values,
            )
            .map(({ id }) => id),
    direction: isMe ? (people.length > 0 ? null : "outbound") : people.length > 0 || query.isUnread ? "inbound" : null,
    from: query.after === null ? null : startOf(query.after),
    to: query.before === null ? null : startOf(query.before),
    hints,
  };
}

function peopleLike(db: ReadDb, people: readonly string[], hints: SearchHint[]): number[] {
  const countries = ownCountries(db);
  return people.flatMap((who) => {
    const ids = contactIdsLike(db, who, countries);
    if (ids.length === 0) hints.push({ kind: "nobody", filter: "from", value: who });
    return ids;
  });
}

/** By the account's name or provider, or by one of its numbers. */
function accountsLike(db: ReadDb, wanted: readonly string[], hints: SearchHint[]) {
  const fold = (text: string) =>
    wordsOf(text.normalize("NFD").replace(/\p{M}/gu, ""))
      .map((word) => word.toLowerCase())
      .join(" ");
  const accounts = db.all<{ id: number; name: string; provider: string }>("SELECT id, name, provider FROM accounts");
  const numbers = db.all<{ id: number; number: string; label: string | null }>(
    "SELECT id, number, label FROM phone_numbers",
  );
  const accountIds: number[] = [];
  const numberIds: number[] = [];
  for (const value of wanted) {
    const text = fold(value);
    const digits = value.replace(/\D/g, "");
    const named = accounts.filter((one) => text !== "" && (fold(one.name).includes(text) || one.provider === text));
    const lines = numbers.filter(
      ({ number, label }) =>
        (digits.length >= 3 && number.includes(digits)) ||
        (text !== "" && label !== null && fold(label).includes(text)),
    );
    if (named.length + lines.length === 0) hints.push({ kind: "no_account", filter: "account", value });
    accountIds.push(...named.map(({ id }) => id));
    numberIds.push(...lines.map(({ id }) => id));
  }
  return { accountIds, numberIds };
}

/** As a condition on `c.id`, where the scope names conversations. */
const among = ({ conversationIds }: Scope): [string, ...string[]] =>
  conversationIds === null ? ["1"] : ["c.id IN (SELECT value FROM json_each(?))", JSON.stringify(conversationIds)];

const INCOMPLETE = `(t.conversation_id IS NULL OR t.complete = 0 OR coalesce(t.covered_to, 0) < c.last_message_at)`;

export interface SearchHoles {
  /** Texts in the scope that were removed; at most `MAX_COUNTED`. */
  readonly removed: number;
  /** Threads in the scope that are not held to their end. */
  readonly incomplete: number;
}

/** What cannot be found because it is not here, whatever the words are. */
export function searchHoles(db: ReadDb, { query, now }: { query: string; now: Millis }): SearchHoles {
  const scope = resolveScope(db, readQuery(query, now));
  const [inScope, ...ids] = among(scope);
  const dated = scope.from !== null || scope.to !== null || scope.direction !== null || scope.query.hasMedia;
  const conditions = [inScope, "a.state <> 'removing'"];
  const values: SqlValue[] = [...ids];
  if (scope.from !== null) conditions.push("m.created_at >= ?");
  if (scope.from !== null) values.push(scope.from);
  if (scope.to !== null) conditions.push("m.created_at < ?");
  if (scope.to !== null) values.push(scope.to);
  if (scope.direction !== null) conditions.push("m.direction = ?");
  if (scope.direction !== null) values.push(scope.direction);
  if (scope.query.hasMedia) conditions.push("m.media_count > 0");
  const messages = dated
    ? "JOIN messages m ON m.conversation_id = r.conversation_id AND m.remote_id = r.remote_id"
    : "";
  const removed = db.get<{ n: number }>(
    `SELECT count(*) AS n FROM (SELECT 1 FROM redactions r JOIN conversations c ON c.id = r.conversation_id
       JOIN accounts a ON a.id = c.account_id ${messages} WHERE ${conditions.join(" AND ")} LIMIT ?)`,
    ...values,
    MAX_COUNTED,
  );
  return { removed: removed?.n ?? 0, incomplete: incompleteThreads(db, scope, MAX_COUNTED).length };
}

/** Texts older than a thread's last one may be missing whatever the span: a later span only rules out older threads. */
function incompleteThreads(db: ReadDb, scope: Scope, limit: number): ConversationId[] {
  const [inScope, ...ids] = among(scope);
  return db
    .all<{ id: ConversationId }>(
      `SELECT c.id FROM conversations c JOIN accounts a ON a.id = c.account_id
         LEFT JOIN threads t ON t.conversation_id = c.id
       WHERE ${inScope} AND a.state <> 'removing' AND c.last_message_at >= ? AND ${INCOMPLETE}
       ORDER BY c.last_message_at DESC LIMIT ?`,
      ...ids,
      scope.from ?? 0,
      limit,
    )
    .map(({ id }) => id);
}

/** Asks for the threads that are not all here: sync reads them from their start, as soon as it is woken. */
export function requestDownloads(db: WriteDb, { query, now }: { query: string; now: Millis }): { count: number } {
  return db.transaction(() => {
    const ids = incompleteThreads(db, resolveScope(db, readQuery(query, now)), MAX_DOWNLOADS);
    db.run(
      `INSERT INTO threads (conversation_id, recheck_due_at) SELECT value, ? FROM json_each(?) WHERE true
       ON CONFLICT DO UPDATE SET recheck_due_at = excluded.recheck_due_at, retry_at = NULL`,
      now,
      JSON.stringify(ids),
    );
    return { count: ids.length };
  });
}
