/** Changes gathered into one push. */
import { describe, expect, it } from "vitest";
import { createChanges } from "../../../../electron/app/changes.ts";
import type { ConversationId } from "../../../../shared/domain.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";

const ids = (...list: number[]) => list as ConversationId[];

const TIMING = { delayMs: 40, restMs: 250 };
const many = (count: number) => Array.from({ length: count }, (_, index) => (index + 1) as ConversationId);

function setUp() {
  const clock = createFakeClock();
  const pushes: Array<ConversationId[] | null> = [];
  return { clock, pushes, changes: createChanges(clock, TIMING, (list) => pushes.push(list)) };
}

describe("createChanges", () => {
  it("pushes each id once, within the delay, in one push", async () => {
    const { clock, pushes, changes } = setUp();
    changes.add(ids(1, 2));
    await clock.advance(39);
    changes.add(ids(2, 3));
    expect(pushes).toEqual([]);
    await clock.advance(1);
    expect(pushes).toEqual([[1, 2, 3]]);
    await clock.advance(1_000);
    expect(pushes).toHaveLength(1);
  });

  it("starts anew after a push", async () => {
    const { clock, pushes, changes } = setUp();
    changes.add(ids(1));
    await clock.advance(40);
    changes.add(ids(2));
    await clock.advance(40);
    expect(pushes).toEqual([[1], [2]]);
  });

  it("says nothing when nothing changed", async () => {
    const { clock, pushes, changes } = setUp();
    changes.add([]);
    await clock.advance(1_000);
    expect([pushes, clock.pending()]).toEqual([[], 0]);
  });

  it("says 'anything' when asked to and when there are many, and forgets it afterwards", async () => {
    for (const tell of ["asked", "many", "few and few again"]) {
      const { clock, pushes, changes } = setUp();
      changes.add(many(30));
      if (tell === "asked") changes.all();
      else if (tell === "many") changes.add(many(51));
      else changes.add(many(90).slice(50));
      await clock.advance(40);
      changes.add(ids(7));
      await clock.advance(40);
      expect(pushes).toEqual([null, [7]]);
    }
  });

  it("says 'anything' at a pace while it goes on, and the last of it too", async () => {
    const { clock, pushes, changes } = setUp();
    for (let page = 0; page < 100; page += 1) {
      changes.add(many(200));
      await clock.advance(10);
    }
    await clock.advance(1_000);
    // At 40, 290, 540, 790 and once more for what came after that.
    expect(pushes).toEqual([null, null, null, null, null]);
    expect(clock.pending()).toBe(0);
  });

  it("does not keep a few waiting for the pace of many", async () => {
    const { clock, pushes, changes } = setUp();
    changes.add(many(200));
    await clock.advance(40);
    changes.add(many(200));
    changes.add(ids(7));
    await clock.advance(40);
    expect(pushes).toEqual([null, [7]]);
    await clock.advance(210);
    expect(pushes).toEqual([null, [7], null]);
  });

  it("is not held up by a clock that was set back", async () => {
    const { clock, pushes, changes } = setUp();
    changes.all();
    await clock.advance(40);
    clock.leap(-3_600_000);
    changes.all();
    await clock.advance(40);
    expect(pushes).toEqual([null, null]);
  });

  it("loses nothing that is added while it pushes", async () => {
    const clock = createFakeClock();
    const pushes: Array<ConversationId[] | null> = [];
    const changes = createChanges(clock, TIMING, (list) => {
      pushes.push(list);
      if (pushes.length === 1) changes.add(ids(2));
    });
    changes.add(ids(1));
    await clock.advance(80);
    expect(pushes).toEqual([[1], [2]]);
  });
});
