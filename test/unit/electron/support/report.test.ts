/** The support report: secrets planted in every field of the facts are not in it, and a scrubber that does nothing is caught. */
import { describe, expect, it } from "vitest";
import { buildSections, reportText } from "../../../../electron/support/report.ts";
import type { SupportFacts } from "../../../../electron/support/report.ts";
import { createRedactor } from "../../../../electron/support/redactor.ts";
import type { Account, AccountId } from "../../../../shared/domain.ts";
import { defaultSettings } from "../../../../shared/settings.ts";
import { SupportReport } from "../../../../shared/support.ts";
import { callSamples } from "../ipc/contract-samples.ts";

const AT = Date.UTC(2026, 3, 28, 12);
const BODY = "Pelican says meet me at the harbour";
const NAME = "Dana Reyes";
const NUMBER = "+15551234567";
const KEY = "am_live_0123456789abcdef0123";
const PLANTED = [BODY, NAME, NUMBER, KEY, "Maple Street Dental", "harbor.example", "zq7x", "conversations:read"];

const account: Account = {
  id: 77_123 as AccountId,
  provider: "agentmessage",
  name: "Maple Street Dental",
  baseUrl: "https://harbor.example/api",
  keyHint: "zq7x",
  isSample: false,
  state: "missing_scope",
  missingScope: "conversations:read",
};

const line = (fields: Record<string, unknown>) =>
  JSON.stringify({ at: "2026-04-28T11:59:00.000Z", level: "warn", event: "call failed", ...fields });

/** Whatever can be planted is planted, also in fields that should never hold it. */
const hostile: SupportFacts = {
  app: {
    version: `0.1.0 ${NUMBER}`,
    electron: "45.4.1",
    chrome: "156",
    node: "24.21.0",
    platform: "linux",
    release: `6.1 ${KEY}`,
    arch: "x64",
    locale: "en-US",
    stage: "ready",
    sessionOnly: false,
    upMinutes: 5,
    memoryMegabytes: 200,
  },
  lock: { configured: true },
  inbox: {
    settings: {
      ...defaultSettings(),
      notifications: { ...defaultSettings().notifications, mutedAccounts: [account.id] },
    },
    accounts: [account],
    statuses: [
      {
        accountId: account.id,
        phase: { kind: "attention", code: BODY, detail: { scope: NAME } },
        lastCompletedAt: AT,
      },
    ],
    storage: {
      ...callSamples["storage.report"].output,
      accounts: callSamples["storage.report"].output.accounts.map((one) => ({
        ...one,
        accountId: account.id,
        quarantined: {
          total: 1,
          newest: [{ scope: "messages" as const, remoteId: NUMBER, reason: BODY, seenAt: AT }],
        },
      })),
    },
    schemaVersion: 70,
    outbox: 2,
  },
  log: [
    line({ code: "timeout", accountId: account.id, ms: 12, host: "harbor.example" }),
    line({ code: "timeout", reason: BODY, name: NAME, requestId: KEY, body: BODY }),
    line({ code: KEY, call: NUMBER }),
    line({ event: `${BODY}: ${KEY}` }),
    line({ at: BODY }),
    line({ level: NAME }),
    BODY,
    `{"at":"2026-04-28T11:59:00.000Z","level":"info","event":"cut by a cra`,
    "null",
    "[]",
  ],
};

const redactor = createRedactor();
redactor.register(KEY);
const make = (redact: (text: string) => string): SupportReport => ({
  id: 1,
  madeAt: AT,
  sections: buildSections(hostile, { salt: "salt", redact }),
});
const found = (text: string) => PLANTED.filter((planted) => text.includes(planted));

describe("the support report", () => {
  const report = make(redactor.redact);
  const text = reportText(
    report,
    report.sections.map(({ id }) => id),
  );

  it("holds nothing that was planted, in no field, and no account id", () => {
    expect(found(text)).toEqual([]);
    expect(found(JSON.stringify(report))).toEqual([]);
    expect(text).not.toMatch(/77.?123|\d{7,}(?!\d*Z)(?=\D*$)|555/);
  });

  it("is caught when the scrubber does nothing", () => {
    const leaky = make((same) => same);
    expect(found(JSON.stringify(leaky))).toEqual([NUMBER, KEY]);
  });

  it("says what support needs", () => {
    expect(text).toMatch(/version: 0\.1\.0/);
    expect(text).toMatch(/electron: 45\.4\.1/);
    expect(text).toMatch(/schema version: 70/);
    expect(text).toMatch(
      /account-[0-9a-f]{6} · agentmessage · missing_scope · scope missing · attention · last completed 2026-04-28T12:00:00\.000Z/,
    );
    expect(text).toMatch(/2 × call failed: timeout/);
    expect(text).toMatch(/warn call failed code=timeout ms=12 account-[0-9a-f]{6}/);
    expect(text).toContain("notifications privacy: auto");
  });

  it("calls an account the same everywhere in one report, and otherwise in the next", () => {
    const names = new Set(text.match(/account-[0-9a-f]{6}/g));
    expect(names.size).toBe(1);
    const other = JSON.stringify(buildSections(hostile, { salt: "another", redact: redactor.redact }));
    for (const name of names) expect(other).not.toContain(name);
  });

  it("fits the contract, and leaves out what was taken away", () => {
    expect(SupportReport.parse(report)).toEqual(report);
    const chosen = reportText(report, ["app", "errors"]);
    expect(chosen).toContain("[app]");
    expect(chosen).toContain("[errors]");
    expect(chosen).not.toMatch(/\[(log|accounts|storage|settings)\]/);
  });

  it("can be made before any inbox is open", () => {
    const sections = buildSections({ ...hostile, inbox: null }, { salt: "salt", redact: redactor.redact });
    expect(sections.find(({ id }) => id === "app")!.lines.length).toBeGreaterThan(5);
    expect(sections.find(({ id }) => id === "accounts")!.lines).toEqual([]);
  });
});
