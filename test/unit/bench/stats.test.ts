/** The statistics the benchmarks stand on: known samples, known answers. */
import { describe, expect, it } from "vitest";
import { interleave, pairedSpread, quantile, summarize } from "../../bench/stats.ts";

describe("quantiles", () => {
  it("interpolate between the two nearest ranks, whatever the order", () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(quantile([10, 20, 30], 0.95)).toBeCloseTo(29);
    expect([quantile([7], 0.99), quantile([1, 9], 0), quantile([1, 9], 1)]).toEqual([7, 1, 9]);
  });

  it("refuse what has no answer", () => {
    expect(() => quantile([], 0.5)).toThrow("no samples");
    expect(() => quantile([1, Number.NaN], 0.5)).toThrow("not a number");
  });

  it("leave the samples as they were", () => {
    const samples = [3, 1, 2];
    quantile(samples, 0.5);
    expect(samples).toEqual([3, 1, 2]);
  });
});

it("a summary holds the order statistics of its samples", () => {
  const samples = Array.from({ length: 101 }, (_, index) => index);
  expect(summarize(samples)).toEqual({ n: 101, min: 0, median: 50, p95: 95, p99: 99, max: 100 });
});

describe("pairs", () => {
  it("cancel noise that hits both sides", () => {
    expect(pairedSpread([2, 20, 200, 2_000, 20_000], [1, 10, 100, 1_000, 10_000])).toEqual({ low: 2, high: 2 });
    expect(() => pairedSpread([1, 2], [1])).toThrow("two sides");
  });

  it("are run in turns, and neither side is always first", async () => {
    const order: string[] = [];
    const side = (name: string) => (turn: number) => {
      order.push(`${name}${turn}`);
      return turn;
    };
    const samples = await interleave(3, side("a"), side("b"));
    expect(order).toEqual(["a0", "b0", "b1", "a1", "a2", "b2"]);
    expect(samples).toEqual({ ours: [0, 1, 2], theirs: [0, 1, 2] });
  });
});
