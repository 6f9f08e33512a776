/** The logger: allow-listed fields only, and never in the way. */
import { describe, expect, it } from "vitest";
import { createLog } from "../../../electron/log.ts";
import type { LogFields } from "../../../electron/log.ts";

const AT = Date.UTC(2026, 3, 28, 12);

function logged(fields: Record<string, unknown>): Record<string, unknown> {
  const lines: string[] = [];
  createLog(
    (line) => lines.push(line),
    () => AT,
  ).info("event", fields);
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toContain("\n");
  return JSON.parse(lines[0]!) as Record<string, unknown>;
}

describe("createLog", () => {
  it("writes time, level, event and the fields of the list", () => {
    const fields = { accountId: 1, code: "timeout", status: 500, requestId: "r", host: "h", call: "c" };
    const rest = { count: 0, ms: 1.5, stage: "ready", reason: null, name: "Error" };
    expect(logged({ ...fields, ...rest })).toEqual({
      at: "2026-04-28T12:00:00.000Z",
      level: "info",
      event: "event",
      ...fields,
      ...rest,
    });
  });

  it("drops every other field, and values that may hold anything", () => {
    const canary = "am_live_canary";
    const others = { body: canary, apiKey: canary, url: canary, message: canary, toString: canary, at: canary };
    const shapes = { name: { apiKey: canary }, reason: [canary], host: () => canary, level: canary, event: canary };
    const line = logged({ ...others, ...shapes, code: "ok" });
    expect(line).toEqual({ at: "2026-04-28T12:00:00.000Z", level: "info", event: "event", code: "ok" });
  });

  it("cuts long texts and keeps one event on one line", () => {
    const line = logged({ reason: `a\nb${"x".repeat(1_000)}` });
    expect(line["reason"]).toHaveLength(200);
  });

  it("does not throw when a line cannot be written", () => {
    const log = createLog(
      () => {
        throw new Error("EPIPE");
      },
      () => AT,
    );
    expect(() => log.warn("event", { code: "x" })).not.toThrow();
    expect(() =>
      createLog(
        () => {},
        () => Number.NaN,
      ).warn("event"),
    ).not.toThrow();
    expect(() => log.info("event", { count: 1n } as unknown as LogFields)).not.toThrow();
  });

  it("tells warnings from the rest", () => {
    const lines: string[] = [];
    createLog(
      (line) => lines.push(line),
      () => AT,
    ).warn("event");
    expect(lines[0]).toContain('"level":"warn"');
  });
});
