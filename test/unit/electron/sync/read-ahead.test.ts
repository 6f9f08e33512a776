/** A page read ahead: asked for beside a commit, looked at after it, let go of when something else comes first. */
import { describe, expect, it } from "vitest";
import type { ConversationId } from "../../../../shared/domain.ts";
import { ProviderError } from "../../../../shared/errors.ts";
import type { SyncEffect, SyncEvent } from "../../../../electron/sync/state.ts";
import { T0, conversation, drive, fetched, kinds, work } from "../../../helpers/machine-driver.ts";

type Driver = ReturnType<typeof drive>;

/** A first page is being stored, and the second was asked for as number `seq`. */
function storingFirst(sync: Driver = drive()): { sync: Driver; seq: number } {
  sync.send({ type: "tick" });
  const asked = fetched(sync.listPage([T0 - 1], "p2"));
  if (asked === undefined) throw new Error("nothing was asked for ahead");
  return { sync, seq: asked.seq };
}

const answer = (seq: number, nextCursor: string | null = null): SyncEvent => ({
  type: "listPage",
  seq,
  page: { items: [conversation(T0 - 2)], rejected: [], nextCursor },
});
const refusal = (seq: number, code: "rate_limited" | "key_refused" | "cursor_invalid"): SyncEvent => ({
  type: "failed",
  seq,
  error: new ProviderError(code, code === "rate_limited" ? { retryAfterMs: 90_000 } : {}),
});
/** When the machine looks again, where that is all it asks for. */
const waitsUntil = (effects: readonly SyncEffect[]) =>
  effects.length === 1 && effects[0]?.type === "tickAt" ? effects[0].at : null;
const slept: SyncEvent = { type: "suspend" };
const storeFailed = (sync: Driver): SyncEvent => ({
  type: "storeFailed",
  seq: sync.seq(),
  failure: { code: "disk_error", detail: {} },
});

describe("a page read ahead", () => {
  it("is stored only after the page before it, while the one after it is on its way", () => {
    const { sync, seq } = storingFirst();
    const asked = sync.send(answer(seq, "p3"));
    expect(kinds(asked)).toEqual(["fetch"]);
    expect(fetched(asked)?.job).toMatchObject({ kind: "list", pass: { cursor: "p3" } });
    const effects = sync.committed();
    expect(kinds(effects)).toEqual(["commitList"]);
    expect(effects[0]).toMatchObject({ commit: { items: [{ lastMessageAt: T0 - 2 }], pass: { cursor: "p3" } } });
  });

  it("that is still on its way when the page before it is stored is simply awaited", () => {
    const { sync, seq } = storingFirst();
    expect(sync.committed()).toEqual([]);
    expect(sync.seq()).toBe(seq);
    expect(kinds(sync.send(answer(seq)))).toEqual(["commitList"]);
  });

  it("is a thread's too", () => {
    const sync = drive();
    sync.becomeIdle();
    sync.send({ type: "open", id: 7 as ConversationId });
    sync.found(work(7));
    const asked = fetched(sync.threadPage("m2"));
    expect(asked?.job).toMatchObject({ kind: "thread", walk: { cursor: "m2" } });
    sync.send({ type: "threadPage", seq: asked!.seq, page: { items: [], rejected: [], nextCursor: null } });
    expect(sync.committed()[0]).toMatchObject({ type: "commitThread", commit: { complete: true } });
  });

  it("is paid for once, out of the same budget", () => {
    const budget = { capacity: 10, perSecond: 1, reserve: 0 };
    const { sync, seq } = storingFirst(drive(undefined, { budget }));
    expect(sync.state().tokens).toBe(8);
    sync.committed();
    expect(sync.state().tokens).toBe(8);
    sync.send(answer(seq));
    expect(sync.state().tokens).toBe(8);
  });

  it("is not asked for with an empty budget", () => {
    const sync = drive(undefined, { budget: { capacity: 1, perSecond: 1, reserve: 0 } });
    sync.send({ type: "tick" });
    expect(kinds(sync.listPage([T0 - 1], "p2"))).toEqual(["commitList"]);
    expect(kinds(sync.committed())).toEqual(["tickAt"]);
  });

  it.each(["on its way", "here"])("gives way to an opened thread when it is %s", (place) => {
    const { sync, seq } = storingFirst();
    if (place === "here") sync.send(answer(seq));
    sync.send({ type: "open", id: 7 as ConversationId });
    expect(kinds(sync.committed())).toEqual(place === "here" ? ["find"] : ["abort", "find"]);
    expect(sync.state().ahead).toEqual([]);
    expect(sync.send(answer(seq))).toEqual([]);
  });

  it.each([slept, { type: "stop" } as const])("is let go of by $type", (event) => {
    const { sync, seq } = storingFirst();
    expect(kinds(sync.send(event))).toEqual(["abort"]);
    expect(sync.state().ahead).toEqual([]);
    expect(sync.send(answer(seq))).toEqual([]);
  });

  it("is let go of with a new key, and the pass goes on from its stored place", () => {
    const { sync, seq } = storingFirst();
    sync.send(answer(seq));
    const effects = sync.send({ type: "credentials", generation: 2 });
    expect(kinds(effects)).toEqual(["abort", "fetch"]);
    expect(fetched(effects)?.job).toMatchObject({ pass: { cursor: null } });
    expect(sync.state().ahead).toEqual([]);
  });

  it("is let go of when the page before it could not be stored", () => {
    const { sync, seq } = storingFirst();
    sync.send(answer(seq));
    expect(kinds(sync.send(storeFailed(sync)))).toEqual(["tickAt"]);
    expect(sync.state().ahead).toEqual([]);
    expect(fetched(sync.elapse(5_000))?.job).toMatchObject({ pass: { cursor: null } });
  });

  it("is let go of when the account changed under it", () => {
    const { sync } = storingFirst();
    const refused = { applied: false, changed: [], newInbound: [], removedTexts: 0 };
    expect(kinds(sync.committed(refused))).toEqual(["abort"]);
    expect(sync.state().hold.kind).toBe("stopped");
  });
});

