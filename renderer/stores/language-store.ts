/**
 * The choice of a language as main has it; what main says is spoken at once.
 *
 * Invariant: the window never speaks another language than main, so menu, notifications and window agree.
 */
import { createStore } from "zustand/vanilla";
import type { LanguageView } from "../../shared/ipc-language.ts";
import type { LanguageChoice } from "../../shared/languages.ts";
import type { BridgeClient } from "../bridge.ts";
import { speak } from "../i18n.ts";

export interface LanguageState {
  /** Null until main answered. */
  readonly view: LanguageView | null;
  readonly failed: boolean;
}

export function createLanguageStore(bridge: BridgeClient) {
  const store = createStore<LanguageState>(() => ({ view: null, failed: false }));
  const { setState: set } = store;

  function receive(view: LanguageView): void {
    set({ view });
    speak(view);
  }

  return {
    ...store,
    receive,
    async load(): Promise<void> {
      const view = await bridge.call("app.language").catch(() => null);
      if (view !== null) receive(view);
    },
    async choose(choice: LanguageChoice): Promise<void> {
      set({ failed: false });
      try {
        receive(await bridge.call("app.setLanguage", { choice }));
      } catch {
        set({ failed: true });
      }
    },
  };
}
