/**
 * Search as you type over everything held here: texts by word beginnings and exact phrases, contacts by name or number,
 * narrowed by filters.
 *
 * What a person types is never query syntax. One call looks at no more than a bounded number of hits, newest first, and
 * says where to go on, so that no keystroke waits. Invariant: a removed text cannot be found, because its row has no
 * body and the index follows the row.
 */
import type { Conversation, Message, MessagePosition, Millis } from "../../shared/domain.ts";
import { isEmptySearch, isFiltered } from "../../shared/search-query.ts";
import type { SearchHint, SearchQuery } from "../../shared/search-query.ts";
import type { ReadDb, SqlValue } from "./connection.ts";
import { contactIdsLike, ownCountries } from "./contact-match.ts";
import {
  CONVERSATION_COLUMNS,
  CONVERSATION_JOINS,
  MESSAGE_COLUMNS,
  MESSAGE_JOINS,
  toConversation,
  toMessage,
} from "./rows.ts";
import type { ConversationRow, MessageRow } from "./rows.ts";
import { readQuery, resolveScope } from "./search-scope.ts";
import type { Scope } from "./search-scope.ts";
import { makeSnippet, markName } from "./snippet.ts";

export interface SearchResult {
  readonly conversation: Conversation;
  /** Null: the contact itself matched. */
  readonly message: Message | null;
  readonly snippet: string;
  /** [start, end) offsets into `snippet`. */
  readonly marks: [number, number][];
}

export interface SearchInput {
  readonly query: string;
  readonly limit: number;
  /** Where an earlier call stopped; null begins. */
  readonly after: MessagePosition | null;
  /** What "today" means. */
  readonly now: Millis;
}

export interface SearchAnswer {
  readonly results: SearchResult[];
  /** Non-null: there may be more behind here. */
  readonly next: MessagePosition | null;
  /** What was not understood, or is not known here. */
  readonly hints: SearchHint[];
}

const MAX_CONTACTS = 10;
/** Hits one call looks at: the filters sort most of them out. */
const STEP = 4_000;
/** So few threads are read through by themselves, without the index of texts. */
const FEW_THREADS = 200;
const MANY_CONTACTS = 500;

export function searchMessages(db: ReadDb, { query: typed, limit, after, now }: SearchInput): SearchAnswer {
  const query = readQuery(typed, now);
  if (isEmptySearch(query)) return { results: [], next: null, hints: [...query.hints] };
  const scope = resolveScope(db, query);
  const contacts = after === null ? searchContacts(db, scope).slice(0, limit) : [];
  const { ids, next } = visit(db, scope, limit - contacts.length, after);
  return { results: [...contacts, ...messageResults(db, ids, query)], next, hints: [...scope.hints] };
}

interface Visit {
  readonly ids: readonly number[];
  readonly next: MessagePosition | null;
}

interface Hit {
  readonly id: number;
  readonly created_at: Millis;
}

function visit(db: ReadDb, scope: Scope, limit: number, after: MessagePosition | null): Visit {
  if (limit <= 0 || scope.conversationIds?.length === 0) return { ids: [], next: null };
  const { words, phrases } = scope.query;
  if (words.length > 0 || phrases.length > 0) return visitIndex(db, scope, limit, after);
  if (scope.conversationIds !== null && scope.conversationIds.length <= FEW_THREADS) {
    const [condition, values] = conditionsOf(scope);
    const found = db.all<Hit>(
      `SELECT m.id, m.created_at FROM messages m JOIN conversations c ON c.id = m.conversation_id
         JOIN accounts a ON a.id = c.account_id ${MESSAGE_JOINS}
       WHERE ${condition} AND (m.created_at, m.id) < (?, ?) ORDER BY m.created_at DESC, m.id DESC LIMIT ?`,
      ...values,
      after?.createdAt ?? Number.MAX_SAFE_INTEGER,
      after?.id ?? Number.MAX_SAFE_INTEGER,
      limit,
    );
    return { ids: found.map(({ id }) => id), next: found.length < limit ? null : positionOf(found.at(-1)) };
  }
  return visitByDate(db, scope, limit, after);
}

/** Every word must begin some word of the text. The newest of what one step sees comes first. */
function visitIndex(db: ReadDb, scope: Scope, limit: number, after: MessagePosition | null): Visit {
  const { words, phrases } = scope.query;
  const match = [...words.map((word) => `"${word}"*`), ...phrases.map((phrase) => `"${phrase.join(" ")}"`)].join(" ");
  const seen = db.all<{ id: number }>(
    `SELECT rowid AS id FROM messages_fts WHERE messages_fts MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?`,
    match,
    after?.id ?? Number.MAX_SAFE_INTEGER,
    STEP,
  );
  const last = seen.length < STEP ? undefined : seen.at(-1);
  const found = sift(db, scope, seen, limit + 1);
  // More than fit: whoever asks for more goes on behind what was looked at.
  const end = last ?? (found.length > limit ? seen.at(-1) : undefined);
  const next = end === undefined ? null : positionOf({ id: end.id, created_at: 0 });
  return { ids: found.slice(0, limit), next };
}

