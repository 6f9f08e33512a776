/**
 * Turns what a network stack throws into one `ProviderError`.
 *
 * Knows the names of both stacks (Chromium's `net::ERR_…`, Node's error codes) and nothing else. Invariant:
 * `mayHaveArrived` is false only where the request certainly never left; in doubt it is true, because an
 * unknown outcome is checked and a wrong "never arrived" would send a reply twice.
 */
import { ProviderError } from "../../shared/errors.ts";
import type { AppErrorCode } from "../../shared/errors.ts";

interface Rule {
  readonly pattern: RegExp;
  readonly code: AppErrorCode;
  readonly mayHaveArrived: boolean;
}

const RULES: readonly Rule[] = [
  // The certificate is judged before anything is said.
  {
    pattern: /CERT_|ERR_TLS_CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET)/,
    code: "tls_failed",
    mayHaveArrived: false,
  },
  // Mostly a failed handshake, but an alert may also end a connection that was in use.
  { pattern: /ERR_SSL_|ERR_TLS_|EPROTO/, code: "tls_failed", mayHaveArrived: true },
  { pattern: /ERR_INTERNET_DISCONNECTED|ENETUNREACH|ENETDOWN/, code: "offline", mayHaveArrived: false },
  // The machine went to sleep or changed networks in the middle: nobody knows.
  { pattern: /ERR_NETWORK_IO_SUSPENDED|ERR_NETWORK_CHANGED/, code: "offline", mayHaveArrived: true },
  {
    pattern:
      /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|EHOSTDOWN|UND_ERR_CONNECT_TIMEOUT|ERR_CONNECTION_REFUSED|ERR_NAME_NOT_RESOLVED|ERR_NAME_RESOLUTION_FAILED|ERR_ADDRESS_(UNREACHABLE|INVALID)|ERR_PROXY_CONNECTION_FAILED|ERR_TUNNEL_CONNECTION_FAILED|ERR_CONNECTION_TIMED_OUT|ERR_UNSAFE_PORT|bad port/,
    code: "unreachable",
    mayHaveArrived: false,
  },
  // Electron's own fetch refuses an unfollowed redirect with an error, where ours and Node's answer with the 3xx itself.
  { pattern: /[Rr]edirect/, code: "redirected", mayHaveArrived: true },
  { pattern: /ETIMEDOUT|ERR_TIMED_OUT|UND_ERR_(HEADERS|BODY)_TIMEOUT/, code: "timeout", mayHaveArrived: true },
];

/**
 * @param error   anything fetch or a body read threw
 * @param detail  facts such as the host
 * @param left    false when the caller knows that nothing was handed to the network
 */
export function networkError(error: unknown, detail: Record<string, string>, left = true): ProviderError {
  const words = describe(error);
  const rule = RULES.find(({ pattern }) => pattern.test(words));
  return new ProviderError(rule?.code ?? "unreachable", {
    detail,
    mayHaveArrived: left && (rule?.mayHaveArrived ?? true),
    cause: error,
  });
}

/** Codes and messages along the cause chain; at most `links` of them, because a chain may be circular. */
function describe(error: unknown, links = 5): string {
  if (links === 0 || !(error instanceof Error)) return "";
  const { code } = error as { code?: unknown };
  // Happy Eyeballs reports one error per address.
  const inner: unknown[] = error instanceof AggregateError ? error.errors.slice(0, 8) : [];
  const below = [...inner, error.cause].map((cause) => describe(cause, links - 1));
  return [typeof code === "string" ? code : "", error.message, ...below].join(" ");
}
