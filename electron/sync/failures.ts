/**
 * What a failed request means for an account. Pure.
 *
 * Closed: every error code lands in exactly one class, so that no failure is retried by accident and none is
 * left without a word to the person.
 */
import type { AppErrorCode } from "../../shared/errors.ts";

/**
 * `blocked`: nothing works until the person acts (a key). `wait`: try again later by itself.
 * `cursor`: the walk starts over. `local`: only this record or thread is concerned.
 */
export type FailureClass = "blocked" | "wait" | "cursor" | "local";

const BLOCKED: ReadonlySet<AppErrorCode> = new Set(["key_refused", "scope_missing"]);
const LOCAL: ReadonlySet<AppErrorCode> = new Set([
  "not_found",
  "rejected",
  "invalid_response",
  "too_large",
  "cursor_stuck",
]);
const OFFLINE: ReadonlySet<AppErrorCode> = new Set(["offline", "unreachable"]);
const PATIENCE: ReadonlySet<AppErrorCode> = new Set(["rate_limited", "server_error", "timeout"]);

/** `inThread`: the request was about one thread, so some failures need not stop the account. */
export function classifyFailure(code: AppErrorCode, inThread: boolean): FailureClass {
  if (BLOCKED.has(code)) return "blocked";
  if (code === "cursor_invalid") return "cursor";
  if (inThread && LOCAL.has(code)) return "local";
  return "wait";
}

/** How a waiting account is shown: as offline, as waiting its turn, or as needing attention. */
export function waitingKind(code: AppErrorCode): "offline" | "waiting" | "attention" {
  if (OFFLINE.has(code)) return "offline";
  return PATIENCE.has(code) ? "waiting" : "attention";
}
