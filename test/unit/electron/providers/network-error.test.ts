/** Names of network failures, of Chromium and of Node: the code a person sees, and whether the request may have arrived. */
import { describe, expect, it } from "vitest";
import { networkError } from "../../../../electron/providers/network-error.ts";

const CASES: ReadonlyArray<readonly [message: string, code: string, mayHaveArrived: boolean]> = [
  ["net::ERR_CERT_AUTHORITY_INVALID", "tls_failed", false],
  ["net::ERR_CERT_DATE_INVALID", "tls_failed", false],
  ["net::ERR_CERT_COMMON_NAME_INVALID", "tls_failed", false],
  ["net::ERR_SSL_PROTOCOL_ERROR", "tls_failed", true],
  ["net::ERR_SSL_BAD_RECORD_MAC_ALERT", "tls_failed", true],
  ["net::ERR_INTERNET_DISCONNECTED", "offline", false],
  ["net::ERR_NETWORK_IO_SUSPENDED", "offline", true],
  ["net::ERR_NETWORK_CHANGED", "offline", true],
  ["net::ERR_NAME_NOT_RESOLVED", "unreachable", false],
  ["net::ERR_NAME_RESOLUTION_FAILED", "unreachable", false],
  ["net::ERR_CONNECTION_REFUSED", "unreachable", false],
  ["net::ERR_CONNECTION_TIMED_OUT", "unreachable", false],
  ["net::ERR_ADDRESS_UNREACHABLE", "unreachable", false],
  ["net::ERR_PROXY_CONNECTION_FAILED", "unreachable", false],
  ["net::ERR_TUNNEL_CONNECTION_FAILED", "unreachable", false],
  ["net::ERR_UNSAFE_PORT", "unreachable", false],
  ["net::ERR_CONNECTION_RESET", "unreachable", true],
  ["net::ERR_CONNECTION_CLOSED", "unreachable", true],
  ["net::ERR_CONNECTION_ABORTED", "unreachable", true],
  ["net::ERR_EMPTY_RESPONSE", "unreachable", true],
  ["net::ERR_HTTP2_PROTOCOL_ERROR", "unreachable", true],
  ["net::ERR_CONTENT_LENGTH_MISMATCH", "unreachable", true],
  ["net::ERR_INCOMPLETE_CHUNKED_ENCODING", "unreachable", true],
  ["net::ERR_TIMED_OUT", "timeout", true],
  ["Redirect was cancelled", "redirected", true],
  ["something nobody has named yet", "unreachable", true],
];

const CODES: ReadonlyArray<readonly [code: string, result: string, mayHaveArrived: boolean]> = [
  ["ECONNREFUSED", "unreachable", false],
  ["ENOTFOUND", "unreachable", false],
  ["EAI_AGAIN", "unreachable", false],
  ["UND_ERR_CONNECT_TIMEOUT", "unreachable", false],
  ["ENETUNREACH", "offline", false],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "tls_failed", false],
  ["SELF_SIGNED_CERT_IN_CHAIN", "tls_failed", false],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "tls_failed", false],
  ["CERT_HAS_EXPIRED", "tls_failed", false],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "tls_failed", false],
  ["EPROTO", "tls_failed", true],
  ["ECONNRESET", "unreachable", true],
  ["EPIPE", "unreachable", true],
  ["UND_ERR_SOCKET", "unreachable", true],
  ["ETIMEDOUT", "timeout", true],
  ["UND_ERR_HEADERS_TIMEOUT", "timeout", true],
  ["UND_ERR_BODY_TIMEOUT", "timeout", true],
];

const withCode = (code: string, message = "failed") => Object.assign(new Error(message), { code });

describe("networkError", () => {
  it.each(CASES)("knows %s", (message, code, mayHaveArrived) => {
    expect(networkError(new Error(message), {})).toMatchObject({ code, mayHaveArrived });
  });

  it.each(CODES)("knows Node's %s behind a fetch failure", (code, result, mayHaveArrived) => {
    const error = new TypeError("fetch failed", { cause: withCode(code) });
    expect(networkError(error, {})).toMatchObject({ code: result, mayHaveArrived });
  });

  it("looks into the errors of every address that was tried", () => {
    const tried = new AggregateError([withCode("ECONNREFUSED"), withCode("ECONNREFUSED")], "");
    expect(networkError(new TypeError("fetch failed", { cause: tried }), {})).toMatchObject({
      code: "unreachable",
      mayHaveArrived: false,
    });
  });

  it("ends on chains that are circular, through causes and through lists", () => {
    const chain = new Error("a");
    chain.cause = chain;
    const list = new AggregateError([], "b");
    list.errors.push(list, list, list);
    list.cause = list;
    expect(networkError(chain, {}).code).toBe("unreachable");
    expect(networkError(list, {}).code).toBe("unreachable");
  });

  it("takes things that are no errors for an unknown outcome", () => {
    for (const thrown of [undefined, null, "ECONNREFUSED", 5, { code: "ECONNREFUSED" }]) {
      expect(networkError(thrown, {})).toMatchObject({ code: "unreachable", mayHaveArrived: true });
    }
  });

  it("says that nothing arrived where the caller knows that nothing left", () => {
    expect(networkError(new Error("net::ERR_CONNECTION_RESET"), {}, false).mayHaveArrived).toBe(false);
  });

  it("hands on the facts and keeps the words of the stack out of what is shown", () => {
    const failure = networkError(new Error("connect to https://x.test/?key=secret"), { host: "x.test" }).toFailure();
    expect(failure).toEqual({ code: "unreachable", detail: { host: "x.test" } });
  });
});
