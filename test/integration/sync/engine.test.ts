/**
 * The engine over a real server, a real HTTP client and a real database, with time in the test's hand.
 *
 * What the property tests cannot see: removals that do not move the list, conversations that vanish, retention
 * without a network, and a computer whose clock is wrong.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createFakeClock } from "../../fakes/fake-clock.ts";
import type { FakeClock } from "../../fakes/fake-clock.ts";
import { createInProcessClient, openMemoryDatabase, seedAccount } from "../../helpers/test-database.ts";
import { startAgentMessageServer } from "../../servers/agentmessage.ts";
import type { AgentMessageServer } from "../../servers/agentmessage.ts";
import type { WriteDb } from "../../../electron/db/connection.ts";
import { dbCalls } from "../../../electron/db/api.ts";
import { createAgentMessage } from "../../../electron/providers/agentmessage/client.ts";
import { createSyncEngine } from "../../../electron/sync/engine.ts";
import type { SyncEngine } from "../../../electron/sync/engine.ts";
import { createRetentionKeeper } from "../../../electron/sync/retention-keeper.ts";
import { DEFAULT_CONFIG } from "../../../electron/sync/state.ts";
import { createSyncStore } from "../../../electron/sync/store.ts";
import type { AccountId, ConversationId } from "../../../shared/domain.ts";

const DAY_MS = 86_400_000;
const T0 = Date.UTC(2026, 3, 28, 12);

let clock: FakeClock;
let server: AgentMessageServer;
let db: WriteDb;
let accountId: AccountId;
let engine: SyncEngine;

beforeEach(async () => {
  clock = createFakeClock(T0);
  server = await startAgentMessageServer({ conversations: 8, messages: 5, newestAt: T0 - 60_000, now: clock.now });
  db = openMemoryDatabase();
  accountId = seedAccount(db);
  engine = createSyncEngine({
    accountId,
    provider: createAgentMessage({ baseUrl: server.baseUrl, apiKey: server.apiKey, fetch, clock }),
    store: createSyncStore(createInProcessClient(db)),
    clock,
    random: () => 0.5,
    onStatus: () => undefined,
    onCommit: () => undefined,
    onBlocked: () => undefined,
  });
});

afterEach(async () => {
  await engine.stop();
  db.close();
  await server.stop();
});

/** Answers come over a real socket: waits for the wall, not for the fake clock. */
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 5_000, interval: 2 });

async function firstSync(): Promise<void> {
  await engine.start();
  const behind = () =>
    db.get<{ n: number }>(
      `SELECT count(*) AS n FROM conversations c LEFT JOIN threads t ON t.conversation_id = c.id
       WHERE t.complete IS NOT 1 OR t.covered_to < c.last_message_at`,
    )?.n;
  await eventually(() => {
    expect(engine.status().phase.kind).toBe("up_to_date");
    expect(behind()).toBe(0);
  });
}

/** Lets time pass in small steps, so that each request is answered before the next is due. */
async function pass(ms: number, steps = 6): Promise<void> {
  for (let step = 0; step < steps; step += 1) {
    await clock.advance(ms / steps);
    await eventually(() => expect(["up_to_date", "syncing"]).toContain(engine.status().phase.kind));
  }
}

const bodies = () =>
  db.all<{ body: string }>("SELECT body FROM messages WHERE body IS NOT NULL").map(({ body }) => body);
const conversationsHeld = () => db.get<{ n: number }>("SELECT count(*) AS n FROM conversations")?.n;
const idOf = (index: number): ConversationId =>
  db.get<{ id: ConversationId }>("SELECT id FROM conversations WHERE remote_id = ?", server.conversation(index).id)!.id;

describe("removals that do not move the list", () => {
  it("in the middle of a thread are found by the sweep", async () => {
    await firstSync();
    const text = server.messages(6)[1]?.body ?? "";
    expect(bodies()).toContain(text);
    server.redactMessage(6, 1);
    await clock.advance(DEFAULT_CONFIG.focusedPollMs);
    expect(bodies()).toContain(text);
    // One sweep over the list, then the re-check of each thread.
    await clock.advance(DEFAULT_CONFIG.sweepEveryMs + DEFAULT_CONFIG.backgroundPollMs);
    await eventually(() => expect(bodies()).not.toContain(text));
    expect(bodies()).toHaveLength(39);
  });

  it("are found at once in a thread that is opened", async () => {
    await firstSync();
    const text = server.messages(3)[0]?.body ?? "";
    server.redactMessage(3, 0);
    engine.open(idOf(3));
    await eventually(() => expect(bodies()).not.toContain(text));
    expect(bodies()).toHaveLength(39);
  });
});

