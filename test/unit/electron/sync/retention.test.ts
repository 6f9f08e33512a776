/** Learning a retention window: enough evidence or nothing. */
import { describe, expect, it } from "vitest";
import { DAY_MS, learnRetention, retentionCutoff } from "../../../../electron/sync/retention.ts";

const T0 = Date.UTC(2026, 0, 10, 8);
/** A message sent `day` days after T0, removed by a daily job about `days` later. */
const pair = (day: number, days: number, slackHours = 0) => ({
  sentAt: T0 + day * DAY_MS,
  removedAt: T0 + (day + days) * DAY_MS + slackHours * 3_600_000,
});

describe("learnRetention", () => {
  it("learns from five agreeing pairs, within the slack of a daily job", () => {
    const pairs = [pair(0, 90, -5), pair(1, 90, 2), pair(2, 90), pair(3, 90, 8), pair(4, 90, -11)];
    expect(learnRetention(pairs)).toEqual({ days: 90, agreeing: 5, pairs: 5 });
  });

  it("learns nothing from one sample, nor from four", () => {
    expect(learnRetention([pair(0, 90)])).toBeNull();
    expect(learnRetention([0, 1, 2, 3].map((day) => pair(day, 90)))).toBeNull();
  });

  it("learns nothing from one erasure, however many messages it took", () => {
    const removedAt = T0 + 40 * DAY_MS;
    const sameDay = Array.from({ length: 20 }, (_, index) => ({ sentAt: T0 + index * 60_000, removedAt }));
    expect(learnRetention(sameDay)).toBeNull();
    const wholeThread = Array.from({ length: 30 }, (_, day) => ({ sentAt: T0 + day * DAY_MS, removedAt }));
    expect(learnRetention(wholeThread)).toBeNull();
  });

  it("learns nothing while the pairs disagree", () => {
    expect(learnRetention([10, 20, 30, 40, 50, 60].map((days, day) => pair(day, days)))).toBeNull();
  });

  it("is not misled by a few erasures among many agreeing pairs, nor by clocks that run backwards", () => {
    const agreeing = Array.from({ length: 20 }, (_, day) => pair(day, 30));
    const odd = [pair(3, 2), pair(4, 5), { sentAt: T0, removedAt: T0 - 1 }];
    expect(learnRetention([...agreeing, ...odd])).toMatchObject({ days: 30, agreeing: 20 });
  });
});

it("counts the window on the provider's clock", () => {
  expect(retentionCutoff(90, T0, 3_600_000)).toBe(T0 + 3_600_000 - 90 * DAY_MS);
});
