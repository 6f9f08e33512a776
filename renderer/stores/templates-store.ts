/**
 * The saved replies as main keeps them. A change is shown at once and taken back when main refuses it.
 *
 * Invariants: saves reach main in the order they were made, each with the whole list; an answer of before the newest change
 * is dropped, or the next save would undo that change.
 */
import { createStore } from "zustand/vanilla";
import type { CallOutput } from "../../shared/ipc.ts";
import type { BridgeClient } from "../bridge.ts";

export type Template = CallOutput<"templates.list">[number];

export interface TemplatesState {
  /** Null until main answered. */
  readonly all: readonly Template[] | null;
  readonly failed: boolean;
}

export function createTemplatesStore(bridge: BridgeClient) {
  const store = createStore<TemplatesState>(() => ({ all: null, failed: false }));
  const { getState: get, setState: set } = store;
  let saving: Promise<void> = Promise.resolve();
  let changes = 0;

  async function read(asked: number): Promise<void> {
    const all = await bridge.call("templates.list").catch(() => null);
    if (all !== null && asked === changes) set({ all });
  }

  async function load(): Promise<void> {
    const asked = changes;
    await saving;
    await read(asked);
  }

  function save(all: readonly Template[]): void {
    const change = (changes += 1);
    set({ all, failed: false });
    saving = saving.then(async () => {
      try {
        await bridge.call("templates.save", { templates: [...all] });
      } catch {
        set({ failed: true });
        await read(change);
      }
    });
  }

  const list = () => get().all ?? [];

  return {
    ...store,
    load,
    /** Replaces the one with the same id, or adds it at the end. */
    put(template: Template): void {
      const isKnown = list().some(({ id }) => id === template.id);
      save(isKnown ? list().map((one) => (one.id === template.id ? template : one)) : [...list(), template]);
    },
    /** Returns the function that puts it back where it was. */
    remove(id: string): () => void {
      const at = list().findIndex((one) => one.id === id);
      const gone = list()[at];
      if (gone === undefined) return () => undefined;
      save(list().toSpliced(at, 1));
      return () => {
        if (!list().some((one) => one.id === id)) save(list().toSpliced(at, 0, gone));
      };
    },
    move(id: string, by: -1 | 1): void {
      const at = list().findIndex((one) => one.id === id);
      const one = list()[at];
      const to = at + by;
      if (one === undefined || to < 0 || to >= list().length) return;
      save(list().toSpliced(at, 1).toSpliced(to, 0, one));
    },
  };
}
