/**
 * The conversation list: which window of it is held, which row is focused, which conversation is open.
 *
 * Main owns the truth; this holds pages around the visible range and asks again when a push, a focus or a
 * new scope says so. Invariants: at most `MAX_IN_FLIGHT` requests; an answer for another scope or an older
 * request is dropped; the focused row is followed by id when the list re-sorts, never by place.
 */
import { createStore } from "zustand/vanilla";
import type { AccountId, Conversation, ConversationId, Millis, NumberId, View } from "../../shared/domain.ts";
import type { Failure } from "../../shared/errors.ts";
import { failureOf } from "../../shared/errors.ts";
import type { ViewCounts } from "../../shared/ipc.ts";
import type { BridgeClient } from "../bridge.ts";
import { createLatest } from "../lib/latest.ts";
import type { PageCache } from "../lib/page-cache.ts";
import { emptyPages, indexOfRow, PAGE_SIZE, rowAt, staleBefore, wantedPages, withPage } from "../lib/page-cache.ts";

const MAX_IN_FLIGHT = 2;
/** Pushes in quick succession (a first sync) cost one refetch per this long. */
const REFRESH_EVERY_MS = 120;

export interface InboxState {
  readonly view: View;
  /** The account, and the one of its numbers, the list is narrowed to; null: all of them. */
  readonly scope: AccountId | null;
  readonly numberId: NumberId | null;
  readonly cache: PageCache<Conversation>;
  readonly failure: Failure | null;
  /** The row that has, or would get, the keyboard focus. `activeId` is null until a person chose one. */
  readonly activeIndex: number;
  readonly activeId: ConversationId | null;
  readonly openId: ConversationId | null;
  /** How many each view holds, per own number; empty while unknown. */
  readonly counts: readonly ViewCounts[];
}

export type InboxStore = ReturnType<typeof createInboxStore>;

