/** Changes gathered into one push. */
import { describe, expect, it } from "vitest";
import { createChanges } from "../../../../electron/app/changes.ts";
import type { ConversationId } from "../../../../shared/domain.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";

const ids = (...list: number[]) => list as ConversationId[];

function setUp() {
  const clock = createFakeClock();
  const pushes: Array<ConversationId[] | null> = [];
  return { clock, pushes, changes: createChanges(clock, 40, (list) => pushes.push(list)) };
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
    const { clock, pushes, changes } = setUp();
    changes.add(ids(1));
    changes.all();
    await clock.advance(40);
    changes.add(Array.from({ length: 200 }, (_, index) => (index + 1) as ConversationId));
    await clock.advance(40);
    changes.add(Array.from({ length: 201 }, (_, index) => (index + 1) as ConversationId));
    await clock.advance(40);
    changes.add(ids(7));
    await clock.advance(40);
    expect(pushes.map((push) => push?.length ?? null)).toEqual([null, 200, null, 1]);
  });

  it("loses nothing that is added while it pushes", async () => {
    const clock = createFakeClock();
    const pushes: Array<ConversationId[] | null> = [];
    const changes = createChanges(clock, 40, (list) => {
      pushes.push(list);
      if (pushes.length === 1) changes.add(ids(2));
    });
    changes.add(ids(1));
    await clock.advance(80);
    expect(pushes).toEqual([[1], [2]]);
  });
});
