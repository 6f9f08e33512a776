/** How sync stands, told at once or at a pace. */
import { describe, expect, it } from "vitest";
import { createProgress } from "../../../../electron/app/progress.ts";
import type { AccountId, SyncPhase, SyncStatus } from "../../../../shared/domain.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";

const account = (id: number, phase: SyncPhase, lastCompletedAt: number | null = null): SyncStatus => ({
  accountId: id as AccountId,
  phase,
  lastCompletedAt,
});
const syncing = (done: number, first = true): SyncPhase => ({ kind: "syncing", first, done, total: null });

function setUp() {
  const clock = createFakeClock();
  let current: SyncStatus | null = null;
  const told: (SyncStatus | null)[] = [];
  const progress = createProgress(clock, 150, () => told.push(current));
  const change = (status: SyncStatus) => {
    current = status;
    progress.changed(status);
  };
  return { clock, told, change };
}

describe("createProgress", () => {
  it("tells a number that grows at a pace, and its last value", async () => {
    const { clock, told, change } = setUp();
    for (let done = 0; done <= 30; done += 1) {
      change(account(1, syncing(done * 200)));
      await clock.advance(10);
    }
    await clock.advance(1_000);
    expect(told.map((status) => (status?.phase.kind === "syncing" ? status.phase.done : null))).toEqual([
      0, 3_000, 6_000,
    ]);
    expect(clock.pending()).toBe(0);
  });

  it.each<[string, SyncStatus]>([
    ["that the first sync is over", account(1, syncing(0, false), 5)],
    ["that a pass is complete", account(1, syncing(0), 5)],
    ["that nothing is left", account(1, { kind: "up_to_date" })],
    ["that there is no network", account(1, { kind: "offline" })],
    ["another account", account(2, syncing(0))],
  ])("tells at once %s", (_what, status) => {
    const { told, change } = setUp();
    change(account(1, syncing(0)));
    change(account(1, syncing(200)));
    change(status);
    expect(told).toHaveLength(2);
    expect(told.at(-1)).toBe(status);
  });
});
