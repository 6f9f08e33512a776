import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createBridgeClient } from "../../../../renderer/bridge.ts";
import { createSearchStore } from "../../../../renderer/stores/search-store.ts";
import type { ConversationId } from "../../../../shared/domain.ts";
import type { FakeOptions } from "../../../fakes/fake-bridge.ts";
import { createFakeBridge } from "../../../fakes/fake-bridge.ts";

/** In the previews of more rows than a list of results holds. */
const COMMON = "you";

function setUp(options: FakeOptions = {}) {
  const fake = createFakeBridge(options);
  return { fake, search: createSearchStore(createBridgeClient(fake.bridge)) };
}

describe("the search store", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("asks with the key itself, and of what was typed in one moment the first and the last", async () => {
    const { fake, search } = setUp();
    search.setQuery("c");
    expect(fake.countOf("search.messages")).toBe(1);
    for (const query of ["cr", "cro"]) search.setQuery(query);
    await vi.advanceTimersByTimeAsync(100);
    expect(fake.calls.map(({ name, input }) => [name, input])).toEqual([
      ["search.messages", { query: "c", limit: 24, after: null }],
      ["search.messages", { query: "cro", limit: 24, after: null }],
    ]);
    expect(search.getState()).toMatchObject({ answered: "cro", query: "cro" });
  });

  it("asks for a screenful with each key, and for the whole list once the typing pauses", async () => {
    const { fake, search } = setUp({ conversations: 300 });
    search.setQuery(COMMON);
    await vi.advanceTimersByTimeAsync(100);
    const { results } = search.getState();
    expect(search.getState()).toMatchObject({ isWhole: false, hasMore: true, isGoingOn: false });
    expect(results).toHaveLength(24);
    search.setActive(3);
    await vi.advanceTimersByTimeAsync(100);
    expect(search.getState()).toMatchObject({ isWhole: true, hasMore: true, activeIndex: 3 });
    expect(search.getState().results).toHaveLength(60);
    expect(search.getState().results.slice(0, 24)).toEqual(results);
    expect(fake.calls.map(({ name }) => name)).toEqual(["search.messages", "search.messages", "search.holes"]);

    expect(fake.calls[1]?.input).toMatchObject({ limit: 36, after: { id: expect.any(Number) as number } });

    // What stands there whole does not become a screenful when it is read again.
    search.refresh();
    await vi.advanceTimersByTimeAsync(0);
    expect(search.getState().results).toHaveLength(60);
  });

  it("goes on in steps, and takes no row away that will be there again", async () => {
    const { fake, search } = setUp({ conversations: 300 });
    fake.setSearchStep(20);
    const lengths: number[] = [];
    search.subscribe(({ results }) => lengths.push(results.length));
    search.setQuery(COMMON);
    await vi.advanceTimersByTimeAsync(400);
    expect(search.getState()).toMatchObject({ isWhole: true, isGoingOn: false });
    expect(search.getState().results).toHaveLength(60);
    expect(lengths).toEqual(lengths.toSorted((a, b) => a - b));
    expect(new Set(lengths).size).toBeGreaterThan(4);
  });

  it("goes on where the list ends when its end comes into sight, leaving nothing out", async () => {
    const { fake, search } = setUp({ conversations: 300 });
    search.setQuery(COMMON);
    search.more();
    await vi.advanceTimersByTimeAsync(100);
    search.more();
    expect(fake.countOf("search.messages")).toBe(1);
    await vi.advanceTimersByTimeAsync(100);
    for (let turn = 0; turn < 9; turn += 1) {
      search.more();
      search.more();
      await vi.advanceTimersByTimeAsync(0);
    }
    const { results, hasMore } = search.getState();
    const whole = await fake.bridge.invoke("search.messages", { query: COMMON, limit: 300, after: null });
    expect(hasMore).toBe(false);
    expect(results.length).toBeGreaterThan(60);
    expect(whole).toMatchObject({ ok: true, value: { results } });
    expect(fake.countOf("search.holes")).toBe(1);

    // Read again, it is as long as it was.
    search.refresh();
    await vi.advanceTimersByTimeAsync(0);
    expect(search.getState().results).toEqual(results);
  });

  it("leaves the rest of the list when a key comes meanwhile", async () => {
    const { fake, search } = setUp({ conversations: 300 });
    search.setQuery(COMMON);
    await vi.advanceTimersByTimeAsync(100);
    const release = fake.hold("search.messages");
    await vi.advanceTimersByTimeAsync(100);
    search.setQuery("zzz");
    expect(fake.countOf("search.messages")).toBe(2);
    release();
    await vi.advanceTimersByTimeAsync(0);
    expect(search.getState()).toMatchObject({ answered: "zzz", results: [] });
    expect(fake.countOf("search.messages")).toBe(3);
  });

  it("drops the answer to an older query", async () => {
    const { fake, search } = setUp();
    const release = fake.hold("search.messages");
    search.setQuery("crown");
    await vi.advanceTimersByTimeAsync(200);
    search.setQuery("zzz");
    await vi.advanceTimersByTimeAsync(200);
    release();
    await vi.advanceTimersByTimeAsync(0);
    expect(search.getState()).toMatchObject({ answered: "zzz", results: [] });
  });

  it("has one question under way, and asks the newest after it, not those in between", async () => {
    const { fake, search } = setUp();
    const release = fake.hold("search.messages");
    for (const query of ["c", "cr", "cro"]) {
      search.setQuery(query);
      await vi.advanceTimersByTimeAsync(20);
    }
    expect(fake.countOf("search.messages")).toBe(1);
    release();
    await vi.advanceTimersByTimeAsync(20);
    expect(fake.calls.map(({ input }) => input)).toMatchObject([{ query: "c" }, { query: "cro" }]);
    expect(search.getState().answered).toBe("cro");
  });

  it("counts what cannot be found when the typing pauses, so that it holds up no key", async () => {
    const { fake, search } = setUp();
    for (const query of ["c", "cr", "cro"]) {
      search.setQuery(query);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(fake.countOf("search.messages")).toBe(3);
    expect(fake.countOf("search.holes")).toBe(0);
    await vi.advanceTimersByTimeAsync(100);
    expect(fake.countOf("search.holes")).toBe(1);
  });

  it("says nothing is found only when it is known", async () => {
    const { search } = setUp();
    search.setQuery("zzz");
    expect(search.getState().answered).toBeNull();
    await vi.advanceTimersByTimeAsync(200);
    expect(search.getState().answered).toBe("zzz");
  });

  it("forgets the results when it is cleared, also those still under way", async () => {
    const { fake, search } = setUp();
    const release = fake.hold("search.messages");
    search.setQuery("crown");
    await vi.advanceTimersByTimeAsync(200);
    search.clear();
    release();
    await vi.advanceTimersByTimeAsync(0);
    expect(search.getState()).toMatchObject({ query: "", answered: null, results: [] });
  });

  it("asks the shown query again when texts may have gone", async () => {
    const { fake, search } = setUp();
    search.refresh();
    search.setQuery("crown");
    await vi.advanceTimersByTimeAsync(200);
    search.refresh();
    await vi.advanceTimersByTimeAsync(0);
    expect(fake.countOf("search.messages")).toBe(2);
  });

  it("counts holes once for the same filters, whatever the words", async () => {
    const { fake, search } = setUp();
    fake.setHoles({ removed: 4, incomplete: 2 });
    for (const query of ["a", "ap", "app", "app has:media"]) {
      search.setQuery(query);
      await vi.advanceTimersByTimeAsync(200);
    }
    expect(fake.countOf("search.holes")).toBe(2);
    expect(search.getState().holes).toEqual({ removed: 4, incomplete: 2 });
  });

  it("asks for nothing while a filter is still being typed, and hints at what is wrong", async () => {
    const { fake, search } = setUp();
    search.setQuery("from:");
    await vi.advanceTimersByTimeAsync(200);
    expect(search.getState()).toMatchObject({ isAsking: false, hints: [] });
    search.setQuery("before:soon");
    expect(search.getState()).toMatchObject({ isAsking: false, hints: [{ kind: "bad_date" }] });
    expect(fake.calls).toEqual([]);
  });

  it("puts a filter behind the words and takes it away again", () => {
    const { search } = setUp();
    search.setQuery("tooth");
    search.toggleFilter("is:unread");
    expect(search.getState().query).toBe("tooth is:unread ");
    search.toggleFilter("is:unread");
    expect(search.getState().query).toBe("tooth");
    search.toggleFilter("from:");
    expect(search.getState().query).toBe("tooth from:");
  });

  it("keeps the chosen hit when a new one comes in above it", async () => {
    const { fake, search } = setUp({ conversations: 300 });
    search.setQuery(COMMON);
    await vi.advanceTimersByTimeAsync(300);
    search.setActive(3);
    const chosen = search.getState().results[3]!;
    fake.addMessage(200 as ConversationId, `${COMMON} there`);
    search.refresh();
    await vi.advanceTimersByTimeAsync(300);
    const { results, activeIndex } = search.getState();
    expect(results[3]?.conversation.id).not.toBe(chosen.conversation.id);
    expect(results[activeIndex]?.conversation.id).toBe(chosen.conversation.id);
    expect(results[activeIndex]?.message?.id).toBe(chosen.message?.id);
  });

  it("takes a filter away however it was typed", () => {
    const { search } = setUp();
    search.setQuery("crown Is:Unread");
    search.toggleFilter("is:unread");
    expect(search.getState().query).toBe("crown");
  });

  it("shows no text that was removed while its first answer was on its way, and loses no answer to what changes", async () => {
    const fake = createFakeBridge();
    const { invoke } = fake.bridge;
    // Main answers at once; its answer takes longer than it takes until something changes again.
    fake.bridge.invoke = async (name, ...args) => {
      const outcome = await invoke(name, ...args);
      if (name === "search.messages") await new Promise((resolve) => setTimeout(resolve, 30));
      return outcome;
    };
    const search = createSearchStore(createBridgeClient(fake.bridge));
    fake.addMessage(5 as ConversationId, "The code is 4711.");
    search.setQuery("4711");
    await vi.advanceTimersByTimeAsync(10);
    const last = fake.thread(5).at(-1)!;
    fake.setBody(5 as ConversationId, last.id, { kind: "missing" });
    search.refresh();
    await vi.advanceTimersByTimeAsync(100);
    expect(search.getState()).toMatchObject({ answered: "4711", results: [] });

    search.setQuery(COMMON);
    for (let turn = 0; turn < 10; turn += 1) {
      search.refresh();
      await vi.advanceTimersByTimeAsync(20);
    }
    expect(search.getState().answered).toBe(COMMON);

    // The same for an answer that stands there already.
    const { results } = search.getState();
    fake.setBody(results[0]!.conversation.id, results[0]!.message!.id, { kind: "missing" });
    for (let turn = 0; turn < 10; turn += 1) {
      search.refresh();
      await vi.advanceTimersByTimeAsync(20);
    }
    expect(search.getState().results[0]?.message?.id).not.toBe(results[0]!.message!.id);
  });
});
