/**
 * One plain sentence pair per error code: what happened, and what to do.
 *
 * The words stand in `errors.json`; a new code without its words does not compile. Must not show codes, stack traces or
 * server text; `detail` holds short facts only.
 */
import type { AppErrorCode, Failure } from "../../shared/errors.ts";
import { APP_ERROR_CODES } from "../../shared/errors.ts";
import { t } from "../i18n.ts";

interface Words {
  readonly what: string;
  readonly todo: string;
}

type Detail = Failure["detail"];

const KNOWN: ReadonlySet<string> = new Set(APP_ERROR_CODES);

/** The words for a code that came as plain text (outbox and sync carry strings); an unknown one reads as `internal`. */
export function errorWords(code: string, detail: Detail = {}): Words {
  const known = KNOWN.has(code) ? (code as AppErrorCode) : "internal";
  return { what: namedWords(known, detail) ?? t(`errors.${known}.what`), todo: t(`errors.${known}.todo`) };
}

/** The sentence with the fact that came along, where there is one. */
function namedWords(code: AppErrorCode, detail: Detail): string | null {
  const { scope, host, reason, max } = detail;
  if (code === "scope_missing" && scope !== undefined) return t("errors.scope_missing.whatNamed", { scope });
  if (code === "unreachable" && host !== undefined) return t("errors.unreachable.whatNamed", { host });
  if (code === "rejected" && reason !== undefined) return t("errors.rejected.whatNamed", { reason });
  if (code === "text_too_long" && max !== undefined) return t("errors.text_too_long.whatNamed", { max });
  if (code === "files_too_many" && max !== undefined) return t("errors.files_too_many.whatNamed", { max });
  return null;
}

/** What happened and what to do, as one line for alerts. */
export function errorSentence(failure: { readonly code: string; readonly detail: Detail }): string {
  const { what, todo } = errorWords(failure.code, failure.detail);
  return `${what} ${todo}`;
}
