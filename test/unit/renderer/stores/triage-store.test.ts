import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createBridgeClient } from "../../../../renderer/bridge.ts";
import { rowAt } from "../../../../renderer/lib/page-cache.ts";
import { countOf, createInboxStore } from "../../../../renderer/stores/inbox-store.ts";
import type { Decision } from "../../../../renderer/stores/triage-store.ts";
import { createTriageStore } from "../../../../renderer/stores/triage-store.ts";
import type { ConversationId } from "../../../../shared/domain.ts";
import { createFakeBridge } from "../../../fakes/fake-bridge.ts";

const id = (value: number) => value as ConversationId;
const settle = () => vi.advanceTimersByTimeAsync(200);

async function setUp(conversations = 120) {
  const fake = createFakeBridge({ conversations });
  const bridge = createBridgeClient(fake.bridge);
  const inbox = createInboxStore(bridge);
  const said: string[] = [];
  const decisions: Decision[] = [];
  const triage = createTriageStore(bridge, inbox, {
    done: (decision) => {
      decisions.push(decision);
      said.push(`${decision.action.kind} ${decision.count}`);
    },
    undone: (count) => said.push(`undone ${count}`),
    failed: ({ code }) => said.push(code),
  });
  inbox.refreshNow();
  await settle();
  const idAt = (index: number) => rowAt(inbox.getState().cache, index)?.id;
  return { fake, inbox, triage, said, decisions, idAt };
}

describe("the triage store", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("acts on the selection, else on the focused row, else on the open conversation", async () => {
    const { inbox, triage } = await setUp();
    inbox.open(id(3));
    inbox.setActive(5);
    expect(triage.targets(false)).toEqual([6]);
    expect(triage.targets(true)).toEqual([3]);
    triage.toggle(7);
    triage.toggle(8);
    triage.toggle(7);
    expect(triage.targets(true)).toEqual([9]);
  });

  it("selects a range from where it began, also over rows that are not held", async () => {
    const { inbox, triage, fake } = await setUp();
    inbox.setActive(10);
    await triage.extendTo(12);
    await triage.extendTo(11);
    expect([...triage.getState().selected]).toEqual([11, 12]);
    await triage.extendTo(90);
    expect(triage.getState().selected.size).toBe(81);
    expect(fake.countOf("conversations.ids")).toBe(1);
    await triage.selectAll();
    expect(triage.getState().selected.size).toBe(120);
  });

  it("selects all that are left, right after others were put away", async () => {
    const { triage, fake, inbox } = await setUp(5);
    const release = fake.hold("conversations.window");
    await triage.apply([id(1), id(2)], { kind: "done" });
    await triage.selectAll();
    // The list still shows the five.
    expect(inbox.getState().cache.total).toBe(5);
    expect([...triage.getState().selected]).toEqual([3, 4, 5]);
    release();
    await settle();
  });

  it("drops a late answer of an older range", async () => {
    const { triage, fake } = await setUp();
    const release = fake.hold("conversations.ids");
    const all = triage.selectAll();
    triage.toggle(0);
    release();
    await all;
    expect([...triage.getState().selected]).toEqual([1]);
  });

  it("starts every view without a selection", async () => {
    const { inbox, triage } = await setUp();
    triage.toggle(0);
    inbox.setView("done");
    expect(triage.getState().selected.size).toBe(0);
  });

  it("moves on to the next conversation when the open one is put away, and keeps the place", async () => {
    const { inbox, triage, idAt, said } = await setUp();
    inbox.open(id(4));
    await triage.apply(triage.targets(true), { kind: "done" });
    await settle();
    expect(inbox.getState()).toMatchObject({ openId: 5, activeIndex: 3 });
    expect(idAt(3)).toBe(5);
    expect(said).toEqual(["done 1"]);
  });

  it("closes a thread that becomes unread, so that it stays so", async () => {
    const { inbox, triage, fake } = await setUp();
    inbox.open(id(4));
    await settle();
    await triage.apply([id(4)], { kind: "unread" });
    await settle();
    expect(inbox.getState().openId).toBeNull();
    expect(fake.row(4)?.unreadCount).toBe(1);
  });

  it("takes back the newest first, each once, also from its own toast", async () => {
    const { inbox, triage, said, decisions } = await setUp();
    await triage.apply([id(1)], { kind: "done" });
    await triage.apply([id(2), id(3)], { kind: "snooze", until: null });
    await decisions[0]?.undo();
    await triage.undoLast();
    await triage.undoLast();
    await decisions[1]?.undo();
    await settle();
    expect(said).toEqual(["done 1", "snooze 2", "undone 1", "undone 2"]);
    expect(inbox.getState().cache.total).toBe(120);
  });

  it("takes back a decision that is still on its way, not the one before; nothing where it fails", async () => {
    const { triage, fake, said } = await setUp();
    await triage.apply([id(1)], { kind: "done" });
    const release = fake.hold("triage.apply");
    const applied = triage.apply([id(2)], { kind: "pin" });
    const undone = triage.undoLast();
    release();
    await Promise.all([applied, undone]);
    expect(said).toEqual(["done 1", "pin 1", "undone 1"]);
    expect(fake.row(2)?.triage.pinnedAt).toBeNull();
    expect(fake.row(1)?.triage.doneAt).not.toBeNull();

    fake.fail("triage.apply", "disk_full");
    const failed = triage.apply([id(3)], { kind: "pin" });
    await Promise.all([failed, triage.undoLast()]);
    expect(said.slice(3)).toEqual(["disk_full"]);
  });

  it("says what failed, and keeps the selection for another try", async () => {
    const { triage, fake, said } = await setUp();
    triage.toggle(0);
    fake.fail("triage.apply", "disk_full");
    await triage.apply(triage.targets(false), { kind: "done" });
    expect(said).toEqual(["disk_full"]);
    expect(triage.getState().selected.size).toBe(1);
  });

  it("shows counts that follow every decision", async () => {
    const { inbox, triage } = await setUp();
    const before = countOf(inbox.getState().counts, "all", null);
    await triage.apply([id(1), id(2)], { kind: "done" });
    await settle();
    const { counts } = inbox.getState();
    expect([countOf(counts, "all", null), countOf(counts, "done", null)]).toEqual([before - 2, 2]);
  });

  it("goes on to the neighbour of the open conversation, wherever the focus of the list stands", async () => {
    const { inbox, triage } = await setUp();
    inbox.open(id(3));
    inbox.setActive(10);
    await triage.apply([id(3)], { kind: "done" });
    expect(inbox.getState().openId).toBe(4);
  });

  it("keeps what was selected while a decision over others was on its way", async () => {
    const { fake, triage, said } = await setUp();
    triage.toggle(0);
    triage.toggle(1);
    const release = fake.hold("triage.apply");
    const first = triage.apply(triage.targets(false), { kind: "pin" });
    triage.clear();
    triage.toggle(4);
    triage.toggle(5);
    release();
    await first;
    expect([...triage.getState().selected]).toEqual([5, 6]);
    await triage.apply(triage.targets(false), { kind: "pin" });
    expect(triage.getState().selected.size).toBe(0);
    expect(said).toEqual(["pin 2", "pin 2"]);
  });
});
