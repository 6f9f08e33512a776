/**
 * The dispatcher over the real database and a provider that does whatever a network can: 300 random histories.
 *
 * A history mixes replies (the same one may come twice), crashes, consent that goes, waiting, and answers that are
 * lost before or after the request took effect. Judged by the provider's own record of what arrived.
 */
import fc from "fast-check";
import { expect, it } from "vitest";
import { createDispatcher } from "../../electron/outbox/dispatcher.ts";
import { discard } from "../../electron/db/outbox-person.ts";
import type { ConversationId, OutboxId } from "../../shared/domain.ts";
import { AppError, ProviderError } from "../../shared/errors.ts";
import type { Provider, SendRequest } from "../../electron/sync/ports.ts";
import { createFakeClock, settle } from "../fakes/fake-clock.ts";
import type { OutboxMutant } from "../helpers/outbox-mutants.ts";
import { mutateStore } from "../helpers/outbox-mutants.ts";
import {
  T0,
  commitList,
  createStores,
  idOf,
  openMemoryDatabase,
  remoteConversation,
  seedAccount,
} from "../helpers/test-database.ts";

const THREADS = 3;
const RUNS = 300;

type Answer = "ok" | "offline" | "arrived then lost" | "never arrived, not known" | "busy" | "refused";
type Step =
  | { kind: "reply"; thread: number; key: number; notBeforeMs: number | null }
  | { kind: "answers"; answers: Answer[] }
  | { kind: "crash" }
  | { kind: "optOut"; thread: number }
  | { kind: "wait"; ms: number }
  | { kind: "personRetries" };

const answer = fc.constantFrom<Answer>(
  "ok",
  "ok",
  "offline",
  "arrived then lost",
  "never arrived, not known",
  "busy",
  "refused",
);
const thread = fc.nat(THREADS - 1);
const history = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant("reply" as const),
        thread,
        key: fc.nat(12),
        notBeforeMs: fc.option(fc.integer({ min: 1, max: 60_000 }), { freq: 4 }),
      }),
    },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant("answers" as const), answers: fc.array(answer) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant("crash" as const) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("optOut" as const), thread }) },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant("wait" as const), ms: fc.integer({ min: 1, max: 90_000 }) }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("personRetries" as const) }) },
  ),
  { minLength: 4, maxLength: 40 },
);

interface Arrival {
  readonly text: string;
  readonly to: string;
  readonly tag: string;
  readonly at: number;
}

