/** A provider has answered, and the disk takes nothing: the outcome is kept until it is on record, nothing is sent twice. */
import { expect, it } from "vitest";
import { threadOutbox } from "../../../../electron/db/outbox-person.ts";
import { enqueue } from "../../../../electron/db/outbox-repo.ts";
import { createDispatcher } from "../../../../electron/outbox/dispatcher.ts";
import type { OutboxStore, Provider } from "../../../../electron/sync/ports.ts";
import { AppError, ProviderError } from "../../../../shared/errors.ts";
import type { AppErrorCode } from "../../../../shared/errors.ts";
import { createFakeClock, settle } from "../../../fakes/fake-clock.ts";
import { T0, createStores, openMemoryDatabase, seedConversation, textsOf } from "../../../helpers/test-database.ts";

const never = () => Promise.reject(new Error("not asked here"));

function setUp(answer: "ok" | "refused") {
  const db = openMemoryDatabase();
  const { accountId, id } = seedConversation(db);
  const clock = createFakeClock(T0);
  const sent: string[] = [];
  const errors: string[] = [];
  const provider: Provider = {
    messageOrder: "oldest_first",
    check: never,
    listConversations: never,
    listMessages: never,
    listNumbers: never,
    async send({ text }) {
      sent.push(text);
      if (answer === "refused") throw new ProviderError("rejected", { detail: { reason: "no" } });
      return { remoteId: `r${sent.length}`, status: "sent", createdAt: clock.now() };
    },
    findSent: async () => null,
    clockOffsetMs: () => null,
  };
  const real = createStores(db).outbox;
  const disk: { refuses: AppErrorCode | null } = { refuses: null };
  const refusing =
    <I, O>(call: (input: I) => Promise<O>) =>
    (input: I) =>
      disk.refuses === null ? call(input) : Promise.reject(new AppError(disk.refuses));
  const store: OutboxStore = {
    ...real,
    beginSend: async (input) => {
      const verdict = await real.beginSend(input);
      // The row says "sending"; what follows finds no room.
      disk.refuses = next;
      return verdict;
    },
    markSent: refusing(real.markSent),
    markFailed: refusing(real.markFailed),
    markUnknown: refusing(real.markUnknown),
  };
  let next: AppErrorCode | null = "disk_full";
  const dispatcher = createDispatcher({
    accountId,
    provider,
    store,
    clock,
    random: () => 0.5,
    paceMs: 0,
    onChanged: () => undefined,
    onBlocked: () => undefined,
    onError: (error) => errors.push(error instanceof AppError ? error.code : String(error)),
  });
  const write = (text: string) => enqueue(db, { conversationId: id, text, key: text, now: clock.now() });
  return {
    db,
    id,
    clock,
    sent,
    errors,
    dispatcher,
    write,
    states: () => threadOutbox(db, { conversationId: id }).map(({ text, state }) => `${text}: ${state}`),
    async heal() {
      next = null;
      disk.refuses = null;
      await clock.advance(6_000);
      await settle();
    },
    async stop() {
      await dispatcher.stop();
      db.close();
    },
  };
}

it("records a sent reply when there is room again, and sends it once", async () => {
  const rig = setUp("ok");
  rig.write("one");
  rig.dispatcher.kick();
  await settle();
  rig.write("two");
  await rig.clock.advance(20_000);
  expect([rig.sent, rig.states()]).toEqual([["one"], ["one: sending", "two: queued"]]);
  // A try every few seconds, not a storm.
  expect(rig.errors.length).toBeLessThanOrEqual(5);
  expect(new Set(rig.errors)).toEqual(new Set(["disk_full"]));
  await rig.heal();
  expect([rig.sent, rig.states()]).toEqual([["one", "two"], []]);
  expect(textsOf(rig.db, rig.id)).toEqual(["one", "two"]);
  await rig.stop();
});

it("records a refusal when there is room again, and does not try the reply once more", async () => {
  const rig = setUp("refused");
  rig.write("one");
  rig.dispatcher.kick();
  await rig.clock.advance(20_000);
  expect(rig.states()).toEqual(["one: sending"]);
  await rig.heal();
  expect([rig.sent, rig.states()]).toEqual([["one"], ["one: failed"]]);
  await rig.stop();
});
