/**
 * Which conversations are selected, and the decisions over them with their undo.
 *
 * Main decides and keeps; this asks and tells. Invariants: a decision is over the selection, or over one conversation
 * where nothing is selected; every decision that changed something can be taken back, the newest first; another view
 * or scope starts without a selection.
 */
import { createStore } from "zustand/vanilla";
import type { Conversation, ConversationId } from "../../shared/domain.ts";
import type { Failure } from "../../shared/errors.ts";
import { failureOf } from "../../shared/errors.ts";
import type { CallOutput, TriageAction } from "../../shared/ipc.ts";
import type { BridgeClient } from "../bridge.ts";
import { indexOfRow, rowAt } from "../lib/page-cache.ts";
import type { InboxStore } from "./inbox-store.ts";

/** As in the contract; the window does not load its schemas. */
const MAX_SELECTED = 10_000;
const MAX_UNDO = 30;

export interface TriageState {
  readonly selected: ReadonlySet<ConversationId>;
}

/** What was done, for the words of the toast. */
export interface Decision {
  readonly action: TriageAction;
  readonly count: number;
  undo(): Promise<void>;
}

export interface TriageListener {
  done(decision: Decision): void;
  undone(count: number): void;
  failed(failure: Failure): void;
}

const PUTS_AWAY: ReadonlySet<TriageAction["kind"]> = new Set(["done", "snooze"]);
const NONE: ReadonlySet<ConversationId> = new Set();

export function createTriageStore(bridge: BridgeClient, inbox: InboxStore, listener: TriageListener) {
  const store = createStore<TriageState>(() => ({ selected: NONE }));
  const { getState: get, setState: set } = store;
  const undoIds: number[] = [];
  let anchor = 0;
  let ranges = 0;
  let selecting: Promise<void> | null = null;
  /** The newest decision, until main has answered. */
  let deciding: Promise<unknown> | null = null;

  inbox.subscribe((now, before) => {
    if (now.view !== before.view || now.scope !== before.scope || now.numberId !== before.numberId) clear();
  });

  function clear(): void {
    ranges += 1;
    if (get().selected.size > 0) set({ selected: NONE });
  }

  const activeRow = (): Conversation | null => {
    const { cache, activeIndex } = inbox.getState();
    return rowAt(cache, activeIndex);
  };

  function idsFrom(offset: number, limit: number): Promise<{ readonly ids: readonly ConversationId[] }> {
    const { view, scope, numberId } = inbox.getState();
    return bridge.call("conversations.ids", { view, accountId: scope, numberId, offset, limit });
  }

  /** Ids of rows by place, as they are drawn; asked for where they are not held. */
  async function idsBetween(first: number, last: number): Promise<readonly ConversationId[]> {
    const { cache } = inbox.getState();
    const held = Array.from({ length: last - first + 1 }, (_, offset) => rowAt(cache, first + offset)?.id);
    return held.every((id) => id !== undefined) ? held : (await idsFrom(first, held.length)).ids;
  }

  async function take(asked: Promise<readonly ConversationId[]>, range: number): Promise<void> {
    try {
      const ids = await asked;
      if (range === ranges) set({ selected: new Set(ids) });
    } catch (error) {
      listener.failed(failureOf(error));
    }
  }

  function select(asked: Promise<readonly ConversationId[]>): Promise<void> {
    const taken = take(asked, ++ranges).finally(() => {
      if (selecting === taken) selecting = null;
    });
    selecting = taken;
    return taken;
  }

  async function decide(ids: readonly ConversationId[], action: TriageAction): Promise<CallOutput<"triage.apply">> {
    const answer = await bridge.call("triage.apply", { ids: [...ids], action });
    undoIds.push(answer.undoId);
    if (undoIds.length > MAX_UNDO) undoIds.shift();
    return answer;
  }

  async function undo(undoId: number): Promise<void> {
    const at = undoIds.indexOf(undoId);
    if (at === -1) return;
    undoIds.splice(at, 1);
    try {
      const { count } = await bridge.call("triage.undo", { undoId });
      inbox.refreshNow();
      listener.undone(count);
    } catch (error) {
      listener.failed(failureOf(error));
    }
  }

  /** The row that takes the place of the open one once that is put away; null where there is none. */
  function neighbourOf(ids: ReadonlySet<ConversationId>): ConversationId | null {
    const { cache, activeIndex, openId } = inbox.getState();
    const from = indexOfRow(cache, ({ id }) => id === openId) ?? activeIndex;
    for (const step of [1, -1]) {
      for (let at = from + step; at >= 0 && at < (cache.total ?? 0); at += step) {
        const row = rowAt(cache, at);
        if (row === null) break;
        if (!ids.has(row.id)) return row.id;
      }
    }
    return null;
  }

  return {
    ...store,
    clear,
    /** A selection that is still asked for: what is done next is meant for it. */
    selecting: () => selecting,

    /**
     * The selection, else the focused row, else the open conversation; `preferOpen` turns the last two around.
     *
     * @param active  what has the focus, where that is no row of the list
     */
    targets(preferOpen: boolean, active: ConversationId | null = activeRow()?.id ?? null): readonly ConversationId[] {
      const { selected } = get();
      if (selected.size > 0) return [...selected];
      const { openId } = inbox.getState();
      const one = preferOpen ? (openId ?? active) : (active ?? openId);
      return one === null ? [] : [one];
    },

    toggle(index: number): void {
      const id = rowAt(inbox.getState().cache, index)?.id;
      if (id === undefined) return;
      anchor = index;
      ranges += 1;
      const selected = new Set(get().selected);
      if (!selected.delete(id) && selected.size < MAX_SELECTED) selected.add(id);
      set({ selected });
    },
    /** From where the selection began to here. */
    extendTo(index: number): Promise<void> {
      if (get().selected.size === 0) anchor = inbox.getState().activeIndex;
      const first = Math.min(anchor, index);
      return select(idsBetween(first, Math.min(Math.max(anchor, index), first + MAX_SELECTED - 1)));
    },
    /** Always asked for: rows that were put away a moment ago are held until the list was read again. */
    selectAll: () => select(idsFrom(0, MAX_SELECTED).then(({ ids }) => ids)),

    async apply(ids: readonly ConversationId[], action: TriageAction): Promise<void> {
      if (ids.length === 0) return;
      const chosen = new Set(ids);
      const { openId } = inbox.getState();
      const wasOpen = openId !== null && chosen.has(openId);
      const next = wasOpen && PUTS_AWAY.has(action.kind) ? neighbourOf(chosen) : null;
      // An open thread counts as read: what becomes unread is closed first.
      if (wasOpen && action.kind === "unread") inbox.open(null);
      const decided = decide(ids, action);
      deciding = decided;
      try {
        const { undoId, count } = await decided;
        // What was selected meanwhile is for the next decision.
        const rest = [...get().selected].filter((id) => !chosen.has(id));
        set({ selected: rest.length === 0 ? NONE : new Set(rest) });
        inbox.refreshNow();
        if (wasOpen && PUTS_AWAY.has(action.kind) && inbox.getState().openId === openId) inbox.open(next);
        listener.done({ action, count, undo: () => undo(undoId) });
      } catch (error) {
        listener.failed(failureOf(error));
      } finally {
        if (deciding === decided) deciding = null;
      }
    },
    /** The newest decision, also one on its way; where that one fails there is nothing to take back. */
    async undoLast(): Promise<void> {
      try {
        await deciding;
      } catch {
        return;
      }
      const last = undoIds.at(-1);
      if (last !== undefined) await undo(last);
    },
  };
}
