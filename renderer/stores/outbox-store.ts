/**
 * Every reply that is not a message yet, of all accounts. Main owns them; this holds the last answer.
 *
 * Invariants: an answer older than what was told is dropped; `leaving` are replies a person discarded and may
 * still take back: main hears of it when the time for that is over, so closing the window before means it stays.
 */
import { createStore } from "zustand/vanilla";
import type { ConversationId, OutboxId, OutboxItem } from "../../shared/domain.ts";
import type { Failure } from "../../shared/errors.ts";
import { failureOf } from "../../shared/errors.ts";
import type { CallOutput } from "../../shared/ipc.ts";
import type { BridgeClient } from "../bridge.ts";
import { createLatest, withMember } from "../lib/latest.ts";

export type OutboxEntry = CallOutput<"outbox.list">[number];

export interface OutboxState {
  readonly entries: readonly OutboxEntry[];
  readonly leaving: ReadonlySet<OutboxId>;
  readonly failure: Failure | null;
}

/** It waits for the person. */
export const isProblem = ({ state }: OutboxItem): boolean => state === "failed" || state === "unknown";

export type OutboxStore = ReturnType<typeof createOutboxStore>;

export function createOutboxStore(bridge: BridgeClient) {
  const store = createStore<OutboxState>(() => ({ entries: [], leaving: new Set(), failure: null }));
  const { getState: get, setState: set } = store;

  const latest = createLatest<readonly OutboxEntry[]>(
    (entries) => set({ entries, failure: null }),
    (error) => set({ failure: failureOf(error) }),
  );
  const load = () => latest.ask(() => bridge.call("outbox.list"));

  const leave = (id: OutboxId, isLeaving: boolean) => set({ leaving: withMember(get().leaving, id, isLeaving) });

  return {
    ...store,
    refresh: () => void load(),
    /** @throws AppError */
    async retry(id: OutboxId): Promise<void> {
      await bridge.call("outbox.retry", { id });
      await load();
    },
    /** The text goes in front of the thread's draft. @throws AppError */
    async edit(id: OutboxId): Promise<ConversationId> {
      const { conversationId } = await bridge.call("outbox.toDraft", { id });
      await load();
      return conversationId;
    },
    /** Hides the reply; nothing has happened yet. */
    prepareDiscard: (id: OutboxId) => leave(id, true),
    undoDiscard: (id: OutboxId) => leave(id, false),
    /** Really discards, unless it was taken back. @throws AppError and shows the reply again. */
    async commitDiscard(id: OutboxId): Promise<void> {
      if (!get().leaving.has(id)) return;
      try {
        await bridge.call("outbox.discard", { id });
        await load();
      } finally {
        leave(id, false);
      }
    },
  };
}
