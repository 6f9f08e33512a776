/**
 * Search as you type over everything held here: message texts by word beginnings, contacts by name or number.
 *
 * What a person types is never query syntax. Invariant: a removed text cannot be found, because its row has no
 * body and the index follows the row.
 */
import type { Conversation, Message } from "../../shared/domain.ts";
import type { ReadDb } from "./connection.ts";
import {
  CONVERSATION_COLUMNS,
  CONVERSATION_JOINS,
  MESSAGE_COLUMNS,
  MESSAGE_JOINS,
  toConversation,
  toMessage,
} from "./rows.ts";
import type { ConversationRow, MessageRow } from "./rows.ts";

export interface SearchResult {
  readonly conversation: Conversation;
  /** Null: the contact itself matched. */
  readonly message: Message | null;
  readonly snippet: string;
  /** [start, end) offsets into `snippet`. */
  readonly marks: [number, number][];
}

const MAX_CONTACTS = 10;
const SNIPPET_TOKENS = 8;
/** Control characters: a text that holds them shows odd marks, never markup. */
const MARK_START = "\u0001";
const MARK_END = "\u0002";

export function searchMessages(
  db: ReadDb,
  { query, limit }: { query: string; limit: number },
): { results: SearchResult[] } {
  const words = query.normalize("NFC").match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  if (words.length === 0) return { results: [] };
  const contacts = searchContacts(db, query.trim());
  return { results: [...contacts, ...searchBodies(db, words, limit - contacts.length)] };
}

/** Every word must begin some word of the text; newest first. */
function searchBodies(db: ReadDb, words: readonly string[], limit: number): SearchResult[] {
  const match = words.map((word) => `"${word}"*`).join(" ");
  const hits = db.all<MessageRow & { marked: string }>(
    `SELECT ${MESSAGE_COLUMNS}, h.marked
     FROM (SELECT rowid, snippet(messages_fts, 0, ?, ?, '…', ?) AS marked FROM messages_fts
           WHERE messages_fts MATCH ? ORDER BY rowid DESC LIMIT ?) h
     JOIN messages m ON m.id = h.rowid ${MESSAGE_JOINS}
     WHERE r.at IS NULL ORDER BY m.created_at DESC, m.id DESC`,
    MARK_START,
    MARK_END,
    SNIPPET_TOKENS,
    match,
    Math.max(0, limit),
  );
  const conversations = conversationsById(
    db,
    hits.map((hit) => hit.conversation_id),
  );
  return hits.flatMap((hit) => {
    const conversation = conversations.get(hit.conversation_id);
    return conversation === undefined ? [] : [{ conversation, message: toMessage(hit), ...splitMarks(hit.marked) }];
  });
}

function conversationsById(db: ReadDb, ids: readonly number[]): Map<number, Conversation> {
  const rows = db.all<ConversationRow>(
    `SELECT ${CONVERSATION_COLUMNS} FROM json_each(?) j JOIN conversations c ON c.id = j.value ${CONVERSATION_JOINS}
     WHERE a.state <> 'removing'`,
    JSON.stringify([...new Set(ids)]),
  );
  return new Map(rows.map((row) => [row.id, toConversation(row)]));
}

/** Names by part, numbers by their digits in whatever format they are typed. */
function searchContacts(db: ReadDb, query: string): SearchResult[] {
  const digits = query.replace(/\D/g, "");
  const isNumber = digits.length >= 3 && /^[\d\s()+.\-/]+$/.test(query);
  const rows = db.all<ConversationRow>(
    `SELECT ${CONVERSATION_COLUMNS} FROM conversations c ${CONVERSATION_JOINS}
     WHERE a.state <> 'removing'
       AND (instr(lower(coalesce(k.local_name, k.provider_name, '')), lower(?)) > 0
         OR (? AND instr(k.number, ?) > 0))
     ORDER BY c.last_message_at DESC, c.id DESC LIMIT ?`,
    query,
    isNumber ? 1 : 0,
    isNumber ? digits : "",
    MAX_CONTACTS,
  );
  return rows.map((row) => {
    const conversation = toConversation(row);
    return { conversation, message: null, snippet: conversation.contactName ?? conversation.contactNumber, marks: [] };
  });
}

function splitMarks(marked: string): { snippet: string; marks: [number, number][] } {
  const marks: [number, number][] = [];
  let snippet = "";
  let start = 0;
  for (const part of marked.split(/([\u0001\u0002])/)) {
    if (part === MARK_START) start = snippet.length;
    else if (part === MARK_END) marks.push([start, snippet.length]);
    else snippet += part;
  }
  return { snippet, marks };
}
