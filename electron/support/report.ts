/**
 * The support report: facts about this installation as lines a person can read through. Pure.
 *
 * Must not hold a message text, a name, a number, an address, a key or a real account id. Two nets: only the fields
 * picked here get in, and every line then goes through the redactor. Invariants: an account is known by a hash with
 * a salt of this report alone; a log line is taken apart and only its allow-listed fields come back.
 */
import { createHash } from "node:crypto";
import type { Account, SyncStatus } from "../../shared/domain.ts";
import type { Settings } from "../../shared/settings.ts";
import type { StorageReport } from "../../shared/storage.ts";
import type { SupportReport, SupportSectionId } from "../../shared/support.ts";

export interface SupportFacts {
  readonly app: {
    readonly version: string;
    readonly electron: string;
    readonly chrome: string;
    readonly node: string;
    readonly platform: string;
    readonly release: string;
    readonly arch: string;
    readonly locale: string;
    readonly stage: string;
    readonly sessionOnly: boolean;
    readonly upMinutes: number;
    readonly memoryMegabytes: number;
  };
  readonly lock: { readonly configured: boolean };
  /** Null before the inbox is open. */
  readonly inbox: {
    readonly settings: Settings;
    readonly accounts: readonly Account[];
    readonly statuses: readonly SyncStatus[];
    readonly storage: StorageReport;
    readonly schemaVersion: number;
    readonly outbox: number;
  } | null;
  /** Lines of the log, oldest first. */
  readonly log: readonly string[];
}

