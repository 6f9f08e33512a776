/**
 * The closed list of things that can go wrong, as every layer names them.
 *
 * A code is what crosses process borders; the words a person reads are chosen by code in the
 * renderer. Must not hold user text, message bodies, keys or stack traces. zod-free, so that the
 * renderer may import it at run time.
 */

export const APP_ERROR_CODES = [
  // asking a provider
  "key_refused", //        401: the key is wrong, expired or revoked
  "scope_missing", //      403: the key is right but lacks a permission; detail.scope names it
  "wrong_address", //      404 or a page that is no API at the base URL
  "not_json", //           the server answered with something else than JSON (a captive portal, a web page)
  "unreachable", //        name not found, refused, reset
  "offline", //            this computer has no network
  "tls_failed", //         the server's certificate could not be trusted
  "timeout", //            no complete answer before the deadline
  "redirected", //         the server sent us elsewhere; keys never follow
  "too_large", //          the answer is larger than any honest one
  "rate_limited", //       429
  "server_error", //       5xx
  "invalid_response", //   JSON, but not the documented envelope
  "cursor_invalid", //     the server no longer knows this cursor
  "cursor_stuck", //       a cursor repeated or the pages never end
  "not_found", //          this record does not exist (any more)
  "rejected", //           the provider refuses this message; detail.reason says why
  // sending
  "consent_required", //   453: the contact has not opted in
  "opted_out", //          the contact has opted out; refused here, nothing left the device
  "reply_crossed", //      somebody else answered meanwhile; detail.messageId names the newest such reply; held here
  "schedule_past", //      the chosen moment is over
  "schedule_missed", //    a scheduled reply could not leave near its time; held here
  "window_shut", //        WhatsApp's 24 hours are over; refused here, nothing left the device
  "text_empty",
  "text_too_long",
  "files_not_taken", //    this provider takes no files with a reply
  "files_too_many", //     more than it takes with one reply; detail.max says how many
  "file_too_large", //     the provider refuses a file for its size
  "file_type", //          the provider refuses a file for its type
  // this device
  "bad_input",
  "untrusted_sender",
  "unknown_call",
  "vault_unavailable", //  no keyring, so nothing secret may be written
  "vault_failed", //       the keyring is there but a secret cannot be read
  "not_ready",
  "locked", //             the app lock is on: nothing is told or done before it is opened
  "disk_full",
  "disk_error",
  "db_damaged",
  "db_from_future",
  "internal",
] as const;

export type AppErrorCode = (typeof APP_ERROR_CODES)[number];

/** What crosses a process border in place of an exception: only primitives, all of them safe to show or log. */
export interface Failure {
  readonly code: AppErrorCode;
  /** Facts for the sentence a person reads, for example `{ scope: "conversations:read" }`. Never message text or keys. */
  readonly detail: Readonly<Record<string, string>>;
}

/** The one error class of the application. `message` is for developers and logs, never shown. */
export class AppError extends Error {
  readonly code: AppErrorCode;
  readonly detail: Readonly<Record<string, string>>;

  constructor(
    code: AppErrorCode,
    message: string = code,
    options: { detail?: Record<string, string>; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.detail = options.detail ?? {};
  }

  toFailure(): Failure {
    return { code: this.code, detail: this.detail };
  }
}

/** The only error a provider throws. `message` holds no key and no message text. */
export class ProviderError extends Error {
  readonly code: AppErrorCode;
  readonly detail: Readonly<Record<string, string>>;
  /** From Retry-After, already in milliseconds from now; null when the server did not say. */
  readonly retryAfterMs: number | null;
  /** True when the request may have reached the server: a send with this mark set has an unknown outcome. */
  readonly mayHaveArrived: boolean;

  constructor(
    code: AppErrorCode,
    options: {
      detail?: Record<string, string>;
      retryAfterMs?: number | null;
      mayHaveArrived?: boolean;
      cause?: unknown;
    } = {},
  ) {
    super(code, { cause: options.cause });
    this.name = "ProviderError";
    this.code = code;
    this.detail = options.detail ?? {};
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.mayHaveArrived = options.mayHaveArrived ?? false;
  }

  toFailure(): Failure {
    return { code: this.code, detail: this.detail };
  }
}

/** Any thrown value as a `Failure`; what is not an `AppError` becomes `internal`, its text stays behind. */
export function failureOf(error: unknown): Failure {
  return error instanceof AppError || error instanceof ProviderError
    ? error.toFailure()
    : { code: "internal", detail: {} };
}
