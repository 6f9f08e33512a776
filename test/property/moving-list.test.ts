/**
 * However a list moves while it is paged, and wherever the sync is cut off, the cache ends equal to the server.
 *
 * Seeded. Each guard has a broken variant that these runs must catch.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_CONFIG } from "../../electron/sync/state.ts";
import { ListSync, MovingList } from "../helpers/moving-list.ts";
import type { Entry, Mutant } from "../helpers/moving-list.ts";
import { T0 } from "../helpers/test-database.ts";

const RUNS = 2_000;
const HARD_RUNS = 60;
const SEED = 20260428;

type Action =
  | { readonly type: "bump"; readonly which: number; readonly lagMs: number }
  | { readonly type: "add"; readonly lagMs: number }
  | { readonly type: "redact"; readonly which: number }
  | { readonly type: "overtake"; readonly pages: number }
  | { readonly type: "work" | "sleep" | "crash" | "crashAtCommit" | "failAtCommit" | "expire" }
  | { readonly type: "pause"; readonly ms: number };

const lag = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 90_000 }) },
);
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 8, arbitrary: fc.constant({ type: "work" } as const) },
  {
    weight: 3,
    arbitrary: fc.record({ type: fc.constant("overtake" as const), pages: fc.integer({ min: 1, max: 5 }) }),
  },
  { weight: 4, arbitrary: fc.record({ type: fc.constant("bump" as const), which: fc.nat(99), lagMs: lag }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("add" as const), lagMs: lag }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("redact" as const), which: fc.nat(99) }) },
  { weight: 1, arbitrary: fc.constantFrom<Action>({ type: "sleep" }, { type: "crash" }, { type: "crashAtCommit" }) },
  { weight: 1, arbitrary: fc.constant({ type: "failAtCommit" } as const) },
  { weight: 2, arbitrary: fc.constant({ type: "expire" } as const) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("pause" as const), ms: fc.integer({ min: 1, max: 20_000 }) }) },
);

const scenario = fc.record({
  conversations: fc.integer({ min: 0, max: 40 }),
  pageSize: fc.integer({ min: 1, max: 10 }),
  /** Several conversations share a moment, so that page edges fall between equal times. */
  ties: fc.boolean(),
  actions: fc.array(action, { minLength: 5, maxLength: 60 }),
});

/**
 * A pass that the process does not live through, under cursors that run out twice: the next one begins at the top with
 * what the disk says of the mark.
 */
const hard = fc.record({
  conversations: fc.integer({ min: 10, max: 40 }),
  pageSize: fc.integer({ min: 1, max: 4 }),
  ties: fc.boolean(),
  actions: fc.array(
    fc.oneof(
      { weight: 8, arbitrary: fc.constant<Action>({ type: "work" }) },
      { weight: 2, arbitrary: fc.constant<Action>({ type: "crash" }) },
      { weight: 3, arbitrary: fc.constant<Action>({ type: "expire" }) },
      { weight: 1, arbitrary: fc.record({ type: fc.constant("bump" as const), which: fc.nat(99), lagMs: lag }) },
    ),
    { minLength: 10, maxLength: 60 },
  ),
});

interface Scenario {
  conversations: number;
  pageSize: number;
  ties: boolean;
  actions: Action[];
}

/** The order of the list is right after a few polls; what was removed without moving the list, after a sweep. */
interface Outcome {
  readonly polled: string[];
  readonly swept: Entry[];
  readonly wanted: Entry[];
  readonly problems: readonly string[];
  readonly together: number;
}

const order = (entries: readonly Entry[]) => entries.map(({ id, at }) => `${id}@${at}`);

