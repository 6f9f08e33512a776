/** The one timer that wakes snoozed conversations. */
import { describe, expect, it } from "vitest";
import type { ConversationId } from "../../../../shared/domain.ts";
import { createSnoozeKeeper } from "../../../../electron/sync/snooze-keeper.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";

const HOUR = 3_600_000;

function setUp() {
  const clock = createFakeClock();
  const due = new Map<number, number>();
  const woken: number[] = [];
  const errors: unknown[] = [];
  let asked = 0;
  let failing = false;
  const keeper = createSnoozeKeeper({
    clock,
    store: {
      async nextWakeAt() {
        return due.size === 0 ? null : Math.min(...due.values());
      },
      async wake({ now }) {
        asked += 1;
        if (failing) throw new Error("busy");
        const ids = [...due].filter(([, at]) => at <= now).map(([id]) => id as ConversationId);
        for (const id of ids) due.delete(id);
        return ids;
      },
    },
    onWoken: (ids) => woken.push(...ids),
    onError: (error) => errors.push(error),
  });
  return { clock, due, woken, errors, keeper, asked: () => asked, fail: (value: boolean) => (failing = value) };
}

describe("the snooze keeper", () => {
  it("has no timer while nothing is snoozed", async () => {
    const { clock, keeper } = setUp();
    await keeper.check();
    expect(clock.pending()).toBe(0);
  });

  it("wakes each on time, without asking in between", async () => {
    const { clock, due, keeper, woken, asked } = setUp();
    due.set(1, clock.now() + HOUR).set(2, clock.now() + 2 * HOUR);
    await keeper.check();
    await clock.advance(HOUR - 1);
    expect([woken, asked()]).toEqual([[], 1]);
    await clock.advance(1);
    expect(woken).toEqual([1]);
    await clock.advance(HOUR);
    expect([woken, asked(), clock.pending()]).toEqual([[1, 2], 3, 0]);
  });

  it("keeps one timer, for the nearest, also beyond the longest timer there is", async () => {
    const { clock, due, keeper, woken } = setUp();
    due.set(1, clock.now() + 60 * 24 * HOUR);
    await keeper.check();
    due.set(2, clock.now() + HOUR);
    await Promise.all([keeper.check(), keeper.check()]);
    expect(clock.pending()).toBe(1);
    await clock.advance(HOUR);
    expect(woken).toEqual([2]);
    await clock.advance(60 * 24 * HOUR);
    expect(woken).toEqual([2, 1]);
  });

  it("tries again after a failure, and stops for good", async () => {
    const { clock, due, keeper, woken, errors, fail } = setUp();
    due.set(1, clock.now());
    fail(true);
    await keeper.check();
    expect(errors).toHaveLength(1);
    fail(false);
    await clock.advance(60_000);
    expect(woken).toEqual([1]);
    due.set(2, clock.now() + 1);
    await keeper.check();
    await keeper.stop();
    await clock.advance(HOUR);
    expect([woken, clock.pending()]).toEqual([[1], 0]);
  });
});
