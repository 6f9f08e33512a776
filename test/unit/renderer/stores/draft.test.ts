import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createBridgeClient } from "../../../../renderer/bridge.ts";
import { createDraft } from "../../../../renderer/stores/draft.ts";
import type { ConversationId } from "../../../../shared/domain.ts";
import { createFakeBridge } from "../../../fakes/fake-bridge.ts";

const ID = 1 as ConversationId;

function setUp() {
  const fake = createFakeBridge();
  const saves = () =>
    fake.calls.filter((call) => call.name === "drafts.save").map((call) => (call.input as { text: string }).text);
  return { fake, saves, draft: createDraft(createBridgeClient(fake.bridge), ID) };
}

describe("a draft", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("is saved 300 ms after the last key, once", async () => {
    const { draft, saves } = setUp();
    for (const text of ["H", "He", "Hel"]) {
      draft.change(text);
      await vi.advanceTimersByTimeAsync(299);
    }
    expect(saves()).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(saves()).toEqual(["Hel"]);
  });

  it("is saved at once by a flush, and not again without a change", async () => {
    const { draft, saves } = setUp();
    draft.change("Hello");
    await draft.flush();
    await draft.flush();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(saves()).toEqual(["Hello"]);
  });

  it("is saved in the order typed, also when a save is slow", async () => {
    const { fake, draft, saves } = setUp();
    const release = fake.hold("drafts.save");
    draft.change("one");
    const first = draft.flush();
    draft.change("two");
    const second = draft.flush();
    release();
    await Promise.all([first, second]);
    expect(saves()).toEqual(["one", "two"]);
    expect(fake.drafts.get(1)).toBe("two");
  });

  it("is handed over at once by a flush, also while an older save is on its way: the window may be closing", async () => {
    const { fake, draft, saves } = setUp();
    const release = fake.hold("drafts.save");
    draft.change("one");
    void draft.flush();
    draft.change("two");
    void draft.flush();
    expect(saves()).toEqual(["one", "two"]);
    release();
  });

  it("is asked for after what another box for the same thread has just saved", async () => {
    const { fake, draft } = setUp();
    const release = fake.hold("drafts.save");
    draft.change("one");
    void draft.flush();
    draft.change("one two");
    void draft.flush();
    const next = createDraft(createBridgeClient(fake.bridge), ID);
    void next.load();
    expect(fake.calls.map(({ name }) => name)).toEqual(["drafts.save", "drafts.save", "drafts.get"]);
    release();
  });

  it("goes on following the store after an older save failed behind a newer one", async () => {
    const { fake, draft } = setUp();
    const letFirstGo = fake.hold("drafts.save");
    draft.change("one");
    void draft.flush();
    const letSecondGo = fake.hold("drafts.save");
    draft.change("two");
    const both = draft.flush();
    letSecondGo();
    await vi.advanceTimersByTimeAsync(0);
    fake.fail("drafts.save", "disk_full");
    letFirstGo();
    await both;
    fake.drafts.set(1, "without the quote");
    expect(await draft.follow()).toBe("without the quote");
  });

  it("is saved once more when it goes back to an earlier text while a later one is on its way", async () => {
    const { fake, draft } = setUp();
    const release = fake.hold("drafts.save");
    draft.change("one");
    const first = draft.flush();
    draft.change("two");
    void draft.flush();
    release();
    await first;
    draft.change("one");
    await draft.flush();
    expect(fake.drafts.get(1)).toBe("one");
  });

  it("follows the store where a removed text left it, but never over something typed", async () => {
    const { fake, draft } = setUp();
    fake.drafts.set(1, "> quoted words\nYes");
    await draft.load();
    expect(await draft.follow()).toBeNull();
    fake.drafts.set(1, "Yes");
    expect(await draft.follow()).toBe("Yes");
    expect(await draft.follow()).toBeNull();

    fake.drafts.set(1, "from elsewhere");
    draft.change("Yes, at nine");
    expect(await draft.follow()).toBeNull();
    await draft.flush();
    expect(fake.drafts.get(1)).toBe("Yes, at nine");
  });

  it("does not follow an answer that a key overtook", async () => {
    const { fake, draft } = setUp();
    fake.drafts.set(1, "before");
    await draft.load();
    fake.drafts.set(1, "after");
    const release = fake.hold("drafts.get");
    const following = draft.follow();
    draft.change("typed");
    release();
    expect(await following).toBeNull();
  });

  it("tries again after a save that failed", async () => {
    const { fake, draft, saves } = setUp();
    fake.fail("drafts.save", "disk_full");
    draft.change("Hello");
    await draft.flush();
    fake.fail("drafts.save", null);
    await draft.flush();
    expect(saves()).toEqual(["Hello", "Hello"]);
    expect(fake.drafts.get(1)).toBe("Hello");
  });

  it("stays in front of what was typed before it arrived", async () => {
    const { fake, draft } = setUp();
    fake.drafts.set(1, "written yesterday");
    const loading = draft.load();
    draft.change("new");
    expect(await loading).toBe("written yesterday\nnew");
    await draft.flush();
    expect(fake.drafts.get(1)).toBe("written yesterday\nnew");
  });

  it("comes back where what was typed before it arrived is gone again", async () => {
    const { fake, draft } = setUp();
    fake.drafts.set(1, "written yesterday");
    const loading = draft.load();
    draft.change("n");
    draft.change("");
    expect(await loading).toBe("written yesterday");
    await draft.flush();
    expect(fake.drafts.get(1)).toBe("written yesterday");
  });
});
