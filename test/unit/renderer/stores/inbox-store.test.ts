import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createBridgeClient } from "../../../../renderer/bridge.ts";
import { rowAt } from "../../../../renderer/lib/page-cache.ts";
import { createInboxStore } from "../../../../renderer/stores/inbox-store.ts";
import type { CallInput } from "../../../../shared/ipc.ts";
import type { ConversationId } from "../../../../shared/domain.ts";
import { createFakeBridge } from "../../../fakes/fake-bridge.ts";
import { fakeAccount } from "../../../fakes/fake-data.ts";

const id = (value: number) => value as ConversationId;
const settle = () => vi.advanceTimersByTimeAsync(200);

function setUp(options: Parameters<typeof createFakeBridge>[0] = {}) {
  const fake = createFakeBridge({ conversations: 1_000, ...options });
  const inbox = createInboxStore(createBridgeClient(fake.bridge));
  const windows = () =>
    fake.calls
      .filter((call) => call.name === "conversations.window")
      .map((call) => call.input as CallInput<"conversations.window">);
  const idAt = (index: number) => rowAt(inbox.getState().cache, index)?.id ?? null;
  return { fake, inbox, windows, idAt };
}

describe("the inbox store", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("reads windows around the visible range only", async () => {
    const { inbox, windows, idAt } = setUp({ conversations: 100_000 });
    inbox.refreshNow();
    await settle();
    inbox.setRange(70_010, 70_025);
    await settle();
    expect(windows().map((window) => window.offset)).toEqual([0, 70_000]);
    expect(idAt(70_012)).toBe(70_013);
    expect(inbox.getState().cache.pages.size).toBeLessThanOrEqual(12);
  });

  it("asks for at most two windows at once, and for what is visible last when scrolled past", async () => {
    const { fake, inbox, windows } = setUp({ conversations: 100_000 });
    const release = fake.hold("conversations.window");
    for (let top = 0; top < 50_000; top += 500) inbox.setRange(top, top + 15);
    expect(windows()).toHaveLength(2);
    release();
    await settle();
    expect(windows().at(-1)?.offset).toBe(49_500);
    expect(windows().length).toBeLessThan(6);
  });

  it("reads the visible rows again after a change, and shows the old ones until then", async () => {
    const { fake, inbox, windows, idAt } = setUp();
    inbox.refreshNow();
    await settle();
    fake.addMessage(id(200), "new");
    inbox.refresh();
    expect(idAt(0)).toBe(1);
    await settle();
    expect(idAt(0)).toBe(200);
    expect(windows()).toHaveLength(2);
  });

  it("waits for nothing where nothing is shown yet", async () => {
    const { inbox, idAt } = setUp();
    inbox.refresh();
    await vi.advanceTimersByTimeAsync(0);
    expect(idAt(0)).toBe(1);
  });

  it("turns a burst of changes into one refetch", async () => {
    const { inbox, windows } = setUp();
    inbox.refreshNow();
    await settle();
    for (let n = 0; n < 50; n++) inbox.refresh();
    await settle();
    expect(windows()).toHaveLength(2);
  });

  it("does not take an answer that was under way when the change came for fresh", async () => {
    const { fake, inbox, idAt } = setUp();
    const release = fake.hold("conversations.window");
    inbox.refreshNow();
    inbox.refreshNow();
    fake.addMessage(id(300), "later");
    release();
    await settle();
    expect(idAt(0)).toBe(300);
  });

  it("drops an answer for another scope", async () => {
    const { fake, inbox } = setUp({ accounts: [fakeAccount(1), fakeAccount(2)] });
    inbox.refreshNow();
    await settle();
    const release = fake.hold("conversations.window");
    inbox.setRange(150, 165);
    fake.hold("conversations.window")();
    inbox.setScope(fakeAccount(2).id);
    await settle();
    release();
    await settle();
    expect(inbox.getState().cache.total).toBe(500);
    expect([...inbox.getState().cache.pages.keys()]).toEqual([0]);
    expect(rowAt(inbox.getState().cache, 0)?.accountId).toBe(2);
  });

  it("follows the focused row by id when the list re-sorts", async () => {
    const { fake, inbox, idAt } = setUp();
    inbox.refreshNow();
    await settle();
    inbox.setActive(5);
    fake.addMessage(id(400), "to the top");
    inbox.refresh();
    await settle();
    expect(inbox.getState()).toMatchObject({ activeIndex: 6, activeId: 6 });
    expect(idAt(6)).toBe(6);
  });

  it("stays at its place when the focused conversation is gone", async () => {
    const { fake, inbox } = setUp({ accounts: [fakeAccount(1), fakeAccount(2)] });
    inbox.refreshNow();
    await settle();
    inbox.setActive(5);
    inbox.setScope(fakeAccount(1).id);
    await settle();
    expect(inbox.getState()).toMatchObject({ activeIndex: 0, activeId: null });
    expect(fake.countOf("conversations.window")).toBe(2);
  });

  it("keeps the rows when a refetch fails, says so, and recovers", async () => {
    const { fake, inbox, idAt } = setUp();
    inbox.refreshNow();
    await settle();
    fake.fail("conversations.window", "disk_error");
    inbox.refreshNow();
    await settle();
    expect(inbox.getState().failure?.code).toBe("disk_error");
    expect(idAt(0)).toBe(1);
    fake.fail("conversations.window", null);
    inbox.refreshNow();
    await settle();
    expect(inbox.getState().failure).toBeNull();
  });

  it("tells main what is looked at", async () => {
    const { fake, inbox } = setUp();
    inbox.refreshNow();
    await settle();
    inbox.open(id(3));
    inbox.open(null);
    expect(fake.calls.filter((call) => call.name === "conversations.open").map((call) => call.input)).toEqual([
      { id: 3 },
      { id: null },
    ]);
  });
});
