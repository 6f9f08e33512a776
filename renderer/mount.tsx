/** Builds the stores, starts them and renders; the same for the app and for the test harness. */
// First, so that components can refine what these set.
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/controls.css";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import type { BridgeClient } from "./bridge.ts";
import { Spoken } from "./components/spoken.tsx";
import { StoresProvider } from "./stores/context.tsx";
import type { StoreOptions } from "./stores/stores.ts";
import { createStores } from "./stores/stores.ts";

const ANY_NUMBER = "+12025550123";

/** Returns the function that unmounts and stops everything. */
export function mountApp(element: HTMLElement, bridge: BridgeClient, options: StoreOptions = {}): () => void {
  const stores = createStores(bridge, options);
  const root = createRoot(element);
  const stop = stores.start();
  root.render(
    <StoresProvider stores={stores}>
      <Spoken>
        <App />
      </Spoken>
    </StoresProvider>,
  );
  // The first date of a run loads the system's data of its language, the first phone number compiles what it is judged by:
  // done while main answers, instead of with the first rows.
  const warmUp = setTimeout(() => {
    stores.format.listTime(0, 0);
    stores.format.phone(ANY_NUMBER, ANY_NUMBER);
  });
  return () => {
    clearTimeout(warmUp);
    root.unmount();
    stop();
  };
}