describe("a conversation the server no longer has", () => {
  it("goes after a second request says so, with everything in it", async () => {
    await firstSync();
    const texts = server.messages(5).map(({ body }) => body ?? "");
    const id = idOf(5);
    server.removeConversation(5);
    engine.open(id);
    const asked = () => server.requests("thread").filter(({ status }) => status === 404).length;
    await eventually(() => expect(asked()).toBe(1));
    expect(conversationsHeld()).toBe(8);
    await clock.advance(59_000);
    expect(conversationsHeld()).toBe(8);
    await clock.advance(2_000);
    await eventually(() => expect(conversationsHeld()).toBe(7));
    expect(asked()).toBe(2);
    for (const text of texts) expect(bodies()).not.toContain(text);
  });

  it("stays when the first answer was a hiccup", async () => {
    await firstSync();
    server.fault("thread", { kind: "status", status: 404, code: "NOT_FOUND" }, { times: 1 });
    engine.open(idOf(2));
    const asked = () => server.requests("thread").filter(({ status }) => status === 404).length;
    await eventually(() => expect(asked()).toBe(1));
    await pass(180_000);
    expect(conversationsHeld()).toBe(8);
    expect(bodies()).toHaveLength(40);
  });
});

describe("retention", () => {
  function keeper() {
    return createRetentionKeeper({
      store: {
        report: async (input) => dbCalls["retention.report"](db, input),
        pairs: async (input) => dbCalls["retention.pairs"](db, input),
        saveLearned: async (input) => dbCalls["retention.saveLearned"](db, input),
        clockOffset: async (input) => dbCalls["retention.clockOffset"](db, input),
        enforce: async (input) => dbCalls["retention.enforce"](db, input),
      },
      clock,
      accountIds: async () => [accountId],
      isClockKnown: () => true,
      onLeap: () => undefined,
      onRemoved: () => undefined,
      onError(error) {
        throw error;
      },
    });
  }

  it("is learned from removals seen, and enforced on time with no server at all", async () => {
    // Each newest text of six conversations went 30 days after it was sent, on different days.
    for (let index = 0; index < 6; index += 1) {
      const at = T0 - (60 - index) * DAY_MS;
      server.receive(index, `old ${index}`, { at });
      const place = server.messages(index).findIndex(({ body }) => body === `old ${index}`);
      server.redactMessage(index, place, at + 30 * DAY_MS);
    }
    await firstSync();
    const retention = keeper();
    await retention.run();
    expect(dbCalls["retention.report"](db, { accountId })).toMatchObject({
      learned: { days: 30, agreeing: 6, pairs: 6 },
      enforcedDays: 30,
      removedTexts: 0,
    });
    await engine.stop();
    await server.stop();

    const before = bodies().length;
    await clock.advance(29 * DAY_MS);
    expect(bodies()).toHaveLength(before);
    await clock.advance(2 * DAY_MS);
    await retention.stop();
    expect(bodies()).toEqual([]);
    const previews = db.all("SELECT preview FROM conversations WHERE preview IS NOT NULL");
    expect(previews).toEqual([]);
    expect(
      dbCalls["thread.page"](db, { conversationId: idOf(7), before: null, limit: 10 }).messages[0]?.body,
    ).toMatchObject({
      kind: "redacted",
      redaction: { by: "retention" },
    });
  });

  it("is not learned from one erasure, and a typed window wins", async () => {
    for (let index = 0; index < 8; index += 1) server.eraseContact(server.conversation(index).contactNumber, T0);
    await firstSync();
    const retention = keeper();
    await retention.run();
    expect(dbCalls["retention.report"](db, { accountId })).toMatchObject({ learned: null, enforcedDays: null });
    dbCalls["retention.setTyped"](db, { accountId, days: 7 });
    await retention.run();
    expect(dbCalls["retention.report"](db, { accountId })).toMatchObject({ typedDays: 7, enforcedDays: 7 });
    await retention.stop();
  });

  it.each([
    ["three days ahead", -3 * DAY_MS],
    ["two hours back", 2 * 3_600_000],
  ])("counts on the provider's clock when this computer's is %s", async (_name, offsetMs) => {
    await firstSync();
    dbCalls["retention.setTyped"](db, { accountId, days: 10 });
    dbCalls["retention.saveClockOffset"](db, { accountId, offsetMs });
    const retention = keeper();
    const providerNow = () => clock.now() + offsetMs;
    const oldest = Math.min(...db.all<{ at: number }>("SELECT created_at AS at FROM messages").map(({ at }) => at));
    await engine.stop();
    await clock.advance(oldest + 10 * DAY_MS - providerNow() - 1_000);
    await retention.run();
    expect(bodies()).toHaveLength(40);
    await clock.advance(2_000);
    await retention.run();
    expect(bodies().length).toBeLessThan(40);
    await retention.stop();
  });
});
