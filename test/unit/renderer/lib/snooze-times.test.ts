import { describe, expect, it } from "vitest";
import { snoozeTimes } from "../../../../renderer/lib/snooze-times.ts";

/** Local times on purpose: that is what is promised. April 15, 2026 is a Wednesday. */
const at = (day: number, hour: number, minute = 0) => new Date(2026, 3, day, hour, minute).getTime();

describe("the moments to snooze until", () => {
  it("are later today on a half hour, tomorrow morning and Monday morning", () => {
    expect(snoozeTimes(at(15, 10, 12))).toEqual({ later: at(15, 13, 30), tomorrow: at(16, 9), nextWeek: at(20, 9) });
    expect(snoozeTimes(at(15, 10, 40)).later).toBe(at(15, 14));
  });

  it("leave out later today in the evening", () => {
    expect(snoozeTimes(at(15, 18, 10)).later).toBe(at(15, 21, 30));
    expect(snoozeTimes(at(15, 19, 10)).later).toBeNull();
    expect(snoozeTimes(at(15, 23, 50)).later).toBeNull();
  });

  it("mean the Monday to come, also on a Sunday and on a Monday", () => {
    expect(snoozeTimes(at(19, 8)).nextWeek).toBe(at(20, 9));
    expect(snoozeTimes(at(20, 8)).nextWeek).toBe(at(27, 9));
  });

  it("are always in the future", () => {
    for (let hour = 0; hour < 24 * 7; hour += 1) {
      const now = at(13, 0) + hour * 3_600_000;
      for (const moment of Object.values(snoozeTimes(now))) expect(moment ?? Infinity).toBeGreaterThan(now);
    }
  });
});