/** Reads on as far as the machine asks while the first page is being stored: pages 2, 3, … Returns the last one's number. */
function readOn(sync: Driver, first: number, pages: number): number {
  let seq = first;
  for (let page = 2; page < 2 + pages; page += 1) seq = fetched(sync.send(answer(seq, `p${page + 1}`)))?.seq ?? -1;
  return seq;
}

describe("several pages read ahead", () => {
  it("are no more than the window, and stored together with the place after the last of them", () => {
    const { sync, seq } = storingFirst(drive(undefined, { aheadPages: 3 }));
    expect(readOn(sync, seq, 3)).toBe(-1);
    expect(sync.state().ahead).toHaveLength(3);
    const effects = sync.committed();
    expect(kinds(effects)).toEqual(["commitList", "fetch"]);
    expect(effects[0]).toMatchObject({ commit: { items: { length: 3 }, pass: { cursor: "p5", pages: 4, seen: 4 } } });
    expect(fetched(effects)?.job).toMatchObject({ pass: { cursor: "p5" } });
    expect(sync.state().list).toMatchObject({ cursor: "p2" });
    sync.committed();
    expect(sync.state().list).toMatchObject({ cursor: "p5" });
  });

  it("end with the pass: nothing is asked for after its last page, and the mark moves when that is stored", () => {
    const { sync, seq } = storingFirst();
    const last = readOn(sync, seq, 1);
    expect(sync.send(answer(last))).toEqual([]);
    expect(sync.committed()[0]).toMatchObject({ commit: { items: { length: 2 }, pass: null, mark: T0 - 1 } });
    expect(sync.state().mark).toBeNull();
    sync.committed();
    expect(sync.state()).toMatchObject({ mark: T0 - 1, list: { pages: 0 } });
  });

  it("cost a request of the budget each, and end with it", () => {
    const { sync, seq } = storingFirst(drive(undefined, { budget: { capacity: 3, perSecond: 1, reserve: 0 } }));
    expect(readOn(sync, seq, 2)).toBe(-1);
    expect(sync.state().tokens).toBe(0);
    expect(kinds(sync.committed())).toEqual(["commitList"]);
    expect(kinds(sync.committed())).toEqual(["tickAt"]);
  });

  it("that run in a circle are noticed, and the place stays before it", () => {
    const { sync, seq } = storingFirst();
    const asked = readOn(sync, seq, 1);
    expect(sync.send(answer(asked, "p3"))).toEqual([]);
    expect(sync.committed()[0]).toMatchObject({ commit: { items: { length: 2 }, pass: { cursor: "p3", pages: 2 } } });
    sync.committed();
    expect(sync.phase()).toMatchObject({ code: "cursor_stuck" });
  });

  it("are all let go of when the page before them could not be stored, and read again from the stored place", () => {
    const { sync, seq } = storingFirst();
    readOn(sync, seq, 3);
    sync.send(storeFailed(sync));
    expect(sync.state().ahead).toEqual([]);
    expect(fetched(sync.elapse(5_000))?.job).toMatchObject({ pass: { cursor: null } });
  });

  it("are stored before a refusal that came after them holds", () => {
    const { sync, seq } = storingFirst();
    const last = readOn(sync, seq, 2);
    expect(sync.send(refusal(last, "rate_limited"))).toEqual([]);
    expect(sync.committed()[0]).toMatchObject({ commit: { items: { length: 2 }, pass: { cursor: "p4" } } });
    expect(waitsUntil(sync.committed())).toBeGreaterThanOrEqual(T0 + 90_000);
    expect(fetched(sync.elapse(150_000))?.job).toMatchObject({ pass: { cursor: "p4" } });
  });

  it("give way to an opened thread, but a refusal after them does not", () => {
    const { sync, seq } = storingFirst();
    const last = readOn(sync, seq, 2);
    sync.send({ type: "open", id: 7 as ConversationId });
    sync.send(refusal(last, "rate_limited"));
    expect(waitsUntil(sync.committed())).toBeGreaterThanOrEqual(T0 + 90_000);
    expect(sync.state().list).toMatchObject({ cursor: "p2" });
  });

  it("of a thread are one: its pages are stored one by one", () => {
    const sync = drive();
    sync.becomeIdle();
    sync.send({ type: "open", id: 7 as ConversationId });
    sync.found(work(7));
    const asked = fetched(sync.threadPage("m2"));
    const page = { items: [], rejected: [], nextCursor: "m3" };
    expect(sync.send({ type: "threadPage", seq: asked!.seq, page })).toEqual([]);
    expect(kinds(sync.committed())).toEqual(["commitThread", "fetch"]);
  });
});