export function createInboxStore(
  bridge: BridgeClient,
  /** A conversation was opened that had unread messages: those later than `since`. */
  onUnread: (id: ConversationId, since: Millis) => void = () => {},
) {
  const store = createStore<InboxState>(() => ({
    view: "all",
    scope: null,
    numberId: null,
    cache: emptyPages(),
    failure: null,
    activeIndex: 0,
    activeId: null,
    openId: null,
    counts: [],
  }));
  const { getState: get, setState: set } = store;

  let requests = 0;
  let epoch = 0;
  let range: readonly [number, number] = [0, PAGE_SIZE - 1];
  let refreshTimer: ReturnType<typeof setTimeout> | null = null;
  const inFlight = new Map<number, number>();

  function pump(): void {
    const { cache } = get();
    for (const page of wantedPages(cache, ...range)) {
      if (inFlight.size >= MAX_IN_FLIGHT) return;
      if (!inFlight.has(page)) void fetchPage(page);
    }
  }

  async function fetchPage(page: number): Promise<void> {
    const request = ++requests;
    const asked = epoch;
    const { view, scope, numberId, activeId, openId } = get();
    const keepId = activeId ?? openId;
    inFlight.set(page, request);
    try {
      const answer = await bridge.call("conversations.window", {
        view,
        accountId: scope,
        numberId,
        offset: page * PAGE_SIZE,
        limit: PAGE_SIZE,
        keepId,
      });
      if (asked !== epoch) return;
      const cache = withPage(get().cache, { page, request, total: answer.total, rows: answer.rows });
      set({ cache, failure: null });
      if (keepId !== null && keepId === get().activeId) follow(answer.keepIndex);
      settleActive();
    } catch (error) {
      if (asked === epoch) set({ failure: failureOf(error) });
      return;
    } finally {
      if (inFlight.get(page) === request) inFlight.delete(page);
    }
    pump();
  }

  function follow(index: number | null): void {
    if (index !== null) set({ activeIndex: index });
    // The followed conversation is gone: stay at its place, on whatever stands there now.
    else set({ activeId: null });
  }

  /** Keeps the focused row inside the list, and learns its id once its page is there. */
  function settleActive(): void {
    const { cache, activeIndex, activeId } = get();
    const last = Math.max(0, (cache.total ?? 0) - 1);
    if (activeIndex > last) set({ activeIndex: last });
    if (activeId === null) return;
    const row = rowAt(cache, get().activeIndex);
    if (row !== null && row.id !== activeId) {
      const index = indexOfRow(cache, (candidate) => candidate.id === activeId);
      if (index !== null) set({ activeIndex: index });
    }
  }

  const latestCounts = createLatest<readonly ViewCounts[]>(
    (counts) => set({ counts }),
    // The badges stay as they are: the list itself reports what is wrong.
    () => undefined,
  );

  function refreshNow(): void {
    refreshTimer = null;
    set({ cache: staleBefore(get().cache, requests + 1) });
    pump();
    void latestCounts.ask(() => bridge.call("conversations.counts"));
  }

  function show(place: Pick<InboxState, "view" | "scope" | "numberId">): void {
    const { view, scope, numberId, cache } = get();
    const isSame = place.view === view && place.scope === scope && place.numberId === numberId;
    if (isSame && cache.total !== null) return;
    epoch += 1;
    inFlight.clear();
    range = [0, PAGE_SIZE - 1];
    set({ ...place, cache: emptyPages(), failure: null, activeIndex: 0, activeId: null });
    pump();
  }

  /** What was unread is asked at the opening only: what comes in later is read as it comes. */
  async function tellOpened(id: ConversationId | null): Promise<void> {
    const answer = await bridge.call("conversations.open", { id }).catch(() => null);
    if (id !== null && id === get().openId && answer?.unreadSince != null) onUnread(id, answer.unreadSince);
  }

  return {
    ...store,

    /** Everything shown may have changed: fetch the visible pages and counts again, soon; where nothing is shown, now. */
    refresh(): void {
      const isFirst = get().cache.total === null && inFlight.size === 0;
      if (isFirst && refreshTimer === null) refreshNow();
      else refreshTimer ??= setTimeout(refreshNow, REFRESH_EVERY_MS);
    },
    /** The same, at once; also the "try again" of a failed list. */
    refreshNow(): void {
      if (refreshTimer !== null) clearTimeout(refreshTimer);
      refreshNow();
    },
    setScope(scope: AccountId | null, numberId: NumberId | null = null): void {
      show({ view: get().view, scope, numberId });
    },
    setView(view: View): void {
      show({ view, scope: get().scope, numberId: get().numberId });
    },
    /** Rows on screen, first and last; their pages are fetched. */
    setRange(first: number, last: number): void {
      range = [first, last];
      pump();
    },
    /** A person moved the focus to a row. */
    setActive(index: number): void {
      const { cache } = get();
      const activeIndex = Math.max(0, Math.min(index, (cache.total ?? 1) - 1));
      set({ activeIndex, activeId: rowAt(cache, activeIndex)?.id ?? null });
    },
    /** Shows a conversation (null: none), marks it read and tells sync what is looked at. */
    open(id: ConversationId | null): void {
      if (id !== null) {
        const index = indexOfRow(get().cache, (row) => row.id === id);
        set({ openId: id, ...(index === null ? {} : { activeIndex: index, activeId: id }) });
      } else set({ openId: null });
      void tellOpened(id);
    },
    /** The open conversation comes into sight again, or goes behind another screen: there nothing is looked at. */
    look: (isInSight: boolean) => void tellOpened(isInSight ? get().openId : null),
    /** Repeats what is looked at, for example when the window is focused again or a message arrived. */
    async tellOpen(): Promise<void> {
      // A refused call is repeated with the next focus or push.
      await bridge.call("conversations.open", { id: get().openId }).catch(() => undefined);
    },
    dispose(): void {
      epoch += 1;
      if (refreshTimer !== null) clearTimeout(refreshTimer);
    },
  };
}

/** How many conversations a view holds in a scope: sums of the one source of counts. */
export function countOf(
  counts: readonly ViewCounts[],
  view: View,
  scope: AccountId | null,
  numberId: NumberId | null = null,
): number {
  return counts.reduce((sum, row) => {
    const isInside = (scope === null || row.accountId === scope) && (numberId === null || row.numberId === numberId);
    return isInside ? sum + row.views[view] : sum;
  }, 0);
}
