import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createClockStore } from "../../../../renderer/stores/clock-store.ts";

const MINUTE_MS = 60_000;

describe("the clock", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("tells the time once a minute, until it is stopped", () => {
    let now = 5;
    const clock = createClockStore(
      () => now,
      () => "Europe/Berlin",
    );
    const stop = clock.start();
    now = 7;
    vi.advanceTimersByTime(MINUTE_MS - 1);
    expect(clock.getState().now).toBe(5);
    vi.advanceTimersByTime(1);
    expect(clock.getState()).toEqual({ now: 7, moves: 0 });
    stop();
    now = 9;
    vi.advanceTimersByTime(10 * MINUTE_MS);
    expect(clock.getState().now).toBe(7);
  });

  it("counts the changes of the zone, and no first look as one", () => {
    let zone = "Europe/Berlin";
    const clock = createClockStore(
      () => 1,
      () => zone,
    );
    const moves = () => {
      clock.tick();
      return clock.getState().moves;
    };
    expect([moves(), moves()]).toEqual([0, 0]);
    zone = "Asia/Tokyo";
    expect([moves(), moves()]).toEqual([1, 1]);
    zone = "Europe/Berlin";
    expect(moves()).toBe(2);
  });
});
