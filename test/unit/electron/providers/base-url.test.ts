/** What people type as a base URL: made regular, or refused with a reason; a key must never leave in the clear. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseBaseUrl } from "../../../../electron/providers/base-url.ts";
import { AppError } from "../../../../shared/errors.ts";

const ACCEPTED: ReadonlyArray<readonly [typed: string, result: string]> = [
  ["https://api.agentmsg.io", "https://api.agentmsg.io"],
  ["https://api.agentmsg.io/", "https://api.agentmsg.io"],
  ["https://api.agentmsg.io///", "https://api.agentmsg.io"],
  ["  https://api.agentmsg.io  ", "https://api.agentmsg.io"],
  ["HTTPS://API.AgentMsg.IO", "https://api.agentmsg.io"],
  ["api.agentmsg.io", "https://api.agentmsg.io"],
  ["api.agentmsg.io/v1", "https://api.agentmsg.io"],
  ["//api.agentmsg.io", "https://api.agentmsg.io"],
  ["https:api.agentmsg.io", "https://api.agentmsg.io"],
  ["https://api.agentmsg.io:443", "https://api.agentmsg.io"],
  ["https://api.agentmsg.io:8443", "https://api.agentmsg.io:8443"],
  ["https://api.agentmsg.io/v1", "https://api.agentmsg.io"],
  ["https://api.agentmsg.io/v1/", "https://api.agentmsg.io"],
  ["https://api.agentmsg.io//v1", "https://api.agentmsg.io"],
  ["https://proxy.test/agentmessage", "https://proxy.test/agentmessage"],
  ["https://proxy.test/agentmessage/v1/", "https://proxy.test/agentmessage"],
  ["https://proxy.test/xv1", "https://proxy.test/xv1"],
  ["https://proxy.test/v1/more", "https://proxy.test/v1/more"],
  ["https://proxy.test/a/../b", "https://proxy.test/b"],
  ["https://api.agentmsg.io?key=1", "https://api.agentmsg.io"],
  ["https://api.agentmsg.io/v1?x=1#y", "https://api.agentmsg.io"],
  ["https://api.agentmsg.io/#@evil.test", "https://api.agentmsg.io"],
  ["https://good.test\\@evil.test", "https://good.test/@evil.test"],
  ["https://bücher.test", "https://xn--bcher-kva.test"],
  ["http://localhost:4010", "http://localhost:4010"],
  ["http://LOCALHOST:4010/v1", "http://localhost:4010"],
  ["http://127.0.0.1:4010", "http://127.0.0.1:4010"],
  ["http://127.9.8.7", "http://127.9.8.7"],
  ["http://127.1", "http://127.0.0.1"],
  ["http://0x7f000001", "http://127.0.0.1"],
  ["http://[::1]:4010", "http://[::1]:4010"],
  ["http://[0:0:0:0:0:0:0:1]", "http://[::1]"],
  ["localhost:4010", "https://localhost:4010"],
];

const REFUSED: ReadonlyArray<readonly [typed: string, reason: string]> = [
  ["http://api.agentmsg.io", "insecure"],
  ["http:api.agentmsg.io", "insecure"],
  ["http:/api.agentmsg.io", "insecure"],
  ["HTTP://API.AGENTMSG.IO", "insecure"],
  ["http://127.0.0.1.evil.test", "insecure"],
  ["http://localhost.evil.test", "insecure"],
  ["http://evil-localhost", "insecure"],
  ["http://localhost.", "insecure"],
  ["http://evil.test/127.0.0.1", "insecure"],
  ["http://evil.test#localhost", "insecure"],
  ["http://0.0.0.0", "insecure"],
  ["http://128.0.0.1", "insecure"],
  ["http://192.168.1.10", "insecure"],
  ["http://[::ffff:127.0.0.1]", "insecure"],
  ["http://[::2]", "insecure"],
  ["ftp://127.0.0.1", "insecure"],
  ["file:///etc/passwd", "syntax"],
  ["ws://127.0.0.1", "insecure"],
  ["https://user@api.agentmsg.io", "userinfo"],
  ["https://user:secret@api.agentmsg.io", "userinfo"],
  ["https://:secret@api.agentmsg.io", "userinfo"],
  ["https://api.agentmsg.io@evil.test", "userinfo"],
  ["http://localhost@evil.test", "userinfo"],
  ["http://localhost:80@evil.test", "userinfo"],
  ["api.agentmsg.io@evil.test", "userinfo"],
  ["mailto:someone@evil.test", "userinfo"],
  ["", "syntax"],
  ["   ", "syntax"],
  ["https://", "syntax"],
  ["not a host", "syntax"],
  ["javascript:alert(1)", "syntax"],
  ["https://api.agentmsg.io:99999", "syntax"],
  ["http://[::1", "syntax"],
  ["https://a b.test", "syntax"],
  ["https://%00.test", "syntax"],
];

function refusalOf(typed: string): AppError {
  try {
    parseBaseUrl(typed, "/v1");
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error(`accepted: ${typed}`);
}

/** Null when it was refused in the way refusals are made; any other error goes through. */
function resultOf(typed: string): string | null {
  try {
    return parseBaseUrl(typed, "/v1");
  } catch (error) {
    if (error instanceof AppError && error.code === "bad_input") return null;
    throw error;
  }
}

describe("parseBaseUrl", () => {
  it.each(ACCEPTED)("takes %j as %j", (typed, result) => {
    expect(parseBaseUrl(typed, "/v1")).toBe(result);
  });

  it.each(REFUSED)("refuses %j as %s", (typed, reason) => {
    const error = refusalOf(typed);
    expect(error.code).toBe("bad_input");
    expect(error.detail).toEqual({ field: "baseUrl", reason });
    expect(error.message).not.toContain("secret");
  });

  it("gives a result that is stable, safe and without a trailing slash, whatever is typed", () => {
    const scheme = fc.constantFrom("", "http://", "https://", "http:", "https:/", "ftp://", "//");
    const host = fc.constantFrom("localhost", "127.0.0.1", "[::1]", "a.test", "u@a.test", "10.0.0.1", "x y", "%2e");
    const rest = fc.string({
      unit: fc.constantFrom("/", "v", "1", ".", "?", "#", "@", ":", "\\", "8", " "),
      maxLength: 8,
    });
    let accepted = 0;
    fc.assert(
      fc.property(scheme, host, rest, (a, b, c) => {
        const result = resultOf(a + b + c);
        if (result === null) return;
        accepted += 1;
        const url = new URL(result);
        expect(url.protocol === "https:" || /^(localhost|127\.[\d.]+|\[::1\])$/.test(url.hostname)).toBe(true);
        expect([url.username, url.password, url.search, url.hash]).toEqual(["", "", "", ""]);
        expect(result).not.toMatch(/\/$/);
        expect(new URL(`${result}/v1/messages`).origin).toBe(url.origin);
      }),
      { seed: 20260428, numRuns: 5_000 },
    );
    expect(accepted).toBeGreaterThan(500);
  });
});
