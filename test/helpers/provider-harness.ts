/**
 * One account of any provider at work in a test: real adapter, real sockets, real engine, outbox and database.
 *
 * Only the clock is the test's: it moves when nothing is on the network any more, so that no test waits and none is
 * hurried past a request's deadline.
 */
import type { AccountId, Conversation, ConversationId, ProviderName, SyncStatus } from "../../shared/domain.ts";
import type { Failure } from "../../shared/errors.ts";
import { insertAccount } from "../../electron/db/accounts-repo.ts";
import type { WriteDb } from "../../electron/db/connection.ts";
import { findConversation } from "../../electron/db/conversations-repo.ts";
import { threadOutbox } from "../../electron/db/outbox-person.ts";
import { decideConsent } from "../../electron/db/consent-repo.ts";
import { createDispatcher } from "../../electron/outbox/dispatcher.ts";
import type { Fetch } from "../../electron/providers/http.ts";
import { getProviderEntry } from "../../electron/providers/registry.ts";
import { createSyncEngine } from "../../electron/sync/engine.ts";
import type { Provider } from "../../electron/sync/ports.ts";
import type { SyncConfig } from "../../electron/sync/state.ts";
import { createFakeClock, settle } from "../fakes/fake-clock.ts";
import type { FakeClock } from "../fakes/fake-clock.ts";
import { createStores, openMemoryDatabase } from "./test-database.ts";

export interface AccountUnderTest extends AsyncDisposable {
  readonly db: WriteDb;
  readonly provider: Provider;
  readonly clock: FakeClock;
  readonly blocked: readonly Failure[];
  status(): SyncStatus;
  syncNow(): void;
  open(id: ConversationId | null): void;
  send(id: ConversationId, text: string): void;
  /** Something may be sendable. */
  dispatch(): void;
  outboxOf(id: ConversationId): readonly { readonly state: string; readonly code: string | null }[];
  /** The list as a person sees it. */
  rows(): Conversation[];
  /** Lets time pass until it holds; fails after an hour and a half of it. */
  until(what: string, holds: () => boolean): Promise<void>;
  pass(ms: number): Promise<void>;
}

const STEP_MS = 500;
const MAX_STEPS = 12_000;

/** Counts what is on the network, bodies included. */
function countingFetch(): { fetch: Fetch; active: () => number } {
  let active = 0;
  return {
    active: () => active,
    async fetch(url, init) {
      active += 1;
      try {
        const response = await fetch(url, init);
        const { status, headers } = response;
        const bytes = await response.arrayBuffer();
        return new Response([204, 304].includes(status) ? null : bytes, { status, headers });
      } finally {
        active -= 1;
      }
    },
  };
}

export interface AccountOptions {
  readonly provider: ProviderName;
  readonly url: string;
  readonly credentials: Readonly<Record<string, string>>;
  readonly clock?: FakeClock;
  readonly config?: Partial<SyncConfig>;
}

export async function connectAccount(options: AccountOptions): Promise<AccountUnderTest> {
  const clock = options.clock ?? createFakeClock();
  const network = countingFetch();
  const entry = getProviderEntry(options.provider);
  const provider = entry.create({
    baseUrl: options.url,
    credentials: options.credentials,
    fetch: network.fetch,
    clock,
  });
  const db = openMemoryDatabase();
  const accountId: AccountId = insertAccount(db, {
    uid: "account",
    provider: options.provider,
    name: entry.form.label,
    baseUrl: options.url,
    keyHint: null,
    isSample: false,
    now: clock.now(),
  });
  const stores = createStores(db);
  const blocked: Failure[] = [];
  const random = () => 0.5;
  const dispatcher = createDispatcher({
    accountId,
    provider,
    store: stores.outbox,
    clock,
    random,
    paceMs: entry.sendPaceMs,
    onChanged: () => undefined,
    onBlocked: () => engine.wake("manual"),
    onError: (error) => {
      throw error;
    },
  });
  const engine = createSyncEngine({
    accountId,
    provider,
    store: stores.sync,
    clock,
    random,
    config: { ...entry.tuning, ...options.config },
    onStatus: () => undefined,
    onCommit: () => dispatcher.threadChanged(),
    onBlocked: (failure) => void blocked.push(failure),
  });
  await engine.start();

  /** Until nothing is on the network and nothing follows from its last answer. */
  async function quiet(): Promise<void> {
    for (let calm = 0; calm < 2;) {
      await settle();
      calm = network.active() === 0 ? calm + 1 : 0;
    }
  }

  return {
    db,
    provider,
    clock,
    blocked,
    status: engine.status,
    syncNow: () => engine.wake("manual"),
    open: engine.open,
    dispatch: dispatcher.kick,
    send(conversationId, text) {
      // As a person would who has the consent that the provider knows nothing of.
      if (findConversation(db, { id: conversationId })?.consent.state === "unknown") {
        decideConsent(db, { id: conversationId, decision: "confirmed", messageId: null, now: clock.now() });
      }
      void stores.outbox
        .enqueue({ conversationId, text, key: `${conversationId} ${text}`, now: clock.now() })
        .then(() => dispatcher.kick());
    },
    outboxOf: (conversationId) =>
      threadOutbox(db, { conversationId }).map(({ state, error }) => ({ state, code: error?.code ?? null })),
    rows: () =>
      db
        .all<{ id: ConversationId }>("SELECT id FROM conversations ORDER BY last_message_at DESC, id DESC")
        .flatMap(({ id }) => findConversation(db, { id }) ?? []),
    async until(what, holds) {
      await quiet();
      for (let step = 0; !holds(); step += 1) {
        if (step > MAX_STEPS) throw new Error(`never: ${what}; ${JSON.stringify(engine.status().phase)}`);
        await clock.advance(STEP_MS);
        await quiet();
      }
    },
    async pass(ms) {
      for (let passed = 0; passed < ms; passed += STEP_MS) {
        await clock.advance(STEP_MS);
        await quiet();
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([engine.stop(), dispatcher.stop()]);
      await quiet();
      db.close();
    },
  };
}
