/**
 * One line for the sync of all accounts, and the same words for each of them. Pure.
 *
 * What a person must act on wins over what is going on, which wins over what is fine. The time shown is that of the
 * account whose last completed pass is oldest: the inbox as a whole is no fresher than that.
 */
import { assertNever } from "../../shared/assert.ts";
import type { Millis, SyncPhase, SyncStatus } from "../../shared/domain.ts";
import { errorWords } from "./error-words.ts";
import { t } from "../i18n.ts";
import type { Format } from "./format.ts";

export type SyncTone = "calm" | "busy" | "muted" | "alert";

export interface SyncSummary {
  readonly tone: SyncTone;
  /** Exactly the words of the interface contract. */
  readonly text: string;
  /** What to do, or until when; null when there is nothing to add. */
  readonly hint: string | null;
  /** "checked 09:41"; null before the first completed pass. */
  readonly checked: string | null;
}

export interface FirstSync {
  readonly done: number;
  readonly total: number | null;
}

const ORDER: readonly SyncPhase["kind"][] = ["attention", "syncing", "offline", "waiting", "up_to_date"];

export function phaseSummary(phase: SyncPhase, format: Format): Omit<SyncSummary, "checked"> {
  switch (phase.kind) {
    case "up_to_date":
      return { tone: "calm", text: t("sync.upToDate"), hint: null };
    case "syncing": {
      const done = format.count(phase.done);
      const text =
        phase.total === null
          ? t("sync.syncingSoFar", { done })
          : t("sync.syncingOf", { done, total: format.count(phase.total) });
      return { tone: "busy", text, hint: null };
    }
    case "offline":
      return { tone: "muted", text: t("sync.offline"), hint: null };
    case "waiting":
      return {
        tone: "muted",
        text: t("sync.waiting"),
        hint: t("sync.waitingUntil", { time: format.paddedTime(phase.until) }),
      };
    case "attention":
      return { tone: "alert", text: t("sync.attention"), hint: attentionWords(phase.code, phase.detail) };
    default:
      return assertNever(phase, "phase");
  }
}

/** What to do about an account that stopped; for keys and permissions that is done in the accounts screen. */
function attentionWords(code: string, detail: Readonly<Record<string, string>>): string {
  if (code === "key_refused") return t("accounts.state.needs_key");
  if (code === "scope_missing") return missingScopeWords(detail["scope"] ?? null);
  const { what, todo } = errorWords(code, detail);
  return `${what} ${todo}`;
}

/** What to do about a key without a permission; null: the provider did not say which. */
export const missingScopeWords = (scope: string | null): string =>
  scope === null ? t("accounts.state.missing_scope") : t("accounts.state.missing_scope_named", { scope });

/** Null while no account has a status. */
export function syncSummary(statuses: readonly SyncStatus[], format: Format): SyncSummary | null {
  const kind = ORDER.find((candidate) => statuses.some((status) => status.phase.kind === candidate));
  if (kind === undefined) return null;
  const phases = statuses.map((status) => status.phase).filter((phase) => phase.kind === kind);
  const phase = phases.reduce(merge);
  return { ...phaseSummary(phase, format), checked: checkedWords(oldestPass(statuses), format) };
}

export function checkedWords(at: Millis | null, format: Format): string | null {
  return at === null ? null : t("sync.checked", { time: format.paddedTime(at) });
}

function oldestPass(statuses: readonly SyncStatus[]): Millis | null {
  const times = statuses.map((status) => status.lastCompletedAt).filter((at) => at !== null);
  return times.length === 0 ? null : Math.min(...times);
}

/** Two accounts in the same phase, as one. */
function merge(a: SyncPhase, b: SyncPhase): SyncPhase {
  if (a.kind === "syncing" && b.kind === "syncing") {
    const total = a.total === null || b.total === null ? null : a.total + b.total;
    return { kind: "syncing", first: a.first || b.first, done: a.done + b.done, total };
  }
  if (a.kind === "waiting" && b.kind === "waiting") return a.until <= b.until ? a : b;
  return a;
}

/** The first sync of any account still going on, summed; null when there is none. */
export function firstSync(statuses: readonly SyncStatus[]): FirstSync | null {
  const running = statuses
    .map((status) => status.phase)
    .filter((phase) => phase.kind === "syncing")
    .filter((phase) => phase.first);
  if (running.length === 0) return null;
  const total = running.every((phase) => phase.total !== null)
    ? running.reduce((sum, phase) => sum + (phase.total ?? 0), 0)
    : null;
  return { done: running.reduce((sum, phase) => sum + phase.done, 0), total };
}