/** No words: newest first by date, through the smallest index that holds what is wanted. */
function visitByDate(db: ReadDb, scope: Scope, limit: number, after: MessagePosition | null): Visit {
  const { hasMedia } = scope.query;
  const seen = db.all<Hit>(
    `SELECT id, created_at FROM messages INDEXED BY ${hasMedia ? "messages_with_media" : "messages_with_text"}
     WHERE ${hasMedia ? "media_count > 0" : "body IS NOT NULL"} AND (created_at, id) < (?, ?) AND created_at >= ?
     ORDER BY created_at DESC, id DESC LIMIT ?`,
    Math.min(after?.createdAt ?? Number.MAX_SAFE_INTEGER, scope.to ?? Number.MAX_SAFE_INTEGER),
    after?.id ?? (scope.to === null ? Number.MAX_SAFE_INTEGER : 0),
    scope.from ?? 0,
    STEP,
  );
  const found = sift(db, scope, seen, limit + 1);
  const hasMore = seen.length === STEP || found.length > limit;
  return { ids: found.slice(0, limit), next: hasMore ? positionOf(seen.at(-1)) : null };
}

const positionOf = (hit: Hit | undefined): MessagePosition | null =>
  hit === undefined ? null : { createdAt: hit.created_at, id: hit.id as MessagePosition["id"] };

function sift(db: ReadDb, scope: Scope, seen: readonly { readonly id: number }[], limit: number): number[] {
  if (seen.length === 0) return [];
  const [condition, values] = conditionsOf(scope);
  return db
    .all<{ id: number }>(
      `SELECT m.id FROM json_each(?) j JOIN messages m ON m.id = j.value
         JOIN conversations c ON c.id = m.conversation_id JOIN accounts a ON a.id = c.account_id ${MESSAGE_JOINS}
       WHERE ${condition} ORDER BY m.created_at DESC, m.id DESC LIMIT ?`,
      JSON.stringify(seen.map(({ id }) => id)),
      ...values,
      limit,
    )
    .map(({ id }) => id);
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

function messageResults(db: ReadDb, ids: readonly number[], query: SearchQuery): SearchResult[] {
  if (ids.length === 0) return [];
  const rows = db.all<MessageRow>(
    `SELECT ${MESSAGE_COLUMNS} FROM json_each(?) j JOIN messages m ON m.id = j.value ${MESSAGE_JOINS}
     ORDER BY m.created_at DESC, m.id DESC`,
    JSON.stringify(ids),
  );
  const conversations = conversationsById(db, [...new Set(rows.map((row) => row.conversation_id))]);
  return rows.flatMap((row) => {
    const conversation = conversations.get(row.conversation_id);
    return conversation === undefined
      ? []
      : [{ conversation, message: toMessage(row), ...makeSnippet(row.body ?? "", query) }];
  });
}

function conversationsById(db: ReadDb, ids: readonly number[]): Map<number, Conversation> {
  const rows = db.all<ConversationRow>(
    `SELECT ${CONVERSATION_COLUMNS} FROM json_each(?) j JOIN conversations c ON c.id = j.value ${CONVERSATION_JOINS}
     WHERE a.state <> 'removing'`,
    JSON.stringify(ids),
  );
  return new Map(rows.map((row) => [row.id, toConversation(row)]));
}

/** Who is meant by the words, or, without words, by `from:`. */
function searchContacts(db: ReadDb, { query, conversationIds }: Scope): SearchResult[] {
  const isFromOnly = query.text === "" && query.from.length > 0 && query.before === null && query.after === null;
  if (isFiltered(query) && (!isFromOnly || query.hasMedia || query.isUnread)) return [];
  const countries = ownCountries(db);
  const wanted = isFromOnly ? query.from : [query.text];
  const contactIds = [...new Set(wanted.flatMap((text) => contactIdsLike(db, text, countries)))];
  if (contactIds.length === 0) return [];
  const index = contactIds.length > MANY_CONTACTS ? "conversations_recent" : "conversations_by_contact";
  const rows = db.all<ConversationRow>(
    `SELECT ${CONVERSATION_COLUMNS} FROM (
       SELECT c.id FROM conversations c INDEXED BY ${index} JOIN accounts a ON a.id = c.account_id
       WHERE c.contact_id IN (SELECT value FROM json_each(?)) AND a.state <> 'removing'
         AND (? OR c.id IN (SELECT value FROM json_each(?)))
       ORDER BY c.last_message_at DESC, c.id DESC LIMIT ?) j
     JOIN conversations c ON c.id = j.id ${CONVERSATION_JOINS} ORDER BY c.last_message_at DESC, c.id DESC`,
    JSON.stringify(contactIds),
    conversationIds === null ? 1 : 0,
    JSON.stringify(conversationIds ?? []),
    MAX_CONTACTS,
  );
  return rows.map((row) => {
    const conversation = toConversation(row);
    const shown = conversation.contactName ?? conversation.contactNumber;
    return { conversation, message: null, ...markName(shown, wanted.join(" ")) };
  });
}
