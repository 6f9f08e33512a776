import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createBridgeClient } from "../../../../renderer/bridge.ts";
import { byteSize } from "../../../../renderer/lib/byte-size.ts";
import { createStorageStore } from "../../../../renderer/stores/storage-store.ts";
import { createFakeBridge } from "../../../fakes/fake-bridge.ts";
import { fakeAccount } from "../../../fakes/fake-data.ts";

const { id } = fakeAccount(1);
async function setUp() {
  const fake = createFakeBridge({ accounts: [fakeAccount(1), fakeAccount(2)] });
  const storage = createStorageStore(createBridgeClient(fake.bridge));
  await storage.load();
  return { fake, storage };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the storage store", () => {
  it("reads the report, and keeps the last one when a later read fails", async () => {
    const { fake, storage } = await setUp();
    expect(storage.getState().report?.accounts).toHaveLength(2);
    fake.fail("storage.report", "disk_error");
    await storage.load();
    expect(storage.getState()).toMatchObject({ failure: { code: "disk_error" } });
    expect(storage.getState().report?.accounts).toHaveLength(2);
    fake.fail("storage.report", null);
    await storage.load();
    expect(storage.getState().failure).toBeNull();
  });

  it("reads again at most once a second, however often something changes, and stops when told to", async () => {
    const { fake, storage } = await setUp();
    const stop = storage.watch();
    await vi.advanceTimersByTimeAsync(0);
    const before = fake.countOf("storage.report");
    for (let page = 0; page < 50; page += 1) fake.push("inbox.changed", { conversationIds: null });
    fake.push("sync.changed", []);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(fake.countOf("storage.report") - before).toBe(1);
    fake.push("sync.changed", []);
    stop();
    fake.push("sync.changed", []);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(fake.countOf("storage.report") - before).toBe(1);
  });

  it("does not rebuild before the time to take it back is over", async () => {
    const { fake, storage } = await setUp();
    storage.prepareRebuild(id);
    expect(storage.getState().pending.has(id)).toBe(true);
    storage.undoRebuild(id);
    await storage.commitRebuild(id);
    expect(fake.countOf("storage.rebuild")).toBe(0);
    storage.prepareRebuild(id);
    expect(fake.countOf("storage.rebuild")).toBe(0);
    await storage.commitRebuild(id);
    await storage.commitRebuild(id);
    expect(fake.calls.filter(({ name }) => name === "storage.rebuild")).toEqual([
      { name: "storage.rebuild", input: { accountId: id } },
    ]);
    expect(storage.getState().pending.size).toBe(0);
  });

  it("lets go of a rebuild that failed, and says why", async () => {
    const { fake, storage } = await setUp();
    fake.fail("storage.rebuild", "unreachable");
    storage.prepareRebuild(id);
    await expect(storage.commitRebuild(id)).rejects.toMatchObject({ code: "unreachable" });
    expect(storage.getState().pending.size).toBe(0);
  });

  it("shows a typed window at once, and what was learned when it is taken back", async () => {
    const { storage } = await setUp();
    const window = () => storage.getState().report?.accounts[0]?.retention;
    await storage.setRetention(id, 45);
    expect(window()).toMatchObject({ typedDays: 45, enforcedDays: 45 });
    await storage.setRetention(id, null);
    expect(window()).toMatchObject({ typedDays: null, enforcedDays: 90 });
  });
});

describe("a file size", () => {
  it.each([
    [0, "0 KB"],
    [4_096, "4 KB"],
    [1_023 * 1_024, "1023 KB"],
    [1_048_575, "1 MB"],
    [1_572_864, "1.5 MB"],
    [48_234_496, "46 MB"],
    [5_368_709_120, "5 GB"],
  ])("of %i bytes reads %s", (bytes, words) => {
    expect(byteSize(bytes, String)).toBe(words);
  });
});
