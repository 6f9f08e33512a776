/** What a run says of itself: a goal that was missed and a rival that was faster must stand there as such. */
import { describe, expect, it } from "vitest";
import { chartOf, shareOfGoal } from "../../bench/chart.ts";
import { formatNumber, pageOf, tableOf } from "../../bench/report.ts";
import { isAhead, isMet } from "../../bench/result.ts";
import type { Figure, Run } from "../../bench/result.ts";
import { summarize } from "../../bench/stats.ts";

const figure = (change: Partial<Figure> = {}): Figure => ({
  name: "open",
  title: "Open <it>",
  unit: "ms",
  isRate: false,
  ours: summarize([30]),
  limitName: "the limit",
  limit: summarize([20]),
  value: 1.5,
  spread: null,
  goal: { kind: "at_most", value: 2, unit: "" },
  notes: [],
  rivals: [],
  ...change,
});

const run = (figures: readonly Figure[]): Run => ({
  mode: "quick",
  startedAt: "2026-11-21T14:00:00.000Z",
  seconds: 100,
  commit: "abc",
  machine: {
    cpu: "A CPU",
    cores: 2,
    memoryGb: 24,
    kernel: "Linux",
    node: "24",
    electron: "42",
    sqlite: "3",
    loadAtStart: 7,
    loadAtEnd: 1,
  },
  data: { conversations: 10, messages: 100 },
  figures,
  failed: [{ name: "idle", reason: "it broke" }],
});

describe("goals", () => {
  it.each([
    ["at_most", 2, 2, true],
    ["at_most", 2, 2.01, false],
    ["at_most", 0, 1, false],
    ["at_least", 0.8, 0.8, true],
    ["at_least", 0.8, 0.79, false],
  ] as const)("%s %d, with %d: %s", (kind, value, measured, met) => {
    const measuredFigure = figure({ value: measured, goal: { kind, value, unit: "" } });
    expect(isMet(measuredFigure)).toBe(met);
    expect(shareOfGoal(measuredFigure) <= 1).toBe(met);
  });
});

describe("the report", () => {
  const missed = figure({ name: "cold", title: "Cold start", value: 3 });
  const slowRival = { name: "Slow", summary: summarize([60]), terms: "t" };
  const fastRival = { name: "Fast", summary: summarize([10]), terms: "t" };

  it("says which goals were met and which missed", () => {
    const table = tableOf([figure(), missed]).split("\n");
    expect(table[1]).toMatch(/^open .*1\.50x .*<= 2x +met$/);
    expect(table[2]).toMatch(/^cold .*MISSED$/);
    expect(pageOf(run([figure(), missed]))).toContain("1 of 2 goals met");
  });

  it("says where a rival is ahead", () => {
    const rivalled = figure({ rivals: [slowRival, fastRival] });
    expect([isAhead(rivalled, slowRival), isAhead(rivalled, fastRival)]).toEqual([true, false]);
    const page = pageOf(run([rivalled]));
    expect(page).toMatch(/Slow.*2\.00x as fast/);
    expect(page).toMatch(/Fast.*\*\*behind\*\*: 3\.00x slower/);
  });

  it("names the run, the machine, other work at the same time, and what could not be measured", () => {
    const page = pageOf(run([figure()]));
    for (const words of ["`--quick`", "commit abc", "A CPU, 2 cores", "other work ran", "idle could not be measured"]) {
      expect(page).toContain(words);
    }
  });

  it("draws a bar per figure, longer past the goal, and escapes names", () => {
    const chart = chartOf([figure(), missed]);
    expect(chart.match(/class="(met|missed)"/g)).toEqual(['class="met"', 'class="missed"']);
    expect(chart).toContain("Open &lt;it&gt;");
    expect(chart).not.toContain("Open <it>");
  });

  it.each([
    [0.123, "0.12"],
    [12.34, "12.3"],
    [123.4, "123"],
    [12_345.6, "12,346"],
  ])("writes %d as %s", (value, text) => expect(formatNumber(value)).toBe(text));
});
