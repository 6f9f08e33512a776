/** The last line of the test run can be believed: nothing that went wrong counts as nothing. */
import { describe, expect, it } from "vitest";
import { countPlaywright, countRun, countVitest } from "../../../scripts/test-counts.mjs";

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((test) => ({ status: test })),
});

describe("countVitest", () => {
  it("adds up tests", () => {
    const testResults = [file("passed", "passed", "passed"), file("failed", "passed", "failed")];
    expect(countVitest({ numPassedTests: 3, numFailedTests: 1, testResults })).toEqual({ passed: 3, failed: 1 });
  });

  it("counts a file that could not be loaded", () => {
    const testResults = [file("passed", "passed"), file("failed")];
    expect(countVitest({ numPassedTests: 1, numFailedTests: 0, testResults })).toEqual({ passed: 1, failed: 1 });
  });
});

describe("countPlaywright", () => {
  it("counts flaky tests and global errors as failures", () => {
    const report = { stats: { expected: 5, unexpected: 1, flaky: 1 }, errors: [{}] };
    expect(countPlaywright(report)).toEqual({ passed: 5, failed: 3 });
  });
});

describe("countRun", () => {
  it("passes on a good run", () => {
    expect(countRun({ passed: 4, failed: 0 }, 0)).toEqual({ passed: 4, failed: 0 });
  });

  it("does not count a failure twice", () => {
    expect(countRun({ passed: 4, failed: 2 }, 1)).toEqual({ passed: 4, failed: 2 });
  });

  it.each([
    ["no report", null, 0],
    ["no report and a crash", null, 139],
    ["a crash after a good report", { passed: 4, failed: 0 }, 1],
    ["not a single test", { passed: 0, failed: 0 }, 0],
  ])("fails with %s", (_name, counts, exitCode) => {
    expect(countRun(counts, exitCode).failed).toBe(1);
  });
});
