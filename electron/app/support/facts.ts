/** Gathers the facts of a support report from the running app. Counts and states only; a part that fails is left out. */
import { release } from "node:os";
import type { AppState } from "../../../shared/ipc.ts";
import { MIGRATIONS } from "../../db/migrations/index.ts";
import type { InboxServices } from "../../ipc/services.ts";
import type { SupportFacts } from "../../support/report.ts";

export interface FactSources {
  readonly state: () => AppState;
  readonly locale: () => string;
  /** Null before the inbox is open. */
  readonly services: () => InboxServices | null;
  readonly isLockConfigured: () => boolean;
  readonly logTail: () => readonly string[];
}

export async function gatherFacts(sources: FactSources): Promise<SupportFacts> {
  const { stage, sessionOnly, version } = sources.state();
  return {
    app: {
      version,
      electron: process.versions["electron"] ?? "none",
      chrome: process.versions["chrome"] ?? "none",
      node: process.versions.node,
      platform: process.platform,
      release: release(),
      arch: process.arch,
      locale: sources.locale(),
      stage,
      sessionOnly,
      upMinutes: Math.round(process.uptime() / 60),
      memoryMegabytes: Math.round(process.memoryUsage.rss() / 2 ** 20),
    },
    lock: { configured: sources.isLockConfigured() },
    inbox: await inboxFacts(sources.services()),
    log: sources.logTail(),
  };
}

async function inboxFacts(services: InboxServices | null): Promise<SupportFacts["inbox"]> {
  if (services === null) return null;
  try {
    return {
      settings: services.settings.get().settings,
      accounts: await services.accounts.list(),
      statuses: services.sync.status(),
      storage: await services.storage.report(),
      schemaVersion: MIGRATIONS.at(-1)?.version ?? 0,
      outbox: (await services.db.call("outbox.list", undefined)).length,
    };
  } catch {
    // A cache in trouble is when a report is wanted most: the rest of it still says why.
    return null;
  }
}