describe("a refusal read ahead", () => {
  it("of the pace holds, once the page before it is stored", () => {
    const { sync, seq } = storingFirst();
    expect(sync.send(refusal(seq, "rate_limited"))).toEqual([]);
    expect(waitsUntil(sync.committed())).toBeGreaterThanOrEqual(T0 + 90_000);
    expect(fetched(sync.elapse(89_999))).toBeUndefined();
    expect(fetched(sync.elapse(60_000))?.job).toMatchObject({ pass: { cursor: "p2" } });
  });

  it("of the pace holds also when a thread was opened, or the store failed, meanwhile", () => {
    const opened = storingFirst();
    opened.sync.send(refusal(opened.seq, "rate_limited"));
    opened.sync.send({ type: "open", id: 7 as ConversationId });
    expect(waitsUntil(opened.sync.committed())).toBeGreaterThanOrEqual(T0 + 90_000);

    const broken = storingFirst();
    broken.sync.send(refusal(broken.seq, "rate_limited"));
    expect(waitsUntil(broken.sync.send(storeFailed(broken.sync)))).toBeGreaterThanOrEqual(T0 + 90_000);
  });

  it("of the key blocks the account", () => {
    const { sync, seq } = storingFirst();
    sync.send(refusal(seq, "key_refused"));
    expect(kinds(sync.committed())).toEqual(["block"]);
    expect(sync.phase()).toMatchObject({ kind: "attention", code: "key_refused" });
  });

  it("of the cursor restarts the pass from the top, once", () => {
    const { sync, seq } = storingFirst();
    sync.send(refusal(seq, "cursor_invalid"));
    const effects = sync.committed();
    expect(kinds(effects)).toEqual(["savePass", "fetch"]);
    expect(fetched(effects)?.job).toMatchObject({ pass: { cursor: null, restarts: 1 } });
  });
});

describe("a page that was not stored", () => {
  it.each(["a failed store", "sleep"])("is asked for again after %s, and that is no circle", (why) => {
    const sync = drive();
    sync.send({ type: "tick" });
    sync.listPage([T0 - 1], "p2");
    if (why === "sleep") {
      sync.send({ type: "suspend" });
      sync.send({ type: "resume" });
    } else sync.send({ type: "storeFailed", seq: sync.seq(), failure: { code: "disk_full", detail: {} } });
    expect(fetched(sync.elapse(10_000))?.job).toMatchObject({ kind: "list", pass: { cursor: null } });
    expect(sync.listPage([T0 - 1], "p2")[0]).toMatchObject({ type: "commitList", commit: { pass: { cursor: "p2" } } });
  });
});