async function live(steps: readonly Step[], mutant: OutboxMutant | null) {
  const clock = createFakeClock(T0);
  const db = openMemoryDatabase();
  const accountId = seedAccount(db);
  const item = (index: number) =>
    remoteConversation({
      remoteId: `c${index}`,
      contactNumber: `+1555999000${index}`,
      consent: { optedIn: true, since: T0 - 1000 },
    });
  const all = Array.from({ length: THREADS }, (_, index) => item(index));
  commitList(db, accountId, all);
  const ids: ConversationId[] = all.map(({ remoteId }) => idOf(db, remoteId));
  const optedOut = new Set<number>();

  const arrivals: Arrival[] = [];
  const afterOptOut: string[] = [];
  let answers: Answer[] = [];
  function arrive({ text, to, tag }: SendRequest) {
    arrivals.push({ text, to, tag, at: clock.now() });
    return { remoteId: `m${arrivals.length}`, status: "sent" as const, createdAt: clock.now() };
  }
  const unknown = () => new ProviderError("timeout", { mayHaveArrived: true });
  const provider: Provider = {
    messageOrder: "oldest_first",
    check: () => Promise.resolve(),
    listConversations: () => Promise.reject(new ProviderError("offline")),
    listMessages: () => Promise.reject(new ProviderError("offline")),
    listNumbers: () => Promise.resolve([]),
    clockOffsetMs: () => 0,
    async send(request) {
      if (all.some((one, index) => one.contactNumber === request.to && optedOut.has(index)))
        afterOptOut.push(request.text);
      // The request takes time: a crash may come while it is under way.
      await new Promise<void>((resolve) => clock.schedule(5, resolve));
      switch (answers.shift() ?? "ok") {
        case "ok":
          return arrive(request);
        case "offline":
          throw new ProviderError("offline");
        case "busy":
          throw new ProviderError("rate_limited", { retryAfterMs: 1_000 });
        case "refused":
          throw new ProviderError("rejected");
        case "arrived then lost":
          arrive(request);
          throw unknown();
        case "never arrived, not known":
          throw unknown();
      }
    },
    findSent({ tag }) {
      const index = arrivals.findIndex((one) => one.tag === tag);
      if (index === -1) return Promise.resolve(null);
      return Promise.resolve({ remoteId: `m${index + 1}`, status: "sent", createdAt: arrivals[index]!.at });
    },
  };

  /** One life of the process: after `dead` none of its late answers is stored. */
  function start() {
    let dead = false;
    const never = new Promise<never>(() => undefined);
    const base = createStores(db).outbox;
    const real = mutateStore(
      base,
      mutant,
      () => db.run("UPDATE outbox SET state = 'queued' WHERE state IN ('sending', 'unknown')").changes,
    );
    const store = Object.fromEntries(
      Object.entries(real).map(([name, call]) => [
        name,
        (input: never) => (dead ? never : (call as (given: never) => Promise<unknown>)(input)),
      ]),
    ) as unknown as typeof real;
    const dispatcher = createDispatcher({
      accountId,
      provider: { ...provider, send: (request) => (dead ? never : provider.send(request)) },
      store,
      clock,
      random: () => 0.5,
      paceMs: 100,
      onChanged: () => undefined,
      onBlocked: () => undefined,
      onError: (error) => {
        throw error;
      },
    });
    return { store, dispatcher, kill: () => (dead = true) };
  }

  let process = start();
  await process.store.recoverInterrupted({ now: clock.now() });
  const accepted = new Map<string, { text: string; thread: number; notBefore: number | null }>();
  for (const step of steps) {
    switch (step.kind) {
      case "reply": {
        const key = `${step.thread}/${step.key}`;
        const text = `reply ${key}`;
        const now = clock.now();
        const notBefore = step.notBeforeMs === null ? null : now + step.notBeforeMs;
        try {
          const stored = await process.store.enqueue({ conversationId: ids[step.thread]!, text, key, now, notBefore });
          if (!accepted.has(key) && stored.text !== "") accepted.set(key, { text, thread: step.thread, notBefore });
        } catch (error) {
          // The only refusal there is here.
          if (!(error instanceof AppError) || !optedOut.has(step.thread)) throw error;
        }
        process.dispatcher.kick();
        break;
      }
      case "answers":
        answers = [...step.answers];
        break;
      case "crash":
        process.kill();
        process = start();
        await process.store.recoverInterrupted({ now: clock.now() });
        process.dispatcher.kick();
        break;
      case "optOut":
        optedOut.add(step.thread);
        commitList(db, accountId, [{ ...item(step.thread), consent: { optedIn: false, since: clock.now() } }]);
        break;
      case "wait":
        await clock.advance(step.ms);
        break;
      case "personRetries":
        // What was under way has landed by the time a person has looked and decided.
        await clock.advance(10);
        for (const id of openIds("unknown")) await createRetry(id);
        process.dispatcher.kick();
        break;
    }
    await settle();
  }
  answers = [];
  process.kill();
  process = start();
  await process.store.recoverInterrupted({ now: clock.now() });
  process.dispatcher.kick();
  await clock.advance(1_000_000);

  function openIds(state: string): OutboxId[] {
    return db.all<{ id: OutboxId }>("SELECT id FROM outbox WHERE state = ?", state).map(({ id }) => id);
  }
  /** A person resends what is unknown only when the provider was asked and knows of none. */
  async function createRetry(id: OutboxId): Promise<void> {
    const row = db.get<{ tag: string }>("SELECT tag FROM outbox WHERE id = ?", id);
    if (arrivals.some(({ tag }) => tag === row?.tag)) return;
    await process.store.requeue({ id, failure: null, notBefore: null, now: clock.now() });
  }
  await process.dispatcher.stop();
  const rows = db.all<{ key: string; state: string; text: string }>("SELECT key, state, text FROM outbox ORDER BY id");
  return { db, arrivals, accepted, rows, afterOptOut, ids };
}

