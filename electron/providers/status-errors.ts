/**
 * What an HTTP error status means, the same for every provider: statuses decide, vendor codes only explain.
 *
 * Pure; knows no vendor. Invariant: a server that failed in the middle of a send may have sent.
 */
import { ProviderError } from "../../shared/errors.ts";
import type { AppErrorCode } from "../../shared/errors.ts";
import { retryAfterMs } from "./http.ts";
import type { HttpAnswer } from "./http.ts";

/** A server's own words are shown and logged: no more of them than a code or an id needs. */
const MAX_FACT_LENGTH = 64;

export interface AskedFor {
  /** The permission the route needs, in the provider's own words. */
  readonly scope: string;
  /** The request changes something at the provider, so that repeating it is no harmless thing. */
  readonly isWrite: boolean;
  /** A later page: a refusal may concern its cursor only. */
  readonly hasCursor: boolean;
  /** The address names one thread or one record, so that 404 speaks of that alone. */
  readonly isRecord: boolean;
}

export interface ErrorFacts {
  /** The vendor's code, or other short fact without personal data. */
  readonly reason?: string | null;
  readonly requestId?: string | null;
  /** A wait the vendor announces in a header of its own. */
  readonly waitMs?: number | null;
}

export function statusError(answer: HttpAnswer, asked: AskedFor, facts: ErrorFacts, now: number): ProviderError {
  const { status, headers } = answer;
  const detail: Record<string, string> = { status: String(status) };
  if (facts.requestId) detail["requestId"] = facts.requestId.slice(0, MAX_FACT_LENGTH);
  const waitMs = retryAfterMs(headers, now) ?? facts.waitMs ?? null;
  const fail = (code: AppErrorCode, mayHaveArrived = false) =>
    new ProviderError(code, { detail, mayHaveArrived, retryAfterMs: waitMs });

  if (status === 401) return fail("key_refused");
  if (status === 403) {
    detail["scope"] = asked.scope;
    return fail("scope_missing");
  }
  if (status === 429) return fail("rate_limited");
  if (status >= 500) return fail("server_error", asked.isWrite);
  if (status === 408) return fail("timeout", asked.isWrite);
  if (status === 453) return fail("consent_required");
  if (asked.hasCursor && [400, 410, 422].includes(status)) return fail("cursor_invalid");
  if (status === 404 || status === 410) return fail(asked.isRecord ? "not_found" : "wrong_address");
  detail["reason"] = (facts.reason || String(status)).slice(0, MAX_FACT_LENGTH);
  return fail("rejected");
}

/**
 * Part of a send that comes before the send itself: whatever fails here, no reply is on its way.
 *
 * @throws ProviderError never marked as possibly arrived
 */
export async function beforeSend<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const { code, detail } = error;
    throw new ProviderError(code, { retryAfterMs: error.retryAfterMs, detail: { ...detail }, cause: error });
  }
}
