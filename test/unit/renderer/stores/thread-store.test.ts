import { describe, expect, it, vi } from "vitest";
import { createBridgeClient } from "../../../../renderer/bridge.ts";
import { createThreadStore, THREAD_PAGE } from "../../../../renderer/stores/thread-store.ts";
import type { ConversationId } from "../../../../shared/domain.ts";
import { createFakeBridge } from "../../../fakes/fake-bridge.ts";

const ID = 1 as ConversationId;

async function setUp(threadLength = 500) {
  const fake = createFakeBridge({ conversations: 3, threadLength });
  const thread = createThreadStore(createBridgeClient(fake.bridge), ID);
  await thread.refresh();
  return { fake, thread, ids: () => thread.getState().messages.map((message) => message.id) };
}

describe("the thread store", () => {
  it("opens with the newest messages, ascending", async () => {
    const { fake, thread, ids } = await setUp();
    expect(thread.getState()).toMatchObject({ phase: "ready", hasOlder: true });
    expect(ids()).toEqual(
      fake
        .thread(ID)
        .slice(-THREAD_PAGE)
        .map((message) => message.id),
    );
  });

  it("puts older messages in front, to the beginning, without doubles", async () => {
    const { fake, thread, ids } = await setUp();
    while (thread.getState().hasOlder) await thread.loadOlder();
    expect(ids()).toEqual(fake.thread(ID).map((message) => message.id));
    await thread.loadOlder();
    expect(ids()).toHaveLength(500);
  });

  it("reads one older page at a time", async () => {
    const { thread, ids } = await setUp();
    await Promise.all([thread.loadOlder(), thread.loadOlder(), thread.loadOlder()]);
    expect(ids()).toHaveLength(2 * THREAD_PAGE);
    expect(thread.getState().prepends).toBe(1);
  });

  it("reads exactly the loaded run again, so a removed text deep in it disappears", async () => {
    const { fake, thread, ids } = await setUp();
    for (let page = 0; page < 4; page++) await thread.loadOlder();
    const before = ids();
    const oldest = thread.getState().messages[2]!;
    const redaction = { by: "provider", at: 1, removedHereAt: 2 } as const;
    fake.setBody(ID, oldest.id, { kind: "redacted", redaction });
    await thread.refresh();
    expect(ids()).toEqual(before);
    expect(thread.getState().messages[2]!.body).toEqual({ kind: "redacted", redaction });
    expect(thread.getState().hasOlder).toBe(true);
  });

  it("turns changes during a round into one more round, not many", async () => {
    const { fake, thread } = await setUp();
    const before = fake.countOf("conversations.get");
    const release = fake.hold("thread.page");
    const rounds = [thread.refresh(), thread.refresh(), thread.refresh(), thread.refresh()];
    const message = fake.addMessage(ID, "arrived meanwhile");
    release();
    await Promise.all(rounds);
    expect(fake.countOf("conversations.get") - before).toBeLessThanOrEqual(2);
    expect(thread.getState().messages.at(-1)?.id).toBe(message.id);
  });

  it("never loses a reply between outbox and thread", async () => {
    const { fake, thread } = await setUp(20);
    const item = fake.addOutbox(ID, "on its way", "sending");
    await thread.refresh();
    expect(thread.getState().outbox).toHaveLength(1);
    // the messages are read first; the reply is delivered before the outbox is read
    const release = fake.hold("thread.outbox");
    const round = thread.refresh();
    while (fake.calls.at(-1)?.name !== "thread.outbox") await Promise.resolve();
    fake.deliver(item.id);
    release();
    await round;
    expect(thread.getState().outbox).toHaveLength(0);
    expect(thread.getState().messages.at(-1)?.body).toEqual({ kind: "text", text: "on its way" });
  });

  it("keeps what it shows when a refetch fails, and says so when there is nothing to show", async () => {
    const { fake, thread } = await setUp();
    fake.fail("thread.page", "disk_error");
    await thread.refresh();
    expect(thread.getState()).toMatchObject({ phase: "ready", failure: { code: "disk_error" } });
    const other = createThreadStore(createBridgeClient(fake.bridge), 2 as ConversationId);
    await other.refresh();
    expect(other.getState().phase).toBe("failed");
  });

  it("drops everything when the conversation is gone", async () => {
    const { fake } = await setUp();
    const gone = createThreadStore(createBridgeClient(fake.bridge), 99 as ConversationId);
    await gone.refresh();
    expect(gone.getState()).toMatchObject({ phase: "gone", messages: [] });
  });

  it("ignores answers after it was disposed", async () => {
    const { fake, thread } = await setUp();
    const before = thread.getState();
    const release = fake.hold("thread.page");
    const round = thread.refresh();
    thread.dispose();
    release();
    await round;
    expect(thread.getState().messages).toBe(before.messages);
  });

  it("jumps to a day, loading what lies between, without doubles", async () => {
    const { fake, thread, ids } = await setUp();
    const early = fake.thread(ID)[20]!;
    expect(await thread.jumpTo(early.createdAt)).toBe(early.createdAt);
    expect(thread.getState().target).toEqual({ id: early.id, turn: 1 });
    expect(ids()).toEqual([...new Set(ids())]);
    expect(ids()).toContain(early.id);
    expect(ids().at(-1)).toBe(fake.thread(ID).at(-1)!.id);
    expect(await thread.jumpTo(Number.MAX_SAFE_INTEGER)).toBeNull();
    expect(thread.getState().target?.turn).toBe(1);
  });

  it("leads to the newest wish, also where an older one is found later", async () => {
    const { fake, thread } = await setUp();
    const early = fake.thread(ID)[20]!;
    const late = fake.thread(ID).at(-3)!;
    const release = fake.hold("thread.page");
    const far = thread.showMessage(early);
    await thread.showMessage(late);
    release();
    await far;
    expect(thread.getState().target).toEqual({ id: late.id, turn: 1 });
  });

  it.each(["leave", "stayHere"] as const)("leads nowhere after %s: the message is not wanted any more", async (end) => {
    const { fake, thread } = await setUp();
    const release = fake.hold("thread.page");
    const far = thread.jumpTo(fake.thread(ID)[20]!.createdAt);
    await vi.waitFor(() => expect(fake.calls.at(-1)?.name).toBe("thread.page"));
    thread[end]();
    release();
    expect(await far).toBeNull();
    expect(thread.getState().target).toBeNull();
  });

  it("keeps the unread line where it was first drawn until the thread is left", async () => {
    const { thread } = await setUp();
    thread.showUnread(null);
    expect(thread.getState().unreadSince).toBeNull();
    thread.showUnread(5);
    thread.showUnread(9);
    expect(thread.getState().unreadSince).toBe(5);
    thread.leave();
    thread.showUnread(9);
    expect(thread.getState().unreadSince).toBe(9);
  });
});
