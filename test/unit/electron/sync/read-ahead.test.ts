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
  it("is stored only after the page before it, and the one after it is asked for then", () => {
    const { sync, seq } = storingFirst();
    expect(sync.send(answer(seq, "p3"))).toEqual([]);
    const effects = sync.committed();
    expect(kinds(effects)).toEqual(["commitList", "fetch"]);
    expect(effects[0]).toMatchObject({ commit: { items: [{ lastMessageAt: T0 - 2 }], pass: { cursor: "p3" } } });
    expect(fetched(effects)?.job).toMatchObject({ kind: "list", pass: { cursor: "p3" } });
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
    expect(sync.state().ahead).toBeNull();
    expect(sync.send(answer(seq))).toEqual([]);
  });

  it.each([slept, { type: "stop" } as const])("is let go of by $type", (event) => {
    const { sync, seq } = storingFirst();
    expect(kinds(sync.send(event))).toEqual(["abort"]);
    expect(sync.state().ahead).toBeNull();
    expect(sync.send(answer(seq))).toEqual([]);
  });

  it("is let go of with a new key, and the pass goes on from its stored place", () => {
    const { sync, seq } = storingFirst();
    sync.send(answer(seq));
    const effects = sync.send({ type: "credentials", generation: 2 });
    expect(kinds(effects)).toEqual(["abort", "fetch"]);
    expect(fetched(effects)?.job).toMatchObject({ pass: { cursor: null } });
    expect(sync.state().ahead).toBeNull();
  });

  it("is let go of when the page before it could not be stored", () => {
    const { sync, seq } = storingFirst();
    sync.send(answer(seq));
    expect(kinds(sync.send(storeFailed(sync)))).toEqual(["tickAt"]);
    expect(sync.state().ahead).toBeNull();
    expect(fetched(sync.elapse(5_000))?.job).toMatchObject({ pass: { cursor: null } });
  });

  it("is let go of when the account changed under it", () => {
    const { sync } = storingFirst();
    const refused = { applied: false, changed: [], newInbound: [], removedTexts: 0 };
    expect(kinds(sync.committed(refused))).toEqual(["abort"]);
    expect(sync.state().hold.kind).toBe("stopped");
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
