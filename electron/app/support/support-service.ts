/**
 * The support report at work: collects facts, keeps the report that was shown, saves what was chosen of it.
 *
 * No Electron here: the dialog is a port. Must not send anything anywhere. Invariant: what is saved is what was shown.
 */
import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import type { SupportReport } from "../../../shared/support.ts";
import type { SupportCalls } from "../../ipc/services.ts";
import { buildSections, reportText } from "../../support/report.ts";
import type { SupportFacts } from "../../support/report.ts";

export interface SupportOptions {
  readonly now: () => number;
  readonly facts: () => Promise<SupportFacts>;
  readonly redact: (text: string) => string;
  /** Asks where to save; null when the person thinks better of it. */
  readonly choosePath: (suggestedName: string) => Promise<string | null>;
}

export function createSupportService(options: SupportOptions): SupportCalls {
  let shown: SupportReport | null = null;
  let lastId = 0;
  return {
    async report() {
      const facts = await options.facts();
      lastId += 1;
      shown = {
        id: lastId,
        madeAt: options.now(),
        sections: buildSections(facts, { salt: randomBytes(16).toString("hex"), redact: options.redact }),
      };
      return shown;
    },
    async save(id, sections) {
      const report = shown;
      if (report === null || report.id !== id) return { result: "outdated" };
      const day = new Date(report.madeAt).toISOString().slice(0, 10);
      const path = await options.choosePath(`threadkeep-report-${day}.txt`);
      if (path === null) return { result: "cancelled" };
      try {
        await writeFile(path, reportText(report, sections), { mode: 0o600 });
      } catch {
        // Read-only, full or gone: the person chooses another place.
        return { result: "unwritable" };
      }
      return { result: "saved" };
    },
  };
}
