/** The sync machine, event by event: what it asks for next, and what it makes of each answer. */
import { describe, expect, it } from "vitest";
import type { ConversationId } from "../../../../shared/domain.ts";
import type { SavedSync } from "../../../../electron/sync/ports.ts";
import { DEFAULT_CONFIG } from "../../../../electron/sync/state.ts";
import type { SyncEffect, SyncEvent } from "../../../../electron/sync/state.ts";
import { NEW, OK, T0, conversation, drive, fetched, kinds, work } from "../../../helpers/machine-driver.ts";

describe("a first sync", () => {
  it("walks from the top to the end and only then sets the mark to the newest of the first page", () => {
    const sync = drive();
    expect(fetched(sync.send({ type: "tick" }))?.job).toMatchObject({ kind: "list", pass: { cursor: null } });
    expect(sync.phase()).toEqual({ kind: "syncing", first: true, done: 0, total: null });

    const [first, next] = sync.listPage([T0 - 1, T0 - 2], "p2");
    expect(first).toMatchObject({
      type: "commitList",
      commit: { mark: null, pass: { cursor: "p2", newestAt: T0 - 1 } },
    });
    expect(next).toMatchObject({ type: "fetch", job: { kind: "list", pass: { cursor: "p2" } } });
    expect(sync.committed()).toEqual([]);
    expect(sync.phase()).toMatchObject({ done: 2 });
    expect(sync.state().mark).toBeNull();

    const [last] = sync.listPage([T0 - 3], null);
    expect(last).toMatchObject({ type: "commitList", commit: { mark: T0 - 1, pass: null } });
    sync.committed();
    expect(sync.state()).toMatchObject({ mark: T0 - 1, lastCompletedAt: T0 });
  });

  it("looks again at once after a pass of several pages, because the list moved, but not for ever", () => {
    const sync = drive(NEW, { maxFollowUps: 2 });
    let effects = sync.send({ type: "tick" });
    for (let pass = 0; pass < 3; pass += 1) {
      expect(fetched(effects)?.job).toMatchObject({ kind: "list", pass: { cursor: null } });
      sync.listPage([T0 - 1], `more${pass}`);
      sync.committed();
      sync.listPage([T0 - 2], null);
      effects = sync.committed();
    }
    expect(fetched(effects)?.job.kind).toBe("numbers");
  });

  it("goes on where a crash interrupted it", () => {
    const list = { cursor: "p7", newestAt: T0, stopBefore: null, pages: 6, seen: 300, restarts: 0, startedAt: T0 - 1 };
    const sync = drive({ ...NEW, list });
    expect(fetched(sync.send({ type: "tick" }))?.job).toMatchObject({ kind: "list", pass: { cursor: "p7" } });
    expect(sync.phase()).toEqual({ kind: "syncing", first: true, done: 300, total: null });
  });
});

describe("a later pass", () => {
  const later: SavedSync = { ...NEW, mark: T0 - 10_000, lastCompletedAt: T0 - 60_000 };

  it("stops at the first page that reaches below the mark minus the overlap", () => {
    const sync = drive(later, { overlapMs: 5_000 });
    sync.send({ type: "tick" });
    sync.listPage([T0 - 1, T0 - 15_000], "p2");
    sync.committed();
    expect(sync.state().list).toMatchObject({ cursor: "p2" });
    expect(sync.listPage([T0 - 15_001], "p3")[0]).toMatchObject({ commit: { mark: T0 - 1, pass: null } });
  });

  it("does not let an item exactly at the edge end it: equal times may continue on the next page", () => {
    const sync = drive(later, { overlapMs: 5_000 });
    sync.send({ type: "tick" });
    expect(sync.listPage([T0 - 15_000], "p2")[0]).toMatchObject({ commit: { pass: { cursor: "p2" } } });
  });

  it("keeps the old mark when the list is empty", () => {
    const sync = drive(later);
    sync.send({ type: "tick" });
    sync.listPage([], null);
    sync.committed();
    expect(sync.state().mark).toBe(later.mark);
  });

  it("is polled faster while the window is focused", () => {
    const sync = drive();
    expect(sync.becomeIdle()).toContainEqual({ type: "tickAt", at: T0 + DEFAULT_CONFIG.focusedPollMs });
    expect(fetched(sync.elapse(DEFAULT_CONFIG.focusedPollMs))?.job.kind).toBe("list");
    const background = drive();
    background.send({ type: "focus", focused: false });
    expect(background.becomeIdle()).toContainEqual({ type: "tickAt", at: T0 + DEFAULT_CONFIG.backgroundPollMs });
  });

  it("is started at once by focus, network and the person", () => {
    for (const event of [
      { type: "focus", focused: true },
      { type: "wake", reason: "online" },
      { type: "wake", reason: "manual" },
    ] satisfies SyncEvent[]) {
      const sync = drive();
      sync.becomeIdle();
      expect(fetched(sync.send(event))?.job.kind).toBe("list");
    }
  });
});

