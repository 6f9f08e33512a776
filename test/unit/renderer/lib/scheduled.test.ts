/** Canceling a reply for later, and taking that back: in time, and after its moment has passed. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createBridgeClient } from "../../../../renderer/bridge.ts";
import { cancelScheduled } from "../../../../renderer/lib/scheduled.ts";
import { createStores } from "../../../../renderer/stores/stores.ts";
import type { ConversationId } from "../../../../shared/domain.ts";
import { createFakeBridge, FAKE_NOW } from "../../../fakes/fake-bridge.ts";

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("window", new EventTarget());
  vi.stubGlobal("document", { hasFocus: () => true });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Cancels a reply meant for `scheduledAt`, presses undo, and says what is in the outbox and what was said. */
async function cancelAndUndo(scheduledAt: number) {
  const fake = createFakeBridge({ conversations: 3 });
  const stores = createStores(createBridgeClient(fake.bridge));
  const stop = stores.start();
  const { id } = fake.addOutbox(1 as ConversationId, "See you at nine", "queued");
  fake.setOutbox(id, { scheduledAt, notBefore: scheduledAt });
  await vi.advanceTimersByTimeAsync(300);
  const [entry] = stores.outbox.getState().entries;
  await cancelScheduled(stores, entry!.item);
  await vi.advanceTimersByTimeAsync(300);
  const canceled = stores.outbox.getState().entries.length;
  stores.toasts.visibleToasts[0]?.content.action?.run();
  await vi.advanceTimersByTimeAsync(300);
  const after = stores.outbox.getState().entries.map(({ item }) => [item.text, item.state, item.error?.code ?? null]);
  const said = stores.toasts.visibleToasts.map(({ content }) => content.text);
  stop();
  return { canceled, after, said };
}

it("puts it back where it was", async () => {
  const { canceled, after } = await cancelAndUndo(FAKE_NOW + 60_000);
  expect([canceled, after]).toEqual([0, [["See you at nine", "queued", null]]]);
});

it("keeps the words when the moment passed before undo was pressed, and says so", async () => {
  const { canceled, after, said } = await cancelAndUndo(FAKE_NOW - 1);
  expect([canceled, after]).toEqual([0, [["See you at nine", "failed", "schedule_missed"]]]);
  expect(said).toContain("Its time has passed. The reply is back, and nothing was sent.");
});

it("keeps the way back when it could not be put back, and takes it once", async () => {
  const fake = createFakeBridge({ conversations: 3 });
  const stores = createStores(createBridgeClient(fake.bridge));
  const stop = stores.start();
  const { id } = fake.addOutbox(1 as ConversationId, "See you at nine", "queued");
  fake.setOutbox(id, { scheduledAt: FAKE_NOW + 60_000, notBefore: FAKE_NOW + 60_000 });
  await vi.advanceTimersByTimeAsync(300);
  await cancelScheduled(stores, stores.outbox.getState().entries[0]!.item);
  fake.fail("outbox.send", "disk_full");
  stores.toasts.visibleToasts[0]?.content.action?.run();
  await vi.advanceTimersByTimeAsync(60_000);
  const retry = stores.toasts.visibleToasts.find(({ content }) => content.tone === "alert")?.content.action;
  expect(retry?.label).toBe("Try again");
  fake.fail("outbox.send", null);
  retry?.run();
  await vi.advanceTimersByTimeAsync(300);
  expect(stores.outbox.getState().entries.map(({ item }) => item.text)).toEqual(["See you at nine"]);
  const keys = fake.calls
    .filter(({ name }) => name === "outbox.send")
    .map(({ input }) => (input as { key: string }).key);
  expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
  stop();
});
