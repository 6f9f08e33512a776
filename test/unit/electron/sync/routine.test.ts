/** Re-checks that only a sweep made due go at a pace of their own, and hold up nothing else. */
import { describe, expect, it } from "vitest";
import type { ConversationId } from "../../../../shared/domain.ts";
import { DEFAULT_CONFIG } from "../../../../electron/sync/state.ts";
import { NEW, T0, drive, fetched, kinds, work } from "../../../helpers/machine-driver.ts";

describe("routine re-checks after a sweep", () => {
  const routine = { burst: 3, everyMs: 1_000, share: 0 };
  const due = { ...work(5), isRoutine: true };

  /** Reads the threads the store names until the machine asks for none; says how many. */
  function readAll(sync: ReturnType<typeof drive>): number {
    for (let read = 0; ; read += 1) {
      if (sync.state().busy?.doing !== "find") return read;
      if (fetched(sync.found(due)) === undefined) return read;
      sync.threadPage(null);
      sync.committed();
    }
  }

  it("begin with a few at once, and go on at their pace", () => {
    const sync = drive(NEW, { routine });
    sync.becomeIdle();
    sync.elapse(DEFAULT_CONFIG.focusedPollMs);
    sync.listPage([T0 - 1_000], null);
    sync.committed();
    expect(readAll(sync)).toBe(3);
    expect(kinds(sync.elapse(999))).toEqual(["tickAt"]);
    sync.elapse(1);
    expect(readAll(sync)).toBe(1);
    sync.elapse(2_000);
    expect(readAll(sync)).toBe(2);
    expect(sync.phase()).toEqual({ kind: "up_to_date" });
  });

  it("hold back neither what is behind nor what a person opens", () => {
    const sync = drive(NEW, { routine: { burst: 1, everyMs: 60_000, share: 0 } });
    sync.becomeIdle();
    sync.elapse(DEFAULT_CONFIG.focusedPollMs);
    sync.listPage([T0 - 1_000], null);
    sync.committed();
    expect(fetched(sync.found(due))).toBeDefined();
    sync.threadPage(null);
    sync.committed();
    expect(fetched(sync.found(due))).toBeUndefined();
    expect(kinds(sync.send({ type: "open", id: 5 as ConversationId }))).toEqual(["find"]);
    expect(fetched(sync.found(due))?.job).toMatchObject({ kind: "thread", walk: { foreground: true } });
    sync.threadPage(null);
    sync.committed();
    sync.send({ type: "open", id: null });
    sync.elapse(DEFAULT_CONFIG.focusedPollMs);
    sync.listPage([T0 - 1_000], null);
    sync.committed();
    expect(fetched(sync.found(work(6)))?.job).toMatchObject({ kind: "thread" });
  });

  it.each([
    ["a tenth of a large budget, where that is more", 100, 10],
    ["their own pace, where the budget is small", 10, 2],
  ])("go at %s", (_what, perSecond, inOneSecond) => {
    const pace = { burst: 1, everyMs: 500, share: 0.1 };
    const sync = drive(NEW, { routine: pace, budget: { capacity: 100, perSecond, reserve: 10 } });
    sync.becomeIdle();
    sync.elapse(DEFAULT_CONFIG.focusedPollMs);
    sync.listPage([T0 - 1_000], null);
    sync.committed();
    expect(readAll(sync)).toBe(1);
    let read = 0;
    for (let tenth = 0; tenth < 10; tenth += 1) {
      sync.elapse(100);
      read += readAll(sync);
    }
    expect(read).toBe(inOneSecond);
  });
});