function run({ conversations, pageSize, ties, actions }: Scenario, mutant: Mutant): Outcome {
  const server = new MovingList();
  for (let index = 0; index < conversations; index += 1) {
    const at = T0 - (ties ? Math.floor(index / 3) : index) * 60_000 - 3_600_000;
    server.change({ id: String(1000 + index), at, text: `first ${index}`, redactedAt: null }, 0);
  }
  const sync = new ListSync(server, pageSize, mutant);
  let next = 1000 + conversations;
  for (const [index, act] of actions.entries()) {
    const entries = server.sorted();
    const chosen = "which" in act ? entries[act.which % Math.max(1, entries.length)] : undefined;
    server.now += 1;
    switch (act.type) {
      case "work":
        sync.work();
        break;
      case "overtake":
        for (let page = 0; page < act.pages; page += 1) sync.overtake();
        break;
      case "bump":
        if (chosen !== undefined) {
          server.change({ id: chosen.id, at: server.now, text: `news ${index}`, redactedAt: null }, act.lagMs);
        }
        break;
      case "add":
        server.change({ id: String(next), at: server.now, text: `new ${index}`, redactedAt: null }, act.lagMs);
        next += 1;
        break;
      case "redact":
        if (chosen?.redactedAt === null) server.change({ ...chosen, text: null, redactedAt: server.now }, 0);
        break;
      case "sleep":
        sync.sleepAndResume();
        break;
      case "crash":
        sync.restart();
        break;
      case "crashAtCommit":
        sync.crashAtCommit = true;
        break;
      case "failAtCommit":
        sync.failAtCommit = true;
        break;
      case "expire":
        server.expireCursors();
        break;
      case "pause":
        sync.elapse(act.ms);
        break;
    }
  }
  sync.crashAtCommit = false;
  sync.failAtCommit = false;
  // Quiet: late changes show up, two polls go by, and one sweep finds what does not move the list.
  sync.elapse(120_000);
  for (let poll = 0; poll < 4; poll += 1) sync.elapse(DEFAULT_CONFIG.backgroundPollMs + 1);
  const polled = order(sync.shown());
  sync.elapse(DEFAULT_CONFIG.sweepEveryMs + DEFAULT_CONFIG.backgroundPollMs);
  for (let poll = 0; poll < 2; poll += 1) sync.elapse(DEFAULT_CONFIG.backgroundPollMs + 1);
  const swept = sync.shown();
  sync.db.close();
  const { problems, together } = sync;
  return { polled, swept, wanted: server.sorted().map((entry) => ({ ...entry })), problems, together };
}

/** Whether a broken variant still ends equal to the server in all runs. */
function survives(scenarios: fc.Arbitrary<Scenario>, mutant: Mutant, numRuns: number): boolean {
  const holds = fc.property(scenarios, (one) => {
    const { polled, wanted } = run(one, mutant);
    return polled.join() === order(wanted).join();
  });
  return !fc.check(holds, { numRuns, seed: SEED, endOnFailure: true }).failed;
}

describe("a list that moves while it is paged", () => {
  it(`ends equal to the server in ${RUNS} runs with crashes, sleep, late changes and expired cursors`, () => {
    let storedTogether = 0;
    fc.assert(
      fc.property(scenario, (one) => {
        const { polled, swept, wanted, problems, together } = run(one, "none");
        expect(problems).toEqual([]);
        expect(polled).toEqual(order(wanted));
        expect(swept).toEqual(wanted);
        storedTogether += together;
      }),
      { numRuns: RUNS, seed: SEED },
    );
    // Otherwise the runs would say nothing about pages that are stored together.
    expect(storedTogether).toBeGreaterThan(RUNS / 10);
  }, 240_000);

  it.each([
    "mark before the pass ends",
    "cursor before rows",
    "no overlap",
    "the page read ahead is stored first",
    "the place runs ahead with what was read",
    "only the last of the pages stored together has its rows",
    "what was read ahead outlives a failed commit",
  ] as const)(
    "catches: %s",
    (mutant) => {
      expect(survives(scenario, mutant, RUNS)).toBe(false);
    },
    240_000,
  );

  it(`ends equal to the server in ${HARD_RUNS} runs in which no pass lives to its end at once`, () => {
    expect(survives(hard, "none", HARD_RUNS)).toBe(true);
  });

  it.each(["mark before the pass ends", "mark stored before the pass ends"] as const)("catches there: %s", (mutant) => {
    expect(survives(hard, mutant, HARD_RUNS)).toBe(false);
  });
});
