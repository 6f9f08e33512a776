import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createBridgeClient } from "../../../../renderer/bridge.ts";
import { rowAt } from "../../../../renderer/lib/page-cache.ts";
import { createStores } from "../../../../renderer/stores/stores.ts";
import type { ConversationId } from "../../../../shared/domain.ts";
import { createFakeBridge } from "../../../fakes/fake-bridge.ts";
import { fakeAccount } from "../../../fakes/fake-data.ts";

const id = (value: number) => value as ConversationId;
const settle = () => vi.advanceTimersByTimeAsync(300);

async function setUp(options: Parameters<typeof createFakeBridge>[0] = {}) {
  const fake = createFakeBridge(options);
  const stores = createStores(createBridgeClient(fake.bridge));
  const stop = stores.start();
  await settle();
  return { fake, stores, stop };
}

describe("the stores together", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("window", new EventTarget());
    vi.stubGlobal("document", { hasFocus: () => true });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("reads nothing of the inbox before the app is ready", async () => {
    const { fake, stores } = await setUp({ app: { stage: "no_keyring" } });
    expect(fake.countOf("conversations.window")).toBe(0);
    await stores.app.useSessionOnly();
    await settle();
    expect(stores.inbox.getState().cache.total).toBe(200);
  });

  it("shows a new text in the list and in the open thread, and marks it read", async () => {
    const { fake, stores } = await setUp();
    stores.inbox.open(id(9));
    const thread = stores.threadOf(id(9));
    await thread.refresh();
    fake.addMessage(id(9), "Hello?");
    await settle();
    expect(rowAt(stores.inbox.getState().cache, 0)).toMatchObject({ id: 9, unreadCount: 0 });
    expect(thread.getState().messages.at(-1)?.body).toEqual({ kind: "text", text: "Hello?" });
  });

  it("does not mark as read while the window is not looked at", async () => {
    const { fake, stores } = await setUp();
    stores.inbox.open(id(9));
    stores.threadOf(id(9));
    await settle();
    vi.stubGlobal("document", { hasFocus: () => false });
    fake.addMessage(id(9), "Hello?");
    await settle();
    expect(fake.row(9)?.unreadCount).toBe(1);
    window.dispatchEvent(new Event("focus"));
    vi.stubGlobal("document", { hasFocus: () => true });
    window.dispatchEvent(new Event("focus"));
    await settle();
    expect(fake.row(9)?.unreadCount).toBe(0);
  });

  it("does not mark as read what arrives behind another screen, and shows it as new on the way back", async () => {
    const { fake, stores } = await setUp();
    stores.inbox.open(id(9));
    await settle();
    const told = () => fake.calls.findLast(({ name }) => name === "conversations.open")?.input;
    stores.nav.show("settings");
    await settle();
    // What main takes for looked at is not notified either.
    expect(told()).toEqual({ id: null });
    fake.addMessage(id(9), "Hello?");
    window.dispatchEvent(new Event("focus"));
    await settle();
    expect(fake.row(9)?.unreadCount).toBe(1);
    stores.nav.show("inbox");
    await settle();
    expect(told()).toEqual({ id: 9 });
    expect(fake.row(9)?.unreadCount).toBe(0);
    expect(stores.threadOf(id(9)).getState().unreadSince).not.toBeNull();
  });

  it("leaves the conversation behind another screen unread where that leads to another one", async () => {
    const { fake, stores } = await setUp();
    stores.inbox.open(id(9));
    await settle();
    stores.nav.show("outbox");
    fake.addMessage(id(9), "Hello?");
    await settle();
    stores.answer(id(4));
    await settle();
    expect(fake.row(9)?.unreadCount).toBe(1);
    expect(stores.inbox.getState().openId).toBe(4);
  });

  it("makes up for a missed push when the window is focused", async () => {
    const { fake, stores } = await setUp();
    const push = vi.spyOn(fake, "push");
    push.mockImplementation(() => undefined);
    fake.change(id(1), { contactName: "Renamed elsewhere" });
    window.dispatchEvent(new Event("focus"));
    await settle();
    expect(rowAt(stores.inbox.getState().cache, 0)?.contactName).toBe("Renamed elsewhere");
  });

  it("throws away a kept thread that changed, so that no removed text stays in memory", async () => {
    const { fake, stores } = await setUp();
    const first = stores.threadOf(id(5));
    await first.refresh();
    stores.inbox.open(id(6));
    stores.threadOf(id(6));
    expect(stores.threadOf(id(5))).toBe(first);
    const last = first.getState().messages.at(-1)!;
    fake.setBody(id(5), last.id, { kind: "missing" });
    expect(stores.threadOf(id(5))).not.toBe(first);
  });

  it("keeps only the last few threads", async () => {
    const { stores } = await setUp();
    const first = stores.threadOf(id(1));
    for (let n = 2; n < 20; n++) stores.threadOf(id(n));
    expect(stores.threadOf(id(1))).not.toBe(first);
  });

  it("goes back to all inboxes when the shown account is gone", async () => {
    const { fake, stores } = await setUp({ accounts: [fakeAccount(1), fakeAccount(2)] });
    stores.inbox.setScope(fakeAccount(2).id);
    fake.setAccounts([fakeAccount(1)]);
    await settle();
    expect(stores.inbox.getState().scope).toBeNull();
    expect(stores.inbox.getState().cache.total).toBe(200);
  });

  it("stops listening when it is stopped", async () => {
    const { fake, stop } = await setUp();
    stop();
    const before = fake.calls.length;
    fake.addMessage(id(3), "nobody listens");
    window.dispatchEvent(new Event("focus"));
    await settle();
    expect(fake.calls).toHaveLength(before);
  });
});
