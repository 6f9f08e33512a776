/** The AgentMessage adapter: what each error answer is called, and which facts of it are kept. */
import { describe, expect, it } from "vitest";
import {
  clock,
  failureOf,
  find,
  fixture,
  list,
  listNext,
  numbers,
  send,
  thread,
  threadNext,
} from "./agentmessage-rig.ts";
import type { Act } from "./agentmessage-rig.ts";
import { sendJson } from "./local-server.ts";
import type { Handle } from "./local-server.ts";

describe("error answers", () => {
  const envelope = (code: string, message = "no", details?: unknown) => ({
    success: false,
    error: { code, message, request_id: "01JTBQH2FZ8K1RXC0WJ4Z9P3VM", details },
  });
  const status =
    (code: number, body: unknown = envelope("X"), headers: Record<string, string> = {}): Handle =>
    (response) =>
      sendJson(response, code, body, headers);

  const CASES: ReadonlyArray<readonly [number, string, Act, string, boolean]> = [
    [401, "UNAUTHORIZED", list, "key_refused", false],
    [401, "UNAUTHORIZED", send, "key_refused", false],
    [403, "FORBIDDEN", send, "scope_missing", false],
    [404, "NOT_FOUND", list, "wrong_address", false],
    [404, "NOT_FOUND", send, "wrong_address", false],
    [404, "NOT_FOUND", thread, "not_found", false],
    [410, "GONE", thread, "not_found", false],
    [404, "NOT_FOUND", threadNext, "cursor_invalid", false],
    [400, "INVALID_INPUT", listNext, "cursor_invalid", false],
    [410, "GONE", listNext, "cursor_invalid", false],
    [422, "VALIDATION_FAILED", listNext, "cursor_invalid", false],
    [422, "VALIDATION_FAILED", list, "rejected", false],
    [422, "VALIDATION_FAILED", send, "rejected", false],
    [422, "LINE_TYPE_BLOCKED", send, "rejected", false],
    [453, "CONSENT_REQUIRED", send, "consent_required", false],
    [453, "SOMETHING_NEW", send, "consent_required", false],
    [422, "CONSENT_REQUIRED", send, "consent_required", false],
    [429, "RATE_LIMITED", list, "rate_limited", false],
    [429, "RATE_LIMITED", send, "rate_limited", false],
    [408, "TIMEOUT", send, "timeout", true],
    [500, "INTERNAL", list, "server_error", false],
    [500, "INTERNAL", send, "server_error", true],
    [502, "BAD_GATEWAY", send, "server_error", true],
    [503, "UNAVAILABLE", thread, "server_error", false],
    [418, "TEAPOT", list, "rejected", false],
  ];

  it.each(CASES)("%i %s", async (code, word, act, result, mayHaveArrived) => {
    const error = await failureOf(act, status(code, envelope(word)));
    expect(error).toMatchObject({ code: result, mayHaveArrived });
    expect(error.detail).toMatchObject({ status: String(code), requestId: "01JTBQH2FZ8K1RXC0WJ4Z9P3VM" });
    expect(error.detail["reason"]).toBe(result === "rejected" ? word : undefined);
  });

  it.each([
    ["error-401.json", 401, "key_refused"],
    ["error-403.json", 403, "scope_missing"],
    ["error-422.json", 422, "rejected"],
  ])("of the documentation: %s", async (name, code, result) => {
    expect(await failureOf(list, status(code, fixture(name)))).toMatchObject({ code: result });
  });

  it.each([
    ["a list", list, "conversations:read"],
    ["a thread", thread, "conversations:read"],
    ["a send", send, "messages:send"],
    ["a look-up", find, "messages:read"],
    ["numbers", numbers, "numbers:read"],
  ])("403 for %s names the permission of its route", async (_name, act, scope) => {
    const error = await failureOf(act, status(403, fixture("error-403.json")));
    expect(error.detail["scope"]).toBe(scope);
  });

  it("403 names the permission the server names", async () => {
    const inMessage = await failureOf(send, status(403, envelope("FORBIDDEN", "missing scope messages:write")));
    expect(inMessage.detail["scope"]).toBe("messages:write");
    const inDetails = await failureOf(send, status(403, envelope("FORBIDDEN", "no", { required: "numbers:read" })));
    expect(inDetails.detail["scope"]).toBe("numbers:read");
  });

  it("403 with details that cannot be written as text still names the route's permission", async () => {
    const details = { required: { toString: 1, valueOf: 1 }, list: [{ toString: null }], none: null };
    expect((await failureOf(send, status(403, envelope("FORBIDDEN", "no", details)))).detail["scope"]).toBe(
      "messages:send",
    );
  });

  it("carry no more of the server's words than a code needs", async () => {
    const long = { success: false, error: { code: "C".repeat(5_000), request_id: "R".repeat(5_000), message: "x" } };
    const rejected = await failureOf(send, status(422, long));
    expect(rejected.detail).toEqual({ status: "422", requestId: "R".repeat(64), reason: "C".repeat(64) });
    const scope = await failureOf(send, status(403, envelope("F", `${"a".repeat(500)}:${"b".repeat(500)}`)));
    expect(scope.detail["scope"]!.length).toBeLessThanOrEqual(64);
  });

  it("take the request id from the header where the body has none, and live without both", async () => {
    const fromHeader = await failureOf(list, status(500, {}, { "X-Request-Id": "req-7" }));
    expect(fromHeader.detail["requestId"]).toBe("req-7");
    expect((await failureOf(list, status(500, {}))).detail).toEqual({ status: "500" });
  });

  it.each([
    ["30", 30_000],
    [new Date(clock.now() + 45_000).toUTCString(), 45_000],
    ["whenever", null],
  ])("tell how long to wait: %s", async (value, ms) => {
    const headers = { "Retry-After": value, Date: new Date(clock.now()).toUTCString() };
    expect(await failureOf(list, status(429, envelope("RATE_LIMITED"), headers))).toMatchObject({ retryAfterMs: ms });
    expect(await failureOf(list, status(503, envelope("BUSY"), headers))).toMatchObject({ retryAfterMs: ms });
  });

  it.each([
    [200, "not_json"],
    [403, "not_json"],
    [404, "wrong_address"],
    [502, "server_error"],
  ])("a web page with status %i is %s", async (code, result) => {
    const error = await failureOf(list, (response) => {
      response.writeHead(code, { "Content-Type": "text/html" });
      response.end("<html>canary</html>");
    });
    expect(error.code).toBe(result);
  });

  const BAD_ENVELOPES: readonly unknown[] = [
    null,
    5,
    "x",
    [],
    {},
    { success: true },
    { success: true, data: {} },
    { success: true, data: null, meta: { next_cursor: null } },
    { success: false, data: [], meta: { next_cursor: null } },
    { success: true, data: [], meta: null },
    { success: true, data: [], meta: { next_cursor: 5 } },
  ];
  it.each(BAD_ENVELOPES.map((body) => [body]))("the envelope %j is none", async (body) => {
    for (const act of [list, thread, numbers]) {
      expect(await failureOf(act, status(200, body))).toMatchObject({ code: "invalid_response" });
    }
  });
});
