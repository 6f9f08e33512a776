/** Hands the stores to components, with one hook per store. Holds no state. */
import type { ReactNode } from "react";
import { createContext, use } from "react";
import type { StoreApi } from "zustand/vanilla";
import { useStore } from "zustand";
import { assertPresent } from "../../shared/assert.ts";
import type { Stores } from "./stores.ts";

const StoresContext = createContext<Stores | null>(null);

export function StoresProvider({ stores, children }: { stores: Stores; children: ReactNode }) {
  return <StoresContext value={stores}>{children}</StoresContext>;
}

export function useStores(): Stores {
  return assertPresent(use(StoresContext), "StoresProvider");
}

type StateOf<S> = S extends Pick<StoreApi<infer T>, "getState"> ? T : never;

export const useApp = <T,>(select: (state: StateOf<Stores["app"]>) => T): T => useStore(useStores().app, select);
export const useAccounts = <T,>(select: (state: StateOf<Stores["accounts"]>) => T): T =>
  useStore(useStores().accounts, select);
export const useInbox = <T,>(select: (state: StateOf<Stores["inbox"]>) => T): T => useStore(useStores().inbox, select);
export const useSync = <T,>(select: (state: StateOf<Stores["sync"]>) => T): T => useStore(useStores().sync, select);
export const useSearch = <T,>(select: (state: StateOf<Stores["search"]>) => T): T =>
  useStore(useStores().search, select);
export const useTriage = <T,>(select: (state: StateOf<Stores["triage"]>) => T): T =>
  useStore(useStores().triage, select);
export const useNav = <T,>(select: (state: StateOf<Stores["nav"]>) => T): T => useStore(useStores().nav, select);
export const useOutbox = <T,>(select: (state: StateOf<Stores["outbox"]>) => T): T =>
  useStore(useStores().outbox, select);
/** Unix ms; with a step, the last whole one: whoever shows nothing finer is drawn only as often. */
export const useNow = (stepMs = 1): number => useStore(useStores().clock, ({ now }) => now - (now % stepMs));
