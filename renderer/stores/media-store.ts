/**
 * Pictures and files on their way: which are being fetched, how far they are, which failed, which one is looked at.
 *
 * What is held is not in here: that is the message's own word. Nothing is fetched unless a person asked.
 */
import { createStore } from "zustand/vanilla";
import type { Failure } from "../../shared/errors.ts";
import { failureOf } from "../../shared/errors.ts";
import type { MediaId, MediaProgress } from "../../shared/media.ts";
import type { BridgeClient } from "../bridge.ts";

export type MediaWork =
  | { readonly kind: "loading"; readonly receivedBytes: number; readonly totalBytes: number | null }
  | { readonly kind: "failed"; readonly failure: Failure };

export interface MediaState {
  readonly work: Readonly<Partial<Record<MediaId, MediaWork>>>;
  /** The picture in the viewer; null: it is closed. */
  readonly viewing: MediaId | null;
}

export function createMediaStore(bridge: BridgeClient) {
  const store = createStore<MediaState>(() => ({ work: {}, viewing: null }));
  const { getState: get, setState: set } = store;

  function setWork(id: MediaId, work: MediaWork | null): void {
    const { [id]: _before, ...others } = get().work;
    set({ work: work === null ? others : { ...others, [id]: work } });
  }

  return {
    ...store,

    async load(id: MediaId): Promise<void> {
      if (get().work[id]?.kind === "loading") return;
      setWork(id, { kind: "loading", receivedBytes: 0, totalBytes: null });
      try {
        await bridge.call("media.load", { id });
        setWork(id, null);
      } catch (error) {
        setWork(id, { kind: "failed", failure: failureOf(error) });
      }
    },

    cancel: (id: MediaId) => void bridge.call("media.cancel", { id }).catch(() => undefined),

    /** @throws AppError as the contract says */
    save: async (id: MediaId): Promise<boolean> => (await bridge.call("media.save", { id })).saved,

    progressed({ id, receivedBytes, totalBytes }: MediaProgress): void {
      if (get().work[id]?.kind === "loading") setWork(id, { kind: "loading", receivedBytes, totalBytes });
    },

    view: (id: MediaId | null) => set({ viewing: id }),
  };
}
