/**
 * The settings as main has them. A change is shown at once and taken back when main refuses it.
 *
 * Invariants: one save at a time, each with everything chosen so far; an answer of before the newest change is dropped,
 * or the next save would undo that change.
 */
import { createStore } from "zustand/vanilla";
import type { SettingsView } from "../../shared/ipc.ts";
import type { Settings } from "../../shared/settings.ts";
import type { BridgeClient } from "../bridge.ts";

export interface SettingsState {
  /** Null until main answered. */
  readonly view: SettingsView | null;
  readonly failed: boolean;
}

export type SettingsStore = ReturnType<typeof createSettingsStore>;

export function createSettingsStore(bridge: BridgeClient) {
  const store = createStore<SettingsState>(() => ({ view: null, failed: false }));
  const { getState: get, setState: set } = store;
  let saving: Promise<void> = Promise.resolve();
  let changes = 0;

  async function read(asked: number): Promise<void> {
    const view = await bridge.call("settings.get").catch(() => null);
    if (view !== null && asked === changes) set({ view });
  }

  async function load(): Promise<void> {
    const asked = changes;
    await saving;
    await read(asked);
  }

  async function save(settings: Settings, change: number): Promise<void> {
    try {
      await bridge.call("settings.save", { settings });
    } catch {
      set({ failed: true });
      await read(change);
    }
  }

  return {
    ...store,
    load,
    change(part: { readonly [K in keyof Settings]?: Partial<Settings[K]> }): void {
      const { view } = get();
      if (view === null) return;
      const settings = {
        notifications: { ...view.settings.notifications, ...part.notifications },
        desktop: { ...view.settings.desktop, ...part.desktop },
        appearance: { ...view.settings.appearance, ...part.appearance },
        composer: { ...view.settings.composer, ...part.composer },
        spelling: { ...view.settings.spelling, ...part.spelling },
        privacy: { ...view.settings.privacy, ...part.privacy },
      };
      set({ view: { ...view, settings }, failed: false });
      const change = (changes += 1);
      // The newest one holds everything: what was chosen meanwhile need not be saved one by one.
      saving = saving.then(() => (change === changes ? save(settings, change) : undefined));
    },
  };
}
