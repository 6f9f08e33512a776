/** The purge after removals: soon, once for many, again until it is done, and never after the database is closed. */
import { describe, expect, it } from "vitest";
import { createPurger } from "../../../../electron/sync/purger.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";

/** @param answers  what the store says, the last of them for ever; an error is thrown */
function setUp(...answers: readonly (boolean | Error)[]) {
  const clock = createFakeClock();
  const errors: unknown[] = [];
  const world = { runs: 0, during: () => {} };
  const purger = createPurger(
    {
      async purge() {
        const answer = answers[Math.min(world.runs, answers.length - 1)] ?? true;
        world.runs += 1;
        world.during();
        if (answer instanceof Error) throw answer;
        return { done: answer };
      },
    },
    clock,
    (error) => errors.push(error),
  );
  return { purger, clock, errors, world };
}

describe("the purger", () => {
  it("runs once for what is asked for within a moment", async () => {
    const { purger, clock, world } = setUp(true);
    for (let times = 0; times < 50; times += 1) purger.request();
    expect(world.runs).toBe(0);
    await clock.advance(60_000);
    expect([world.runs, clock.pending()]).toEqual([1, 0]);
  });

  it("runs again until it is done, also after a failure", async () => {
    const broken = new Error("busy");
    const { purger, clock, errors, world } = setUp(false, broken, true);
    purger.request();
    await clock.advance(60_000);
    expect([world.runs, errors, clock.pending()]).toEqual([3, [broken], 0]);
  });

  it("runs once more for what is asked for while it runs", async () => {
    const { purger, clock, world } = setUp(true);
    world.during = () => {
      if (world.runs === 1) purger.request();
    };
    purger.request();
    await clock.advance(60_000);
    expect([world.runs, clock.pending()]).toEqual([2, 0]);
  });

  it("does what is asked for before it stops", async () => {
    const { purger, world } = setUp(true);
    purger.request();
    await purger.stop();
    expect(world.runs).toBe(1);
  });

  it("leaves a purge that fails at the end to the next start, instead of trying a closed database for ever", async () => {
    const { purger, clock, errors, world } = setUp(new Error("the database is closed"));
    purger.request();
    await purger.stop();
    purger.request();
    await clock.advance(60_000);
    expect([world.runs, errors.length, clock.pending()]).toEqual([1, 1, 0]);
  });
});