type History = Awaited<ReturnType<typeof live>>;

/** What the promises say against it, in words. */
function faultsOf(arrivals: readonly Arrival[], accepted: History["accepted"], rows: History["rows"]): string[] {
  const faults: string[] = [];
  const states = new Map(rows.map((row) => [row.key, row]));
  for (const [key, { text, notBefore }] of accepted) {
    const row = states.get(key);
    const count = countOf(arrivals, text);
    const arrivedAt = arrivals.find((one) => one.text === text)?.at ?? Infinity;
    if (row === undefined) faults.push(`${key} is not known any more`);
    if (count > 1) faults.push(`${key} was sent ${count} times`);
    if ((row?.state === "sent") !== (count === 1)) faults.push(`${key} is shown as ${row?.state}, sent ${count} times`);
    if (row?.state !== "sent" && row?.text !== text) faults.push(`${key} did not arrive and lost its text`);
    if (arrivedAt < (notBefore ?? 0)) faults.push(`${key} was sent before its time`);
  }
  return faults;
}

const countOf = (arrivals: readonly Arrival[], text: string) => arrivals.filter((one) => one.text === text).length;

it(
  "nothing is lost, nothing is doubled, and the state shown is the provider's truth",
  { timeout: 180_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        const { db, arrivals, accepted, rows, afterOptOut } = await live(steps, null);
        try {
          expect(faultsOf(arrivals, accepted, rows)).toEqual([]);
          expect(afterOptOut, "requests that left after the contact opted out").toEqual([]);
        } finally {
          db.close();
        }
      }),
      { numRuns: RUNS, seed: 20261121 },
    );
  },
);

it("replies of one thread arrive in the order they were written", { timeout: 180_000 }, async () => {
  const calm = fc.array(
    fc.oneof(
      fc.record({ kind: fc.constant("reply" as const), thread, key: fc.nat(12), notBeforeMs: fc.constant(null) }),
      fc.record({
        kind: fc.constant("answers" as const),
        answers: fc.array(fc.constantFrom<Answer>("ok", "offline", "arrived then lost", "busy")),
      }),
      fc.record({ kind: fc.constant("crash" as const) }),
      fc.record({ kind: fc.constant("wait" as const), ms: fc.integer({ min: 1, max: 5_000 }) }),
    ),
    { minLength: 4, maxLength: 30 },
  );
  await fc.assert(
    fc.asyncProperty(calm, async (steps) => {
      const { db, arrivals, accepted } = await live(steps, null);
      db.close();
      for (let index = 0; index < THREADS; index += 1) {
        const written = [...accepted.values()].filter((one) => one.thread === index).map(({ text }) => text);
        const arrived = arrivals.map(({ text }) => text).filter((text) => written.includes(text));
        // An unknown one that never arrived may be missing; what arrived keeps its order.
        expect(arrived).toEqual(written.filter((text) => arrived.includes(text)));
      }
    }),
    { numRuns: 150, seed: 20261121 },
  );
});

it.each(["retry an unknown", "in-memory duplicate guard"] as const)(
  "the mutant '%s' doubles a reply within these histories",
  { timeout: 180_000 },
  async (mutant) => {
    const outcome = await fc.check(
      fc.asyncProperty(history, async (steps) => {
        const { db, arrivals, accepted } = await live(steps, mutant);
        db.close();
        return [...accepted.values()].every(({ text }) => countOf(arrivals, text) <= 1);
      }),
      { numRuns: RUNS, seed: 20261121, endOnFailure: true },
    );
    expect(outcome.failed).toBe(true);
  },
);

it("a reply that is being sent cannot be taken out of the outbox", async () => {
  const { db, ids } = await live([], null);
  const { outbox } = createStores(db);
  const { id } = await outbox.enqueue({ conversationId: ids[0]!, text: "hello", key: "k", now: T0, notBefore: null });
  expect(await outbox.beginSend({ id, now: T0 })).toBe("go");
  expect(() => discard(db, { id })).toThrow("sending");
  db.close();
});
