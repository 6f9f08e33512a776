/**
 * The benchmarks' provider and its data, as the server tells them and as the app would have stored them.
 *
 * The cache is filled through the app's own commits from the very world the server shows, so that an app opened
 * on it finds nothing new to fetch. Must run under plain Node.
 */
import { APPLICATION_ID, openDatabase } from "../../electron/db/database.ts";
import { insertAccount } from "../../electron/db/accounts-repo.ts";
import { commitConversations } from "../../electron/db/conversation-commit.ts";
import { commitMessages } from "../../electron/db/message-commit.ts";
import { TEXT_PARTS, partOf } from "../../electron/db/text-parts.ts";
import { setSetting } from "../../electron/db/settings-repo.ts";
import type { WriteDb } from "../../electron/db/connection.ts";
import type { RemoteConversation, RemoteMessage } from "../../electron/db/inputs.ts";
import type { AccountId, ConversationId } from "../../shared/domain.ts";
import { TestWorld } from "../servers/agentmessage-world.ts";
import { CONVERSATION_GAP_MS, MESSAGE_GAP_MS, bodyOf, messagesOf, wordOfRank } from "./texts.ts";

export { APPLICATION_ID, openDatabase };

export const BENCH_KEY: Uint8Array = new Uint8Array(32).fill(11);
export const ACCOUNT_UID = "00000000-0000-4000-8000-00000000be7c";
export const PAGE = 200;
const CONVERSATIONS_PER_TRANSACTION = 1_000;

export interface WorldSize {
  readonly conversations: number;
  /** Last message of the newest conversation, Unix ms. */
  readonly newestAt: number;
}

export const createWorld = ({ conversations, newestAt }: WorldSize): TestWorld =>
  new TestWorld({
    conversations,
    newestAt,
    messagesOf,
    bodyOf,
    consentOf: (index) => (index % 50 === 7 ? "out" : "in"),
    conversationGapMs: CONVERSATION_GAP_MS,
    messageGapMs: MESSAGE_GAP_MS,
  });

export function listItem(world: TestWorld, index: number): RemoteConversation {
  const conversation = world.get(index);
  const last = world.last(index);
  return {
    remoteId: conversation.id,
    ownNumber: conversation.phoneNumber,
    ownNumberRemoteId: conversation.phoneNumberId,
    contactNumber: conversation.contactNumber,
    // A third of the contacts has a name.
    contactName: index % 3 === 0 ? `${wordOfRank(index * 7 + 11)} ${wordOfRank(index * 13 + 5)}` : null,
    lastMessageAt: last.createdAt,
    lastDirection: last.direction,
    preview: last.body,
    previewRedactedAt: null,
    messageCount: world.count(index),
    consent: { optedIn: conversation.consent !== "out", since: conversation.consentAt },
    unreadCount: null,
  };
}

export function threadItems(world: TestWorld, index: number): RemoteMessage[] {
  return world.thread(index).map((message) => ({
    remoteId: message.id,
    direction: message.direction,
    body: message.body,
    redactedAt: null,
    mediaUrls: [],
    channel: "sms",
    segmentCount: 1,
    status: message.status === null ? null : "delivered",
    createdAt: message.createdAt,
  }));
}

export function addAccount(db: WriteDb, baseUrl: string, now: number): AccountId {
  return insertAccount(db, {
    uid: ACCOUNT_UID,
    provider: "agentmessage",
    name: "Bench",
    baseUrl,
    keyHint: "0000",
    isSample: false,
    now,
  });
}

/** The whole list in pages, as a completed first pass and sweep leave it. */
export function commitWholeList(db: WriteDb, accountId: AccountId, world: TestWorld, now: number): void {
  const total = world.conversations.length;
  for (let start = 0; start < total; start += PAGE) {
    const items = Array.from({ length: Math.min(PAGE, total - start) }, (_, at) => listItem(world, start + at));
    const isLast = start + PAGE >= total;
    for (const kind of ["list", "sweep"] as const) {
      if (kind === "sweep" && !isLast) continue;
      commitConversations(db, {
        accountId,
        generation: 1,
        kind,
        items,
        rejected: [],
        pass: isLast
          ? null
          : {
              cursor: String(start),
              newestAt: now,
              stopBefore: null,
              pages: start / PAGE,
              seen: start,
              restarts: 0,
              startedAt: now,
            },
        mark: world.last(0).createdAt,
        now,
      });
    }
  }
}

export function commitWholeThread(
  db: WriteDb,
  accountId: AccountId,
  conversationId: ConversationId,
  items: readonly RemoteMessage[],
  now: number,
): void {
  for (let start = 0; start < items.length; start += PAGE) {
    commitMessages(db, {
      accountId,
      generation: 1,
      conversationId,
      items: items.slice(start, start + PAGE),
      rejected: [],
      kind: "full",
      cursor: null,
      complete: start + PAGE >= items.length,
      startedAt: now,
      now,
    });
  }
}

/** Fills an empty database; returns how many messages it holds. */
export function fill(db: WriteDb, size: WorldSize, baseUrl: string): number {
  const now = size.newestAt + 1_000;
  const world = createWorld(size);
  let messages = 0;
  const accountId = db.transaction(() => {
    const id = addAccount(db, baseUrl, now);
    commitWholeList(db, id, world, now);
    return id;
  });
  const ids = db.all<{ id: ConversationId }>("SELECT id FROM conversations ORDER BY last_message_at DESC, id DESC");
  for (let start = 0; start < ids.length; start += CONVERSATIONS_PER_TRANSACTION) {
    db.transaction(() => {
      for (let index = start; index < Math.min(ids.length, start + CONVERSATIONS_PER_TRANSACTION); index += 1) {
        const items = threadItems(createThreadWorld(world), index);
        commitWholeThread(db, accountId, ids[index]!.id, items, now);
        messages += items.length;
      }
    });
  }
  setSetting(db, { key: "bench-size", value: size.conversations });
  return messages;
}

/** The query a search comes down to, without filters and without the order inside a part: newest parts first. */
export function bareSearch(
  db: WriteDb,
  words: readonly string[],
  { newestAt, limit }: { newestAt: number; limit: number },
): { id: number; marked: string }[] {
  const match = words.map((word) => `"${word}"*`).join(" ");
  const found: { id: number; marked: string }[] = [];
  const newest = partOf(newestAt);
  for (let back = 0; back < TEXT_PARTS.length && found.length < limit; back += 1) {
    const table = TEXT_PARTS[(newest - back + TEXT_PARTS.length) % TEXT_PARTS.length]!;
    found.push(
      ...db.all<{ id: number; marked: string }>(
        `SELECT rowid AS id, snippet(${table}, 0, '[', ']', '…', 8) AS marked FROM ${table}
         WHERE ${table} MATCH ? ORDER BY rowid DESC LIMIT ?`,
        match,
        limit - found.length,
      ),
    );
  }
  return found;
}

/** A view of the same world that keeps no threads: a million messages need not stay in memory. */
function createThreadWorld(world: TestWorld): TestWorld {
  const view = Object.create(world) as TestWorld;
  Object.defineProperty(view, "threads", { value: new Map() });
  return view;
}
