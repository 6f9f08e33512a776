/** The retention keeper's doubts: a clock that may be wrong removes only what is long overdue. */
import { beforeEach, describe, expect, it } from "vitest";
import { createRetentionKeeper } from "../../../../electron/sync/retention-keeper.ts";
import type { RetentionKeeper } from "../../../../electron/sync/retention-keeper.ts";
import { DAY_MS } from "../../../../electron/sync/retention.ts";
import type { AccountId } from "../../../../shared/domain.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";
import type { FakeClock } from "../../../fakes/fake-clock.ts";

const DAYS = 30;
const QUARTER_MS = 15 * 60_000;

let clock: FakeClock;
let known: boolean;
let leaps: number;
let cutoffs: number[];
let keeper: RetentionKeeper;
let accountIds: number[];
/** Whose report cannot be read. */
let broken: number | null;
let errors: unknown[];
/** Called in the middle of a run. */
let during: () => void;

beforeEach(() => {
  clock = createFakeClock();
  known = false;
  leaps = 0;
  cutoffs = [];
  during = () => undefined;
  accountIds = [1];
  broken = null;
  errors = [];
  keeper = createRetentionKeeper({
    store: {
      async report({ accountId }) {
        if (accountId === broken) throw new Error("cannot be read");
        return { learned: null, enforcedDays: DAYS };
      },
      pairs: async () => [],
      saveLearned: async () => undefined,
      clockOffset: async () => 0,
      async enforce({ cutoff }) {
        cutoffs.push(cutoff);
        during();
        return { changed: [], removedTexts: 0, more: false };
      },
    },
    clock,
    accountIds: async () => accountIds as AccountId[],
    isClockKnown: () => known,
    onLeap() {
      leaps += 1;
      known = false;
    },
    onRemoved: () => undefined,
    onError(error) {
      if (broken === null) throw error;
      errors.push(error);
    },
  });
});

const overdueBy = () => (clock.now() - DAYS * DAY_MS - (cutoffs.at(-1) ?? 0)) / DAY_MS;

describe("while the provider's clock was not seen in this run", () => {
  it("removes only what is overdue by days, and the rest as soon as it was", async () => {
    await keeper.run();
    expect(overdueBy()).toBe(4);
    known = true;
    keeper.soon();
    await clock.advance(1_000);
    expect(overdueBy()).toBe(0);
    await keeper.stop();
  });
});

it("runs when it was asked for, after a pause, and without one after half a minute", async () => {
  known = true;
  const ask = async (seconds: number) => {
    for (let at = 0; at < 4 * seconds; at += 1) {
      keeper.soon();
      await clock.advance(250);
    }
  };
  await ask(10);
  expect(cutoffs.length).toBe(0);
  await clock.advance(750);
  expect(cutoffs.length).toBe(1);
  await ask(65);
  expect(cutoffs.length).toBe(3);
  await keeper.stop();
});

it("runs once more for what was asked for while it ran", async () => {
  known = true;
  during = () => keeper.soon();
  await keeper.run();
  during = () => undefined;
  await clock.advance(1_000);
  expect(cutoffs.length).toBe(2);
  await clock.advance(QUARTER_MS - 1);
  expect(cutoffs.length).toBe(2);
  await clock.advance(1);
  expect(cutoffs.length).toBe(3);
  await keeper.stop();
});

describe("a clock that leaps ahead", () => {
  it("is doubted until the provider was heard again", async () => {
    known = true;
    await keeper.run();
    await clock.advance(QUARTER_MS);
    expect(leaps).toBe(0);
    expect(overdueBy()).toBe(0);
    clock.leap(3 * DAY_MS);
    await clock.advance(0);
    expect(leaps).toBe(1);
    expect(overdueBy()).toBe(4);
    await keeper.stop();
  });
});

describe("an account that cannot be kept", () => {
  it("is told of, and holds up no other", async () => {
    accountIds = [1, 2, 3];
    broken = 1;
    await keeper.run();
    expect(errors).toHaveLength(1);
    expect(cutoffs).toHaveLength(2);
    broken = null;
    await clock.advance(QUARTER_MS);
    expect(errors).toHaveLength(1);
    expect(cutoffs).toHaveLength(5);
  });
});
