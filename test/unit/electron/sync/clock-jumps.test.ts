/**
 * The engine while this computer's clock is set three days ahead or two hours back, and a re-check a person asks for.
 *
 * Real database, a provider in memory; timers run on time that only goes forward, as a computer's do, while the
 * hour they are told may jump.
 */
import { beforeEach, describe, expect, it } from "vitest";
import type { WriteDb } from "../../../../electron/db/connection.ts";
import { conversationWindow } from "../../../../electron/db/conversations-repo.ts";
import { requestRecheck } from "../../../../electron/db/storage-repo.ts";
import { createSyncEngine } from "../../../../electron/sync/engine.ts";
import type { SyncEngine } from "../../../../electron/sync/engine.ts";
import type { Clock, Provider, RemoteConversation, RemoteMessage } from "../../../../electron/sync/ports.ts";
import { DEFAULT_CONFIG } from "../../../../electron/sync/state.ts";
import type { AccountId } from "../../../../shared/domain.ts";
import { ProviderError } from "../../../../shared/errors.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";
import type { FakeClock } from "../../../fakes/fake-clock.ts";
import {
  T0,
  createStores,
  idOf,
  openMemoryDatabase,
  remoteConversation,
  remoteMessage,
  seedAccount,
  textsOf,
} from "../../../helpers/test-database.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let fake: FakeClock;
let skewMs: number;
let clock: Clock;
let db: WriteDb;
let accountId: AccountId;
let asked: string[];
let refusal: ProviderError | null;
let conversations: RemoteConversation[];
let threads: Map<string, RemoteMessage[]>;
let engine: SyncEngine;

const provider: Provider = {
  messageOrder: "oldest_first",
  check: () => Promise.resolve(),
  async listConversations({ purpose }) {
    asked.push(purpose ?? "list");
    if (refusal !== null) throw refusal;
    return { items: conversations, rejected: [], nextCursor: null };
  },
  async listMessages({ remoteId }) {
    asked.push(`thread ${remoteId}`);
    return { items: threads.get(remoteId) ?? [], rejected: [], nextCursor: null };
  },
  listNumbers: () => Promise.resolve([]),
  send: () => Promise.reject(new Error("nothing is sent here")),
  findSent: () => Promise.resolve(null),
  clockOffsetMs: () => null,
};

/** A text comes in, dated by the provider. */
function arrive(index: number, text: string, at: number): void {
  const remoteId = `c${index}`;
  threads.set(remoteId, [
    ...(threads.get(remoteId) ?? []),
    remoteMessage({ remoteId: `${remoteId}-${at}`, body: text, createdAt: at }),
  ]);
  conversations = [
    remoteConversation({ remoteId, contactNumber: `+1555${index}`, preview: text, lastMessageAt: at }),
    ...conversations.filter((other) => other.remoteId !== remoteId),
  ];
}

const order = () =>
  conversationWindow(db, { accountId: null, numberId: null, view: "all", offset: 0, limit: 10, keepId: null }).rows.map(
    ({ contactNumber }) => contactNumber.slice(-1),
  );

beforeEach(async () => {
  fake = createFakeClock(T0);
  skewMs = 0;
  clock = { now: () => fake.now() + skewMs, schedule: fake.schedule };
  db = openMemoryDatabase();
  accountId = seedAccount(db);
  asked = [];
  refusal = null;
  conversations = [];
  threads = new Map();
  for (let index = 0; index < 3; index += 1) arrive(index, `first ${index}`, T0 - 60_000 + index);
  engine = createSyncEngine({
    accountId,
    provider,
    store: createStores(db).sync,
    clock,
    random: () => 0.5,
    onStatus: () => undefined,
    onCommit: () => undefined,
    onBlocked: () => undefined,
  });
  await engine.start();
  await fake.advance(120_000);
  asked = [];
  return async () => {
    await engine.stop();
    db.close();
  };
});

describe.each([
  ["three days ahead", 3 * DAY_MS],
  ["two hours back", -2 * HOUR_MS],
])("a clock that is set %s", (_name, jumpMs) => {
  it("neither stops sync nor makes it storm", async () => {
    skewMs = jumpMs;
    await fake.advance(60_000);
    const lists = asked.filter((kind) => kind === "list").length;
    // One look every 15 seconds, with one more for the surprise.
    expect(lists).toBeGreaterThanOrEqual(3);
    expect(lists).toBeLessThanOrEqual(6);
    expect(fake.pending()).toBeLessThanOrEqual(2);
    arrive(0, "after the jump", fake.now());
    await fake.advance(DEFAULT_CONFIG.focusedPollMs * 2);
    expect(textsOf(db, idOf(db, "c0"))).toEqual(["first 0", "after the jump"]);
  });

  it("changes no order, and loses nothing when it is set right again", async () => {
    skewMs = jumpMs;
    arrive(1, "while it was wrong", fake.now());
    await fake.advance(60_000);
    expect(order()).toEqual(["1", "2", "0"]);
    skewMs = 0;
    asked = [];
    arrive(0, "set right", fake.now());
    await fake.advance(60_000);
    expect(order()).toEqual(["0", "1", "2"]);
    expect(textsOf(db, idOf(db, "c1"))).toEqual(["first 1", "while it was wrong"]);
    expect(textsOf(db, idOf(db, "c0"))).toEqual(["first 0", "set right"]);
    expect(asked.length).toBeLessThan(30);
  });

  it("makes no server's wish for a pause one of hours", async () => {
    refusal = new ProviderError("rate_limited", { retryAfterMs: 20_000 });
    await fake.advance(DEFAULT_CONFIG.focusedPollMs);
    refusal = null;
    asked = [];
    skewMs = jumpMs;
    await fake.advance(60_000);
    expect(asked).toContain("list");
  });

  it("removes no text", async () => {
    skewMs = jumpMs;
    await fake.advance(HOUR_MS);
    expect([0, 1, 2].flatMap((index) => textsOf(db, idOf(db, `c${index}`)))).toEqual(["first 0", "first 1", "first 2"]);
  });
});

describe("a re-check", () => {
  it("sweeps the list and reads every thread again from its start, at once, and once", async () => {
    const everything = ["sweep", "thread c0", "thread c1", "thread c2"];
    await fake.advance(14_000);
    asked = [];
    requestRecheck(db, { accountId, now: clock.now() });
    engine.recheck();
    await fake.advance(5_000);
    expect(new Set(asked)).toEqual(new Set(["list", ...everything]));
    asked = [];
    await fake.advance(120_000);
    // The sweep that ended makes every thread due once more, like every sweep.
    expect(asked.filter((kind) => kind === "sweep")).toEqual([]);
  });
});
