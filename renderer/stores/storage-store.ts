/**
 * What "Sync & storage" shows. Lives as long as its screen; a rebuild a person may still take back is not told to
 * main before the time for that is over, also when the screen is left meanwhile.
 */
import { createStore } from "zustand/vanilla";
import type { AccountId } from "../../shared/domain.ts";
import type { Failure } from "../../shared/errors.ts";
import { failureOf } from "../../shared/errors.ts";
import type { StorageReport } from "../../shared/storage.ts";
import type { BridgeClient } from "../bridge.ts";
import { createLatest, withMember } from "../lib/latest.ts";

export interface StorageState {
  /** Null until main answered. */
  readonly report: StorageReport | null;
  readonly failure: Failure | null;
  /** Accounts about to be rebuilt. */
  readonly pending: ReadonlySet<AccountId>;
}

/** While sync is busy the numbers change with every page; once a second is enough to read them. */
const REFRESH_AFTER_MS = 1_000;

export function createStorageStore(bridge: BridgeClient) {
  const store = createStore<StorageState>(() => ({ report: null, failure: null, pending: new Set() }));
  const { getState: get, setState: set } = store;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const latest = createLatest<StorageReport>(
    (report) => set({ report, failure: null }),
    (error) => set({ failure: failureOf(error) }),
  );
  const load = () => latest.ask(() => bridge.call("storage.report"));

  function loadSoon(): void {
    timer ??= setTimeout(() => {
      timer = null;
      void load();
    }, REFRESH_AFTER_MS);
  }

  const mark = (id: AccountId, isPending: boolean) => set({ pending: withMember(get().pending, id, isPending) });

  return {
    ...store,
    load,
    /** Reads now and whenever something may have changed; returns the stop function. */
    watch(): () => void {
      void load();
      const stops = [
        bridge.on("sync.changed", loadSoon),
        bridge.on("inbox.changed", loadSoon),
        bridge.on("accounts.changed", loadSoon),
      ];
      return () => {
        for (const stop of stops) stop();
        if (timer !== null) clearTimeout(timer);
        timer = null;
      };
    },
    /** @throws AppError */
    async recheck(accountId: AccountId): Promise<void> {
      await bridge.call("storage.recheck", { accountId });
      await load();
    },
    prepareRebuild: (id: AccountId) => mark(id, true),
    undoRebuild: (id: AccountId) => mark(id, false),
    /** Really rebuilds, unless it was taken back. @throws AppError; then everything is as it was */
    async commitRebuild(accountId: AccountId): Promise<void> {
      if (!get().pending.has(accountId)) return;
      try {
        await bridge.call("storage.rebuild", { accountId });
      } finally {
        mark(accountId, false);
        await load();
      }
    },
    /** @throws AppError */
    async setRetention(accountId: AccountId, days: number | null): Promise<void> {
      await bridge.call("retention.set", { accountId, days });
      await load();
    },
  };
}