const MOST_LOG_LINES = 300;
const MAX_LINE = 1_000;
const EVENT = /^[a-z][a-z ,.:'-]{0,79}$/i;
/** Fields of a log line that may stand in a report; `host` names the company's own servers and does not. */
const LOG_FIELDS = ["code", "status", "call", "count", "ms", "stage", "reason", "name"] as const;
const PLAIN_WORD = /^[\w.:-]{1,60}$/;

export interface ReportOptions {
  readonly salt: string;
  readonly redact: (text: string) => string;
}

export function buildSections(facts: SupportFacts, { salt, redact }: ReportOptions): SupportReport["sections"] {
  const account = (id: number) => `account-${createHash("sha256").update(`${salt}:${id}`).digest("hex").slice(0, 6)}`;
  const log = facts.log.slice(-MOST_LOG_LINES).flatMap((line) => readLogLine(line, account) ?? []);
  const sections: Record<SupportSectionId, readonly string[]> = {
    app: pairs({ ...facts.app, lock: facts.lock.configured }),
    settings: facts.inbox === null ? [] : settingsLines(facts.inbox.settings),
    accounts: facts.inbox === null ? [] : accountLines(facts.inbox, account),
    storage: facts.inbox === null ? [] : storageLines(facts.inbox, account),
    errors: tally(log),
    log: log.map(({ text }) => text),
  };
  return Object.entries(sections).map(([id, lines]) => ({
    id: id as SupportSectionId,
    // The net below the allow-list: whatever looks like a key, a number or an address goes, too.
    lines: lines.map((line) => redact(line).slice(0, MAX_LINE)),
  }));
}

function settingsLines({ notifications, desktop, appearance, privacy }: Settings): string[] {
  return pairs({
    "notifications enabled": notifications.enabled,
    "notifications privacy": notifications.privacy,
    "quiet hours": notifications.quiet.on,
    "muted accounts": notifications.mutedAccounts.length,
    "close to tray": desktop.closeToTray,
    "start at login": desktop.startAtLogin,
    theme: appearance.theme,
    density: appearance.density,
    "text size": appearance.textPercent,
    "lock when idle (minutes)": privacy.lockIdleMinutes,
    "lock on sleep": privacy.lockOnSleep,
    "lock with the screen": privacy.lockOnScreenLock,
    "hide from capture": privacy.hideFromCapture,
  });
}

type Inbox = NonNullable<SupportFacts["inbox"]>;
type NameAccount = (id: number) => string;

function accountLines({ accounts, statuses }: Inbox, account: NameAccount): string[] {
  return accounts.map(({ id, provider, state, isSample, missingScope }) => {
    const status = statuses.find(({ accountId }) => accountId === id);
    const phase = status?.phase;
    const code = phase?.kind === "attention" ? phase.code : phase?.kind === "waiting" ? phase.reason : "";
    return [
      account(id),
      provider,
      state,
      isSample ? "sample" : "",
      missingScope === null ? "" : "scope missing",
      phase === undefined ? "not started" : phase.kind,
      PLAIN_WORD.test(code) ? code : "",
      `last completed ${status?.lastCompletedAt == null ? "never" : new Date(status.lastCompletedAt).toISOString()}`,
    ]
      .filter((word) => word !== "")
      .join(" · ");
  });
}

function storageLines({ storage, schemaVersion, outbox }: Inbox, account: NameAccount): string[] {
  return [
    ...pairs({
      "schema version": schemaVersion,
      "database bytes": storage.files?.databaseBytes ?? "in memory",
      "log bytes": storage.files?.walBytes ?? "in memory",
      "purge pending": storage.purgePending,
      "outbox open": outbox,
    }),
    ...storage.accounts.map((one) => {
      const { complete, behind, partial, neverFetched, recheck } = one.threads;
      const { enforcedDays, removedTexts } = one.retention;
      return [
        account(one.accountId),
        `${one.conversations} conversations`,
        `${one.messages} messages`,
        `threads ${complete} complete, ${behind} behind, ${partial} partial, ${neverFetched} unread, ${recheck} to check`,
        `${one.quarantined.total} unreadable records`,
        `${one.keptWords} kept words`,
        `retention ${enforcedDays === null ? "unknown" : `${enforcedDays} days`}, ${removedTexts} removed here`,
      ].join(" · ");
    }),
  ];
}

interface LogLine {
  readonly text: string;
  readonly error: string | null;
}

/** Null for what is no line of ours: it could hold anything. */
function readLogLine(line: string, account: NameAccount): LogLine | null {
  let parsed: Record<string, unknown>;
  try {
    parsed = JSON.parse(line) as Record<string, unknown>;
  } catch {
    return null; // Cut by a crash, or not written by the log.
  }
  if (typeof parsed !== "object" || parsed === null) return null;
  const { at, level, event, accountId, code } = parsed;
  if (typeof at !== "string" || !/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(at)) return null;
  if (typeof event !== "string" || !EVENT.test(event) || (level !== "info" && level !== "warn")) return null;
  const fields = LOG_FIELDS.flatMap((name) => {
    const value = parsed[name];
    if (typeof value === "number" || typeof value === "boolean") return [`${name}=${value}`];
    return typeof value === "string" && PLAIN_WORD.test(value) ? [`${name}=${value}`] : [];
  });
  const whose = typeof accountId === "number" ? [account(accountId)] : [];
  const isError = level === "warn";
  return {
    text: [at, level, event, ...fields, ...whose].join(" "),
    error: isError ? `${event}${typeof code === "string" && PLAIN_WORD.test(code) ? `: ${code}` : ""}` : null,
  };
}

/** "3 × call failed: timeout", the most frequent first. */
function tally(lines: readonly LogLine[]): string[] {
  const counts = new Map<string, number>();
  for (const { error } of lines) if (error !== null) counts.set(error, (counts.get(error) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1]).map(([error, count]) => `${count} × ${error}`);
}

function pairs(values: Readonly<Record<string, string | number | boolean>>): string[] {
  return Object.entries(values).map(([name, value]) => {
    const label = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
    return `${label}: ${value === true ? "yes" : value === false ? "no" : value}`;
  });
}

/** The file a person gets: the chosen sections, in order, in plain text. */
export function reportText(report: SupportReport, chosen: readonly SupportSectionId[]): string {
  const parts = report.sections
    .filter(({ id }) => chosen.includes(id))
    .map(({ id, lines }) => `[${id}]\n${lines.length === 0 ? "(nothing)" : lines.join("\n")}\n`);
  return `Threadkeep support report\nMade ${new Date(report.madeAt).toISOString()}\n\n${parts.join("\n")}`;
}
