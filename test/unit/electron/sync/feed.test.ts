/** The feed of changed messages: when it is asked, where it ends, what its failures cost. */
import { describe, expect, it } from "vitest";
import type { ConversationId } from "../../../../shared/domain.ts";
import type { AppErrorCode } from "../../../../shared/errors.ts";
import type { SavedSync } from "../../../../electron/sync/ports.ts";
import { DEFAULT_CONFIG } from "../../../../electron/sync/state.ts";
import type { SyncConfig } from "../../../../electron/sync/state.ts";
import { NEW, OK, T0, drive, fetched, kinds, work } from "../../../helpers/machine-driver.ts";

const LATER: SavedSync = { ...NEW, mark: T0 - 10_000, lastCompletedAt: T0 - 60_000, feedMark: T0 - 10_000 };

/** An account whose list and numbers are done, so that the feed is next. */
function atFeed(saved: SavedSync = LATER, config: Partial<SyncConfig> = {}) {
  const sync = drive(saved, { hasFeed: true, overlapMs: 5_000, ...config });
  sync.send({ type: "tick" });
  sync.listPage([T0 - 1_000], null);
  sync.committed();
  const effects = sync.send({ type: "numbers", seq: sync.seq(), numbers: [] });
  const page = (newest: number | null, oldest: number | null, nextCursor: string | null) =>
    sync.send({
      type: "feedPage",
      seq: sync.seq(),
      page: { items: [], newestChangeAt: newest, oldestChangeAt: oldest, nextCursor },
    });
  return { sync, effects, page };
}

