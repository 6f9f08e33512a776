/**
 * What the window shows before any inbox: the stage main decided on. Holds no accounts and no messages.
 */
import { createStore } from "zustand/vanilla";
import type { Failure } from "../../shared/errors.ts";
import { failureOf } from "../../shared/errors.ts";
import type { AppState } from "../../shared/ipc.ts";
import type { BridgeClient } from "../bridge.ts";

export interface AppStoreState {
  /** Null until main answered. */
  readonly app: AppState | null;
  readonly failure: Failure | null;
  /** True while a choice (retry, this session only) is being carried out. */
  readonly busy: boolean;
  /** A retry was carried out and came to the same stage. */
  readonly isVain: boolean;
}

export function createAppStore(bridge: BridgeClient) {
  const store = createStore<AppStoreState>(() => ({ app: null, failure: null, busy: false, isVain: false }));
  const { setState: set } = store;
  let version = 0;

  /** Runs a call that answers with the state; an answer older than a push is dropped. */
  async function ask(name: "app.state" | "app.retryVault" | "app.useSessionOnly"): Promise<void> {
    const asked = version;
    const before = store.getState().app?.stage;
    set({ busy: true, failure: null, isVain: false });
    try {
      const app = await bridge.call(name);
      if (asked === version) set({ app });
      set({ isVain: name === "app.retryVault" && store.getState().app?.stage === before });
    } catch (error) {
      set({ failure: failureOf(error) });
    } finally {
      set({ busy: false });
    }
  }

  /** A choice while another is being carried out is none. */
  const choose = async (name: "app.retryVault" | "app.useSessionOnly"): Promise<void> => {
    if (!store.getState().busy) await ask(name);
  };

  return {
    ...store,
    load: () => ask("app.state"),
    retryVault: () => choose("app.retryVault"),
    useSessionOnly: () => choose("app.useSessionOnly"),
    /** A push: newer than any answer still under way. */
    receive(app: AppState): void {
      version += 1;
      set({ app });
    },
    async dismissSetAside(): Promise<void> {
      const { app } = store.getState();
      if (app !== null) set({ app: { ...app, setAside: null } });
      // When main did not hear it the notice is there again at the next start, which is right.
      await bridge.call("app.dismissSetAside").catch(() => undefined);
    },
  };
}
