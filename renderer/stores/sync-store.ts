/** How sync stands, per account: pushes and one read. Holds nothing else and starts nothing by itself. */
import { createStore } from "zustand/vanilla";
import type { SyncStatus } from "../../shared/domain.ts";
import type { BridgeClient } from "../bridge.ts";

export interface SyncState {
  readonly statuses: readonly SyncStatus[];
}

export type SyncStore = ReturnType<typeof createSyncStore>;

export function createSyncStore(bridge: BridgeClient) {
  const store = createStore<SyncState>(() => ({ statuses: [] }));
  let version = 0;

  return {
    ...store,
    receive(statuses: readonly SyncStatus[]): void {
      version += 1;
      store.setState({ statuses });
    },
    async load(): Promise<void> {
      const asked = ++version;
      // Without an answer the last known status stays; the next focus asks again.
      const statuses = await bridge.call("sync.status").catch(() => null);
      if (statuses !== null && asked === version) store.setState({ statuses });
    },
    /** @throws AppError */
    now: () => bridge.call("sync.now"),
  };
}
