/**
 * Real databases for tests: in memory or in a temporary folder, with short ways to fill them.
 *
 * Nothing here imitates the database. Invariants: builders give valid values with every field overridable; times
 * are small numbers around `T0`, so that a failing assertion can be read.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AccountId, ConversationId, Message } from "../../shared/domain.ts";
import { dbCalls } from "../../electron/db/api.ts";
import type { DbCallName, DbInput, DbOutput } from "../../electron/db/api.ts";
import type { DbClient } from "../../electron/db/client.ts";
import { insertAccount } from "../../electron/db/accounts-repo.ts";
import type { NewAccount } from "../../electron/db/accounts-repo.ts";
import type { WriteDb } from "../../electron/db/connection.ts";
import { commitConversations } from "../../electron/db/conversation-commit.ts";
import { openDatabase } from "../../electron/db/database.ts";
import { commitMessages } from "../../electron/db/message-commit.ts";
import { INDEXES, allHits, hitsIn, partOf } from "../../electron/db/text-parts.ts";
import { threadPage } from "../../electron/db/thread-repo.ts";
import { createOutboxStore } from "../../electron/outbox/store.ts";
import { createSyncStore } from "../../electron/sync/store.ts";
import type {
  CommitConversations,
  CommitMessages,
  CommitResult,
  OutboxStore,
  RemoteConversation,
  RemoteMessage,
  SyncStore,
} from "../../electron/sync/ports.ts";

export const T0 = Date.UTC(2026, 3, 28, 12);
export const TEST_KEY: Uint8Array = new Uint8Array(32).fill(7);

export const openMemoryDatabase = (): WriteDb => openDatabase({ path: ":memory:", key: null });

/** A folder of its own; the caller removes it when the test ends. */
export function makeTempFolder(): { path: string; dbPath: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "threadkeep-db-"));
  return { path, dbPath: join(path, "inbox.db"), remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** What `accounts.insert` takes. */
export const newAccount = (uid = "account-1"): NewAccount => ({
  uid,
  provider: "agentmessage",
  name: `Name of ${uid}`,
  baseUrl: "https://api.example.test",
  keyHint: "1234",
  isSample: false,
  now: T0,
});

export const seedAccount = (db: WriteDb, uid?: string): AccountId => insertAccount(db, newAccount(uid));

export function remoteConversation(change: Partial<RemoteConversation> = {}): RemoteConversation {
  return {
    remoteId: "conversation-1",
    ownNumber: "+15550000001",
    ownNumberRemoteId: null,
    contactNumber: "+15559990001",
    contactName: null,
    lastMessageAt: T0,
    lastDirection: "inbound",
    preview: "hello",
    previewRedactedAt: null,
    messageCount: null,
    consent: { optedIn: true, since: T0 - 86_400_000 },
    unreadCount: null,
    ...change,
  };
}

export function remoteMessage(change: Partial<RemoteMessage> = {}): RemoteMessage {
  return {
    remoteId: "message-1",
    direction: "inbound",
    from: "+15559990001",
    to: "+15550000001",
    body: "hello",
    redactedAt: null,
    mediaUrls: [],
    channel: "sms",
    segmentCount: 1,
    status: null,
    createdAt: T0,
    ...change,
  };
}

/** Stores one page of the list that also completes its pass, so that the next one is not the first sync. */
export function commitList(
  db: WriteDb,
  accountId: AccountId,
  items: readonly RemoteConversation[],
  change: Partial<CommitConversations> = {},
): CommitResult {
  const times = items.map((item) => item.lastMessageAt);
  return commitConversations(db, {
    accountId,
    generation: 1,
    kind: "list",
    items,
    rejected: [],
    pass: null,
    mark: times.length === 0 ? null : Math.max(...times),
    now: T0,
    ...change,
  });
}

/** Page `index` of a long pass over the list: `rows` conversations that no other page holds, each of some size. */
export const listPage = (accountId: AccountId, index: number, rows: number, previewChars = 5): CommitConversations => ({
  accountId,
  generation: 1,
  kind: "list",
  items: Array.from({ length: rows }, (_, row) =>
    remoteConversation({
      remoteId: `c${index}-${row}`,
      contactNumber: `+1${index}${row}`,
      preview: "x".repeat(previewChars),
    }),
  ),
  rejected: [],
  pass: {
    cursor: String(index),
    newestAt: T0,
    stopBefore: null,
    pages: index,
    seen: index * rows,
    restarts: 0,
    startedAt: T0,
  },
  mark: null,
  now: T0,
});

/** Stores one page that is a whole thread. */
export function commitThread(
  db: WriteDb,
  accountId: AccountId,
  conversationId: ConversationId,
  items: readonly RemoteMessage[],
  change: Partial<CommitMessages> = {},
): CommitResult {
  return commitMessages(db, {
    accountId,
    generation: 1,
    conversationId,
    items,
    rejected: [],
    kind: "full",
    cursor: null,
    complete: true,
    startedAt: T0,
    now: T0,
    ...change,
  });
}

export function idOf(db: WriteDb, remoteId: string): ConversationId {
  const row = db.get<{ id: ConversationId }>("SELECT id FROM conversations WHERE remote_id = ?", remoteId);
  if (row === undefined) throw new Error(`no conversation ${remoteId}`);
  return row.id;
}

/** An account with one conversation, listed by a completed first pass. */
export function seedConversation(db: WriteDb, change: Partial<RemoteConversation> = {}) {
  const accountId = seedAccount(db);
  const item = remoteConversation(change);
  commitList(db, accountId, [item]);
  return { accountId, id: idOf(db, item.remoteId), item };
}

export const messagesOf = (db: WriteDb, conversationId: ConversationId): Message[] =>
  threadPage(db, { conversationId, before: null, limit: 200 }).messages;

/** What a person reads of a thread: the text, or the reason there is none. */
export const textsOf = (db: WriteDb, conversationId: ConversationId): string[] =>
  messagesOf(db, conversationId).map(({ body }) => (body.kind === "text" ? body.text : `<${body.kind}>`));

/** How many messages the search index finds for a term: in all its parts, or in the one that holds a time. */
export const countHits = (db: WriteDb, term: string, at?: number): number =>
  (at === undefined ? allHits(db, `"${term}"`) : hitsIn(db, partOf(at), `"${term}"`)).length;

/** Holds every part of the search index against the rows it is about. @throws AppError where one differs */
export function checkIndexes(db: WriteDb): void {
  for (const index of INDEXES) db.run(`INSERT INTO ${index} (${index}, rank) VALUES ('integrity-check', 1)`);
}

/** The typed calls without the worker in between, so that thousands of runs stay fast. Rejects like the real one. */
export function createInProcessClient(db: WriteDb): DbClient {
  return {
    open: () => Promise.reject(new Error("the database of a test is open already")),
    call: <N extends DbCallName>(name: N, input: DbInput<N>) =>
      new Promise<DbOutput<N>>((resolve) => {
        const call = dbCalls[name] as unknown as (database: WriteDb, given: DbInput<N>) => DbOutput<N>;
        resolve(call(db, input));
      }),
    check: () => Promise.reject(new Error("a database of this process is not looked through")),
    async close() {
      db.close();
    },
  };
}

/** The engines' stores over a database of this process. */
export function createStores(db: WriteDb): { sync: SyncStore; outbox: OutboxStore } {
  const client = createInProcessClient(db);
  return { sync: createSyncStore(client), outbox: createOutboxStore(client) };
}