describe("pages that never end", () => {
  it.each([
    ["the same cursor again", ["a", "a"]],
    ["a circle of two", ["a", "b", "a", "b", "a"]],
    ["a circle of three after a straight run", ["x", "y", "a", "b", "c", "a", "b", "c", "a", "b", "c"]],
  ])("%s is a named error, the mark stays", (_name, cursors) => {
    const sync = drive();
    sync.send({ type: "tick" });
    let effects: readonly SyncEffect[] = [];
    for (const cursor of cursors) {
      sync.listPage([T0], cursor);
      effects = sync.committed();
      if (sync.state().hold.kind === "wait") break;
    }
    expect(sync.phase()).toMatchObject({ kind: "attention", code: "cursor_stuck" });
    expect(effects).toContainEqual({ type: "savePass", kind: "list", pass: null });
    expect(sync.state()).toMatchObject({ mark: null, list: null, lastCompletedAt: null });
  });

  it("a page count over the bound is one too", () => {
    const sync = drive(NEW, { maxPages: 5 });
    sync.send({ type: "tick" });
    for (let page = 0; page < 5; page += 1) {
      sync.listPage([T0], `p${page}`);
      sync.committed();
    }
    expect(sync.phase()).toMatchObject({ kind: "attention", code: "cursor_stuck" });
  });
});

describe("a refused cursor", () => {
  it("restarts the pass from the top once, under the old mark, and keeps rows", () => {
    const sync = drive({ ...NEW, mark: T0 - 99_000 });
    sync.send({ type: "tick" });
    sync.listPage([T0], "p2");
    sync.committed();
    const effects = sync.fail("cursor_invalid");
    expect(fetched(effects)?.job).toMatchObject({ kind: "list", pass: { cursor: null, restarts: 1 } });
    sync.listPage([T0], "p2");
    sync.committed();
    expect(sync.fail("cursor_invalid")).toContainEqual({ type: "savePass", kind: "list", pass: null });
    expect(sync.state()).toMatchObject({ hold: { kind: "wait" }, mark: T0 - 99_000 });
  });

  it("walks a thread from its start once, then puts only that thread off", () => {
    const sync = drive();
    sync.becomeIdle();
    sync.elapse(DEFAULT_CONFIG.focusedPollMs);
    sync.listPage([T0], null);
    sync.committed();
    sync.found(work(7, "old"));
    expect(fetched(sync.fail("cursor_invalid"))?.job).toMatchObject({ kind: "thread", walk: { cursor: null } });
    const effects = sync.fail("cursor_invalid");
    expect(effects).toContainEqual(expect.objectContaining({ type: "deferThread", conversationId: 7 }));
    expect(kinds(effects)).toContain("find");
  });
});

