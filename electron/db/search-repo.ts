/**
 * Search as you type over everything held here: texts by word beginnings and exact phrases, contacts by name or number,
 * narrowed by filters.
 *
 * What a person types is never query syntax. One call goes a bounded way (`search-walk.ts`), newest first, and says where
 * to go on, so that no keystroke waits. Invariant: a removed text cannot be found, because its row has no
 * body and the index follows the row.
 */
import type { Conversation, Message, MessagePosition, Millis } from "../../shared/domain.ts";
import { isEmptySearch, isFiltered } from "../../shared/search-query.ts";
import type { SearchHint, SearchQuery } from "../../shared/search-query.ts";
import type { ReadDb } from "./connection.ts";
import { contactIdsLike, newestByNumber, ownCountries } from "./contact-match.ts";
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
import { walk } from "./search-walk.ts";
import type { Walk } from "./search-walk.ts";
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
const MANY_CONTACTS = 500;

export function searchMessages(db: ReadDb, { query: typed, limit, after, now }: SearchInput): SearchAnswer {
  const query = readQuery(typed, now);
  if (isEmptySearch(query)) return { results: [], next: null, hints: [...query.hints] };
  const scope = resolveScope(db, query);
  const contacts = after === null ? searchContacts(db, scope).slice(0, limit) : [];
  const { ids, next } = visit(db, scope, limit - contacts.length, after);
  return { results: [...contacts, ...messageResults(db, ids, query)], next, hints: [...scope.hints] };
}

function visit(db: ReadDb, scope: Scope, limit: number, after: MessagePosition | null): Walk {
  if (limit <= 0 || scope.conversationIds?.length === 0) return { ids: [], next: null };
  return walk(db, scope, { match: matchOf(scope.query), limit, after });
}

/** Every word must begin some word of the text. Null: there is none. */
function matchOf({ words, phrases }: SearchQuery): string | null {
  if (words.length + phrases.length === 0) return null;
  return [...words.map((word) => `"${word}"*`), ...phrases.map((phrase) => `"${phrase.join(" ")}"`)].join(" ");
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
  const newest =
    (isFromOnly ? null : newestByNumber(db, query.text, countries, MAX_CONTACTS)) ??
    newestOf(db, [...new Set(wanted.flatMap((text) => contactIdsLike(db, text, countries)))], conversationIds);
  const conversations = conversationsById(
    db,
    newest.map(({ id }) => id),
  );
  return newest.flatMap(({ id }) => {
    const conversation = conversations.get(id);
    if (conversation === undefined) return [];
    const shown = conversation.contactName ?? conversation.contactNumber;
    return [{ conversation, message: null, ...markName(shown, wanted.join(" ")) }];
  });
}

function newestOf(
  db: ReadDb,
  contactIds: readonly number[],
  conversationIds: readonly number[] | null,
): { id: number }[] {
  if (contactIds.length === 0) return [];
  const index = contactIds.length > MANY_CONTACTS ? "conversations_recent" : "conversations_by_contact";
  // The newest few first, and what is shown of them after: in one question SQLite would walk through all conversations.
  return db.all<{ id: number }>(
    `SELECT c.id FROM conversations c INDEXED BY ${index} JOIN accounts a ON a.id = c.account_id
     WHERE c.contact_id IN (SELECT value FROM json_each(?)) AND a.state <> 'removing'
       AND (? OR c.id IN (SELECT value FROM json_each(?)))
     ORDER BY c.last_message_at DESC, c.id DESC LIMIT ?`,
    JSON.stringify(contactIds),
    conversationIds === null ? 1 : 0,
    JSON.stringify(conversationIds ?? []),
    MAX_CONTACTS,
  );
}
