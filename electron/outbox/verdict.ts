/**
 * What the answer to a send means for the reply. Pure.
 *
 * The one question that matters is whether the request may have arrived: then the outcome is `unknown` and
 * nothing sends it again by itself. Invariant: every error code gets exactly one verdict.
 */
import { assertNever } from "../../shared/assert.ts";
import type { ProviderError } from "../../shared/errors.ts";

/**
 * `later`: it certainly never arrived, the queue keeps it. `failed`: refused for good, the text is kept for
 * the person. `unknown`: look before doing anything. `blocked`: kept, and the account needs the person first.
 */
export type Verdict = "later" | "failed" | "unknown" | "blocked";

export function verdictOf(error: ProviderError): Verdict {
  if (error.mayHaveArrived) return "unknown";
  switch (error.code) {
    case "offline":
    case "unreachable":
    case "timeout":
    case "rate_limited":
    case "server_error":
    case "tls_failed":
    case "not_json":
    case "wrong_address":
    case "redirected":
    case "invalid_response":
    case "too_large":
    case "not_ready":
    case "disk_full":
    case "disk_error":
      return "later";
    case "key_refused":
      return "blocked";
    case "scope_missing":
    case "consent_required":
    case "opted_out":
    case "rejected":
    case "not_found":
    case "reply_crossed":
    case "schedule_past":
    case "schedule_missed":
    case "window_shut":
    case "text_empty":
    case "text_too_long":
    case "files_not_taken":
    case "files_too_many":
    case "file_too_large":
    case "file_type":
    case "bad_input":
    case "cursor_invalid":
    case "cursor_stuck":
    case "untrusted_sender":
    case "unknown_call":
    case "vault_unavailable":
    case "vault_failed":
    case "db_damaged":
    case "db_from_future":
    case "locked":
    // A fault of ours before the request left.
    case "internal":
      return "failed";
    default:
      return assertNever(error.code, "error code");
  }
}
