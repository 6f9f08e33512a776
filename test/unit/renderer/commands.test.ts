/** What a command is done to, and which way it goes where it can go two. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createBridgeClient } from "../../../renderer/bridge.ts";
import { createCommands } from "../../../renderer/commands.ts";
import { findRow } from "../../../renderer/lib/page-cache.ts";
import { createStores } from "../../../renderer/stores/stores.ts";
import type { ConversationId } from "../../../shared/domain.ts";
import { createFakeBridge } from "../../fakes/fake-bridge.ts";

const ID = 9 as ConversationId;
/** Longer than a refetch of the list is put off. */
const settle = () => vi.advanceTimersByTimeAsync(300);
/** Long enough for the open thread, not for the list. */
const aMoment = () => vi.advanceTimersByTimeAsync(20);

async function setUp() {
  const fake = createFakeBridge();
  const stores = createStores(createBridgeClient(fake.bridge));
  stores.start();
  await settle();
  stores.inbox.open(ID);
  await stores.threadOf(ID).refresh();
  await settle();
  const calls = () => fake.calls.filter(({ name }) => name.startsWith("consent.") || name === "triage.apply");
  return { stores, run: createCommands(stores), calls };
}

describe("a command", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("window", new EventTarget());
    vi.stubGlobal("document", { hasFocus: () => true });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("goes by what the open thread shows, where the list is a moment behind", async () => {
    const { stores, run, calls } = await setUp();
    run("opt_out");
    await aMoment();
    // The composer is shut already; the list has not been read again.
    expect(stores.threadOf(ID).getState().conversation?.isOptedOutHere).toBe(true);
    expect(findRow(stores.inbox.getState().cache, ID)?.isOptedOutHere).toBe(false);
    run("opt_out");
    await settle();
    expect(calls().map(({ name }) => name)).toEqual(["consent.decide", "consent.undo"]);
    expect(stores.threadOf(ID).getState().conversation?.isOptedOutHere).toBe(false);
  });

  it("goes by the list for a conversation that is not open", async () => {
    const { stores, run, calls } = await setUp();
    stores.inbox.open(null);
    run("pin");
    await settle();
    run("pin");
    await settle();
    expect(calls().map(({ input }) => input)).toMatchObject([
      { ids: [ID], action: { kind: "pin" } },
      { ids: [ID], action: { kind: "unpin" } },
    ]);
  });

  it("is done to all of them where they are still being selected", async () => {
    const { stores, run, calls } = await setUp();
    run("select_all");
    run("pin");
    await settle();
    expect(stores.triage.getState().selected.size).toBe(0);
    expect(calls()).toHaveLength(1);
    expect(calls()[0]?.input).toHaveProperty("ids.length", 200);
  });
});

describe("a command in the results of a search", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("window", new EventTarget());
    // The focus is in the list box of the middle pane.
    vi.stubGlobal("document", { hasFocus: () => true, activeElement: { closest: () => ({}) } });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  async function search() {
    const set = await setUp();
    set.stores.inbox.open(null);
    set.stores.inbox.setActive(7);
    set.stores.search.setQuery("you");
    await settle();
    set.stores.search.setActive(3);
    const { conversation } = set.stores.search.getState().results[3]!;
    expect(conversation.id).not.toBe(8);
    return { ...set, conversation };
  }

  it("is about the focused result, not about a row of the list it hides", async () => {
    const { run, calls, conversation, stores } = await search();
    run("pin");
    await settle();
    run("pin");
    await settle();
    run("rename");
    expect(calls().map(({ input }) => input)).toMatchObject([
      { ids: [conversation.id], action: { kind: "pin" } },
      { ids: [conversation.id], action: { kind: "unpin" } },
    ]);
    expect(stores.nav.getState().dialog).toEqual({ kind: "rename", id: conversation.id });
  });

  it("selects nothing that is not seen", async () => {
    const { run, stores } = await search();
    run("select");
    run("select_all");
    await settle();
    expect(stores.triage.getState().selected.size).toBe(0);
    stores.search.clear();
    run("select");
    run("select_all");
    await settle();
    expect(stores.triage.getState().selected.size).toBe(200);
  });
});