describe("failures", () => {
  it("401 blocks the account, asks nothing more, and says so", () => {
    const sync = drive();
    sync.send({ type: "tick" });
    expect(kinds(sync.fail("key_refused"))).toEqual(["block"]);
    expect(sync.elapse(86_400_000)).toEqual([]);
    expect(sync.phase()).toMatchObject({ kind: "attention", code: "key_refused" });
    expect(fetched(sync.send({ type: "credentials", generation: 2 }))?.job.kind).toBe("list");
  });

  it("403 names the scope; a person may try again", () => {
    const sync = drive();
    sync.send({ type: "tick" });
    sync.fail("scope_missing", { detail: { scope: "conversations:read" } });
    expect(sync.phase()).toMatchObject({ kind: "attention", detail: { scope: "conversations:read" } });
    expect(fetched(sync.send({ type: "wake", reason: "manual" }))?.job.kind).toBe("list");
  });

  it("403 on threads leaves the list working", () => {
    const sync = drive();
    sync.becomeIdle();
    sync.elapse(DEFAULT_CONFIG.focusedPollMs);
    sync.listPage([T0], null);
    sync.committed();
    sync.found(work(1));
    sync.fail("scope_missing", { detail: { scope: "messages:read" } });
    expect(sync.phase()).toMatchObject({ kind: "attention", code: "scope_missing" });
    expect(fetched(sync.elapse(DEFAULT_CONFIG.focusedPollMs))?.job.kind).toBe("list");
  });

  it.each(["rate_limited", "server_error"] as const)(
    "%s is never asked earlier than Retry-After, on focus neither",
    (code) => {
      const sync = drive();
      sync.send({ type: "tick" });
      sync.fail(code, { retryAfterMs: 30_000 });
      expect(sync.phase()).toMatchObject({ kind: "waiting", reason: code });
      expect(fetched(sync.send({ type: "focus", focused: true }))).toBeUndefined();
      expect(fetched(sync.elapse(29_999))).toBeUndefined();
      expect(fetched(sync.elapse(1_001))).toBeDefined();
    },
  );

  it("waits longer after each failure in a row and forgets that after a success", () => {
    const sync = drive();
    sync.send({ type: "tick" });
    const waits: number[] = [];
    for (let failure = 0; failure < 8; failure += 1) {
      const before = sync.state().tokensAt;
      sync.fail("server_error");
      const { hold } = sync.state();
      if (hold.kind !== "wait") throw new Error("not waiting");
      waits.push(hold.until - before);
      sync.elapse(hold.until - before);
    }
    expect(waits.toSorted((a, b) => a - b)).toEqual(waits);
    expect(Math.max(...waits)).toBeLessThanOrEqual(60_000);
    sync.listPage([T0], null);
    sync.committed();
    expect(sync.state().attempt).toBe(0);
  });

  it.each(["offline", "unreachable"] as const)("%s is a state, not an error", (code) => {
    const sync = drive();
    sync.send({ type: "tick" });
    sync.fail(code);
    expect(sync.phase()).toEqual({ kind: "offline" });
    expect(fetched(sync.send({ type: "wake", reason: "online" }))?.job.kind).toBe("list");
  });

  it("a store that fails waits and tries again; nothing is fetched past it", () => {
    const sync = drive();
    sync.send({ type: "tick" });
    sync.listPage([T0], "p2");
    sync.send({ type: "storeFailed", seq: sync.seq(), failure: { code: "disk_full", detail: {} } });
    expect(sync.phase()).toMatchObject({ kind: "attention", code: "disk_full" });
    expect(fetched(sync.elapse(60_000))?.job).toMatchObject({ pass: { cursor: null } });
  });
});

describe("late answers", () => {
  it("are dropped after the account changed, slept or stopped", () => {
    for (const event of [
      { type: "suspend" },
      { type: "stop" },
      { type: "credentials", generation: 2 },
    ] satisfies SyncEvent[]) {
      const sync = drive();
      sync.send({ type: "tick" });
      const late = sync.seq();
      expect(kinds(sync.send(event))).toContain("abort");
      const before = sync.state();
      const page = { items: [conversation(T0)], rejected: [], nextCursor: null };
      expect(kinds(sync.send({ type: "listPage", seq: late, page }))).not.toContain("commitList");
      expect(sync.state().list).toEqual(before.list);
    }
  });

  it("a commit refused as outdated stops this engine for good", () => {
    const sync = drive();
    sync.send({ type: "tick" });
    sync.listPage([T0], null);
    sync.committed({ ...OK, applied: false });
    expect(sync.elapse(86_400_000)).toEqual([]);
  });
});

