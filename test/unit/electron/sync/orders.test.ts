/** Lists and threads in another order than AgentMessage's: where a walk begins, where it may end, what the mark becomes. */
import { describe, expect, it } from "vitest";
import type { ConversationId } from "../../../../shared/domain.ts";
import { freshGuard } from "../../../../electron/sync/cursor-guard.ts";
import { advancePass, beginPass } from "../../../../electron/sync/passes.ts";
import type { Page, RemoteMessage, ThreadWork } from "../../../../electron/sync/ports.ts";
import { DEFAULT_CONFIG, initialState } from "../../../../electron/sync/state.ts";
import type { SyncConfig, Walk } from "../../../../electron/sync/state.ts";
import { threadFound, threadPage } from "../../../../electron/sync/threads.ts";
import { drive, fetched } from "../../../helpers/machine-driver.ts";
import { remoteConversation, remoteMessage } from "../../../helpers/test-database.ts";

const T0 = Date.UTC(2026, 3, 28, 12);
const MINUTE_MS = 60_000;
const SAVED = {
  generation: 1,
  mark: null,
  lastCompletedAt: null,
  sweepCompletedAt: T0,
  list: null,
  sweep: null,
};

const contextOf = (change: Partial<SyncConfig>) => ({
  config: { ...DEFAULT_CONFIG, ...change },
  now: T0,
  random: () => 0.5,
});
const work = (change: Partial<ThreadWork> = {}): ThreadWork => ({
  conversation: { id: 1 as ConversationId, remoteId: "r1", ownNumber: "+1", contactNumber: "+2" },
  kind: "delta",
  cursor: "saved",
  heldTo: T0 - 10 * MINUTE_MS,
  ...change,
});
const page = (times: readonly number[], nextCursor: string | null): Page<RemoteMessage> => ({
  items: times.map((createdAt) => remoteMessage({ remoteId: `m${createdAt}`, createdAt })),
  rejected: [],
  nextCursor,
});

function begin(found: ThreadWork, change: Partial<SyncConfig>): Walk {
  const context = contextOf(change);
  const { walk } = threadFound(initialState(SAVED, context.config, T0), false, found, context).state;
  if (walk === null) throw new Error("no walk began");
  return walk;
}

/** Whether the walk goes on after this page, and what is stored with it. */
function after(walk: Walk, given: Page<RemoteMessage>, change: Partial<SyncConfig>) {
  const context = contextOf(change);
  const next = threadPage(initialState(SAVED, context.config, T0), walk, given, context);
  const effect = next.effects[0];
  if (effect?.type !== "commitThread") throw new Error("nothing was stored");
  return effect.commit;
}

describe("a thread listed newest first", () => {
  const NEWEST = { messageOrder: "newest_first" } as const;

  it("is read from the top again, also where a walk was cut short, so that no gap is left", () => {
    expect(begin(work(), NEWEST)).toMatchObject({ cursor: null, work: { kind: "delta" } });
    expect(begin(work({ heldTo: null }), NEWEST)).toMatchObject({ cursor: null, work: { kind: "full" } });
  });

  it("ends below what is held completely, and not a moment above", () => {
    const walk = begin(work(), NEWEST);
    const edge = T0 - 10 * MINUTE_MS - DEFAULT_CONFIG.overlapMs;
    expect(after(walk, page([T0, edge], "c1"), NEWEST)).toMatchObject({ complete: false, cursor: "c1" });
    expect(after(walk, page([T0, edge - 1], "c1"), NEWEST)).toMatchObject({ complete: true, cursor: null });
  });

  it("is read to its end while it was never held, whatever its dates", () => {
    const walk = begin(work({ heldTo: null }), NEWEST);
    expect(after(walk, page([T0, T0 - 90 * MINUTE_MS], "c1"), NEWEST)).toMatchObject({ complete: false });
    expect(after(walk, page([T0], null), NEWEST)).toMatchObject({ complete: true, kind: "full" });
  });
});

describe("a thread without order", () => {
  it("is read to its end each time, because an old date on a page says nothing of the next", () => {
    const UNORDERED = { messageOrder: "unordered" } as const;
    const walk = begin(work(), UNORDERED);
    expect(walk.guard).toEqual(freshGuard);
    expect(after(walk, page([T0 - 90 * MINUTE_MS], "c1"), UNORDERED)).toMatchObject({ complete: false });
    expect(after(walk, page([], null), UNORDERED)).toMatchObject({ complete: true, cursor: null });
  });
});

describe("a thread listed oldest first", () => {
  it("goes on from its saved cursor and keeps its last page's", () => {
    const walk = begin(work(), {});
    expect(walk.cursor).toBe("saved");
    expect(after(walk, page([T0 - 90 * MINUTE_MS], null), {})).toMatchObject({ complete: true, cursor: "saved" });
  });
});

describe("a list that is not newest first", () => {
  const listed = (times: readonly number[], nextCursor: string | null) => ({
    items: times.map((lastMessageAt) => remoteConversation({ remoteId: `c${lastMessageAt}`, lastMessageAt })),
    rejected: [],
    nextCursor,
  });

  it("is read to its end, and its mark is the newest of all pages", () => {
    const pass = beginPass("list", T0 - MINUTE_MS, 120_000, T0, "unordered");
    expect(pass.stopBefore).toBeNull();
    const first = advancePass(pass, listed([T0 - 50 * MINUTE_MS], "c1"), "unordered");
    expect(first.done).toBe(false);
    const second = advancePass(first.pass, listed([T0 - 2 * MINUTE_MS], null), "unordered");
    expect(second).toMatchObject({ done: true, pass: { newestAt: T0 - 2 * MINUTE_MS } });
  });

  it("never moves its mark past the moment the pass began: what moved meanwhile may have been missed", () => {
    const pass = beginPass("list", null, 120_000, T0, "unordered");
    expect(advancePass(pass, listed([T0 + MINUTE_MS], null), "unordered").pass.newestAt).toBe(T0);
  });

  it("hands the filter on and does not end at an old date where the server filters", () => {
    const pass = beginPass("list", T0, 120_000, T0, "since_filter");
    expect(pass.stopBefore).toBe(T0 - 120_000);
    expect(advancePass(pass, listed([T0 - 90 * MINUTE_MS], "c1"), "since_filter").done).toBe(false);
  });
});

describe("a thread opened while the store looks for the one before", () => {
  it.each([null, work()])("is read at once, whatever is said of that one (%#)", (said) => {
    const sync = drive();
    sync.becomeIdle();
    sync.send({ type: "open", id: 1 as ConversationId });
    const seq = sync.seq();
    const effects = [
      ...sync.send({ type: "open", id: 2 as ConversationId }),
      ...sync.send({ type: "found", seq, work: said }),
    ];
    expect(effects).toContainEqual(expect.objectContaining({ type: "find", conversationId: 2 }));
    expect(sync.state().open?.id).toBe(2);
    expect(
      fetched(sync.found(work({ conversation: { ...work().conversation, id: 2 as ConversationId } })))?.job,
    ).toEqual(expect.objectContaining({ kind: "thread" }));
  });
});
