import { describe, expect, it } from "vitest";
import { createFormat } from "../../../../renderer/lib/format.ts";
import { firstSync, syncSummary } from "../../../../renderer/lib/sync-summary.ts";
import type { SyncPhase, SyncStatus } from "../../../../shared/domain.ts";

const format = createFormat({ locale: "en-GB", timeZone: "UTC" });
const checked = Date.UTC(2026, 3, 14, 9, 41);
const statuses = (...phases: SyncPhase[]): SyncStatus[] =>
  phases.map((phase, index) => ({
    accountId: (index + 1) as SyncStatus["accountId"],
    phase,
    lastCompletedAt: checked + index * 60_000,
  }));
const syncing = (done: number, total: number | null, first = false): SyncPhase => ({
  kind: "syncing",
  first,
  done,
  total,
});

describe("syncSummary", () => {
  it.each<[string, SyncPhase[]]>([
    ["Up to date", [{ kind: "up_to_date" }, { kind: "up_to_date" }]],
    ["Syncing 15 of 40", [syncing(5, 10), syncing(10, 30)]],
    ["Syncing, 15 so far", [syncing(5, 10), syncing(10, null)]],
    ["Offline", [{ kind: "offline" }, { kind: "up_to_date" }]],
    ["Waiting", [{ kind: "waiting", until: checked, reason: "rate_limited" }, { kind: "up_to_date" }]],
    ["Needs attention", [syncing(5, 10), { kind: "attention", code: "key_refused", detail: {} }]],
  ])("says %s", (text, phases) => {
    expect(syncSummary(statuses(...phases), format)?.text).toBe(text);
  });

  it("shows the time of the account that was checked longest ago", () => {
    expect(syncSummary(statuses({ kind: "up_to_date" }, { kind: "up_to_date" }), format)?.checked).toBe(
      "checked 09:41",
    );
  });

  it("says until when it waits and what needs attention", () => {
    expect(syncSummary(statuses({ kind: "waiting", until: checked, reason: "" }), format)?.hint).toBe("until 09:41");
    const scope = statuses({ kind: "attention", code: "scope_missing", detail: { scope: "messages:read" } });
    expect(syncSummary(scope, format)?.hint).toContain("messages:read");
  });

  it("has nothing to say without accounts, and no time before the first pass", () => {
    expect(syncSummary([], format)).toBeNull();
    expect(syncSummary([{ ...statuses(syncing(1, 2, true))[0]!, lastCompletedAt: null }], format)?.checked).toBeNull();
  });

  it("adds up first syncs only", () => {
    expect(firstSync(statuses(syncing(5, 10, true), syncing(3, 9)))).toEqual({ done: 5, total: 10 });
    expect(firstSync(statuses(syncing(5, 10, true), syncing(3, null, true)))).toEqual({ done: 8, total: null });
    expect(firstSync(statuses(syncing(3, 9)))).toBeNull();
  });
});