describe("the feed of changes", () => {
  it("is asked after the list and before the threads, from its top", () => {
    const { effects } = atFeed();
    expect(fetched(effects)?.job).toMatchObject({ kind: "feed", walk: { cursor: null, stopBefore: T0 - 15_000 } });
  });

  it("is never asked where the provider has none, nor before the first list is complete", () => {
    expect(kinds(atFeed(LATER, { hasFeed: false }).effects)).toEqual(["saveNumbers", "find"]);
    const first = drive(NEW, { hasFeed: true });
    first.send({ type: "tick" });
    expect(fetched(first.listPage([T0], "p2"))?.job.kind).toBe("list");
    expect(first.committed()).toEqual([]);
  });

  it("goes on until a page holds a change older than the mark minus the overlap, and only then moves the mark", () => {
    const { sync, page } = atFeed();
    // A change exactly at the edge does not end it: equal times may continue on the next page.
    expect(page(T0 - 1, T0 - 15_000, "f2")[0]).toMatchObject({ type: "commitFeed", commit: { mark: null } });
    expect(fetched(sync.committed())?.job).toMatchObject({ kind: "feed", walk: { cursor: "f2" } });
    expect(page(T0 - 15_000, T0 - 15_001, "f3")[0]).toMatchObject({ commit: { mark: T0 - 1 } });
    expect(kinds(sync.committed())).toEqual(["find"]);
    expect(sync.state()).toMatchObject({ feed: null, feedMark: T0 - 1 });
  });

  it("reads one page where nothing was read before, and where rows do not say when they changed", () => {
    const fresh = atFeed({ ...LATER, feedMark: null });
    expect(fresh.page(T0 - 1, T0 - 2, "f2")[0]).toMatchObject({ commit: { mark: T0 - 1 } });
    expect(kinds(fresh.sync.committed())).toEqual(["find"]);
    const undated = atFeed();
    expect(undated.page(null, null, "f2")[0]).toMatchObject({ commit: { mark: null } });
    undated.sync.committed();
    expect(undated.sync.state()).toMatchObject({ feed: null, feedMark: LATER.feedMark });
  });

  it("reads below the mark only while changes from before it may still come to light", () => {
    const { sync, page } = atFeed(LATER, { focusedPollMs: 4_000 });
    const stops: (number | null)[] = [];
    const read = (newest: number) => {
      const busy = sync.state().busy;
      if (busy?.doing !== "fetch" || busy.job.kind !== "feed") throw new Error("not at the feed");
      stops.push(busy.job.walk.stopBefore);
      page(newest, T0 - 60_000, null);
      sync.committed();
      sync.found(null);
    };
    const next = (newest: number) => {
      sync.elapse(4_000);
      sync.listPage([T0 - 1_000], null);
      sync.committed();
      read(newest);
    };
    read(T0);
    for (const newest of [T0, T0, T0, T0 + 7, T0 + 7]) next(newest);
    // Marked at 0 s; read at 4 s and at 8 s; from 12 s on nothing can be late. A new mark begins anew.
    expect(stops).toEqual([T0 - 15_000, T0 - 5_000, T0 - 5_000, T0, T0, T0 + 7 - 5_000]);
  });

  it("has the threads confirm at once what it changed", () => {
    const { sync, page } = atFeed();
    sync.fail("timeout");
    sync.found(null);
    // Put off, it comes at a moment of its own, between two looks at the list.
    sync.elapse(599_000);
    sync.listPage([T0], null);
    sync.committed();
    sync.found(null);
    expect(fetched(sync.elapse(1_000))?.job.kind).toBe("feed");
    page(T0, T0 - 20_000, null);
    expect(kinds(sync.committed({ ...OK, changed: [1 as ConversationId] }))).toEqual(["find"]);
  });

  it.each([
    { what: "begins anew the walk through a thread that it brought something of: what it left out lies above", id: 5 },
    { what: "lets the walk through another thread go on", id: 6 },
  ])("$what", ({ id }) => {
    const { sync, page } = atFeed();
    page(T0, T0 - 20_000, null);
    sync.committed();
    sync.found(work(5, "first"));
    sync.threadPage("second");
    sync.elapse(DEFAULT_CONFIG.focusedPollMs);
    sync.committed();
    sync.listPage([T0 - 1_000], null);
    sync.committed();
    expect(page(T0 + 1, T0 - 20_000, null)[0]).toMatchObject({ type: "commitFeed" });
    const effects = sync.committed({ ...OK, changed: [id as ConversationId] });
    expect([kinds(effects), sync.state().walk?.cursor]).toEqual(
      id === 5 ? [["find"], undefined] : [["fetch"], "second"],
    );
  });

  it("ends a walk in a circle, keeps the old mark and comes back later", () => {
    const { sync, page } = atFeed();
    page(T0, T0 - 1, "f2");
    sync.committed();
    expect(page(T0, T0 - 1, "f2")[0]).toMatchObject({ commit: { mark: null } });
    sync.committed();
    expect(sync.state()).toMatchObject({ feed: null, feedMark: LATER.feedMark, feedDueAt: T0 + 600_000 });
    expect(sync.state().hold).toEqual({ kind: "none" });
  });

  it("leaves the reserve of the budget to the person", () => {
    const { effects } = atFeed(LATER, { budget: { capacity: 5, perSecond: 1, reserve: 3 } });
    // Two requests went to the list and the numbers; the third would reach into the reserve.
    expect(fetched(effects)).toBeUndefined();
    expect(effects).toContainEqual({ type: "tickAt", at: T0 + 1_000 });
  });

  const own: AppErrorCode[] = ["scope_missing", "not_found", "wrong_address", "rejected", "invalid_response"];
  it.each([...own, "cursor_invalid", "too_large", "server_error", "timeout"] as const)(
    "is put off without a word after %s, and everything else goes on",
    (code) => {
      const { sync } = atFeed();
      expect(kinds(sync.fail(code))).toEqual(["find"]);
      expect(sync.state()).toMatchObject({ feed: null, hold: { kind: "none" }, feedDueAt: T0 + 600_000 });
      expect(kinds(sync.found(null))).toEqual(["tickAt"]);
      expect(sync.phase()).toEqual({ kind: "up_to_date" });
    },
  );

  it("stops for the key and waits for the network like everything else", () => {
    const refused = atFeed();
    expect(kinds(refused.sync.fail("key_refused"))).toEqual(["block"]);
    const offline = atFeed();
    offline.sync.fail("offline");
    expect(offline.sync.state().hold).toMatchObject({ kind: "wait" });
  });

  it("is asked again at once when a person insists", () => {
    const { sync } = atFeed();
    sync.fail("scope_missing");
    sync.found(null);
    sync.send({ type: "wake", reason: "manual" });
    expect(sync.state().feedDueAt).toBe(T0);
  });
});