describe("what comes first", () => {
  it("the opened thread goes before the rest of a long list", () => {
    const sync = drive();
    sync.send({ type: "tick" });
    sync.send({ type: "open", id: 5 as ConversationId });
    sync.listPage([T0], "p2");
    expect(sync.committed()).toContainEqual(expect.objectContaining({ type: "find", conversationId: 5 }));
    sync.found(work(5));
    sync.threadPage(null);
    expect(fetched(sync.committed())?.job).toMatchObject({ kind: "list", pass: { cursor: "p2" } });
  });

  it("an opened thread is read again from its start once, so that removals are found", () => {
    const sync = drive();
    sync.becomeIdle();
    sync.send({ type: "open", id: 5 as ConversationId });
    expect(fetched(sync.found(work(5, "last")))?.job).toMatchObject({ walk: { cursor: "last" } });
    sync.threadPage(null);
    sync.committed();
    expect(kinds(sync.elapse(DEFAULT_CONFIG.openRecheckMs))).toContain("find");
    expect(fetched(sync.found(work(5, "last")))?.job).toMatchObject({ walk: { cursor: null, work: { kind: "full" } } });
    sync.threadPage(null);
    sync.committed();
    expect(sync.state().open?.recheckAt).toBeNull();
  });

  it("an open thread is looked at again soon after a reply was sent from it", () => {
    const sync = drive();
    sync.becomeIdle();
    sync.send({ type: "open", id: 5 as ConversationId });
    sync.found(work(5));
    sync.threadPage(null);
    sync.committed();
    sync.send({ type: "touched", id: 6 as ConversationId });
    expect(kinds(sync.elapse(DEFAULT_CONFIG.touchedPollMs))).not.toContain("find");
    sync.send({ type: "touched", id: 5 as ConversationId });
    expect(kinds(sync.elapse(DEFAULT_CONFIG.touchedPollMs))).toContain("find");
  });

  it("is not called up to date before it is known that no thread is left", () => {
    const sync = drive();
    sync.send({ type: "tick" });
    sync.listPage([T0], null);
    sync.committed();
    sync.send({ type: "numbers", seq: sync.seq(), numbers: [] });
    expect(sync.phase()).toMatchObject({ kind: "syncing", first: false });
    sync.found(null);
    expect(sync.phase()).toEqual({ kind: "up_to_date" });
  });

  it("background work leaves the reserve of the budget to the person", () => {
    const budget = { capacity: 4, perSecond: 1, reserve: 3 };
    const sync = drive(NEW, { budget });
    sync.send({ type: "tick" });
    sync.listPage([T0], null);
    sync.committed();
    // The list spent one of four; what is left is the reserve.
    expect(sync.state().busy).toBeNull();
    sync.send({ type: "open", id: 5 as ConversationId });
    expect(fetched(sync.found(work(5)))?.job.kind).toBe("thread");
  });

  it("keeps a thread's last page as the place to go on from", () => {
    const sync = drive();
    sync.becomeIdle();
    sync.send({ type: "open", id: 5 as ConversationId });
    sync.found(work(5));
    expect(sync.threadPage("c2")[0]).toMatchObject({ commit: { cursor: "c2", complete: false } });
    sync.committed();
    expect(sync.threadPage(null)[0]).toMatchObject({ commit: { cursor: "c2", complete: true } });
  });
});

describe("sleep", () => {
  it("aborts, says offline, and after resume syncs once within the jitter", () => {
    const sync = drive();
    sync.becomeIdle();
    expect(kinds(sync.send({ type: "suspend" }))).toEqual(["abort"]);
    expect(sync.phase()).toEqual({ kind: "offline" });
    expect(sync.elapse(3_600_000)).toEqual([]);
    const effects = sync.send({ type: "resume" });
    expect(fetched(effects)).toBeUndefined();
    expect(sync.send({ type: "resume" }).filter(({ type }) => type === "fetch")).toEqual([]);
    expect(fetched(sync.elapse(DEFAULT_CONFIG.resumeJitterMs))?.job.kind).toBe("list");
  });
});
