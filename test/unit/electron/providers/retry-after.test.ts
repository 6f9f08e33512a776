/** Retry-After in both forms, clamped: no server may make us hammer it or wait for a day. */
import { describe, expect, it } from "vitest";
import { retryAfterMs } from "../../../../electron/providers/http.ts";

const NOW = Date.UTC(2026, 3, 28, 12);
const httpDate = (ms: number) => new Date(ms).toUTCString();

const CASES: ReadonlyArray<readonly [value: string | null, ms: number | null]> = [
  [null, null],
  ["", null],
  ["soon", null],
  ["0", 1_000],
  ["1", 1_000],
  ["7", 7_000],
  [" 7 ", 7_000],
  ["3600", 3_600_000],
  ["86400", 3_600_000],
  ["9".repeat(400), 3_600_000],
  [httpDate(NOW + 90_000), 90_000],
  [httpDate(NOW), 1_000],
  [httpDate(NOW - 90_000), 1_000],
  [httpDate(NOW + 86_400_000), 3_600_000],
];

describe("retryAfterMs", () => {
  it.each(CASES)("reads %j as %j", (value, ms) => {
    const headers = new Headers(value === null ? {} : { "Retry-After": value });
    expect(retryAfterMs(headers, NOW)).toBe(ms);
  });

  it("measures a date by the server's clock, so that a wrong clock here does not matter", () => {
    const headers = new Headers({ "Retry-After": httpDate(NOW + 90_000), Date: httpDate(NOW) });
    expect(retryAfterMs(headers, NOW - 7 * 3_600_000)).toBe(90_000);
    expect(retryAfterMs(headers, NOW + 7 * 3_600_000)).toBe(90_000);
  });
});
