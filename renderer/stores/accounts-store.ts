/**
 * The connected accounts and what can be done with them. Never holds a credential: those pass through
 * `connect` and `replaceKey` as arguments and are not kept.
 *
 * Invariants: `accounts` comes from main only; `leaving` are accounts a person disconnected and may still take
 * back: main hears of it when the time for that is over, so closing the window before means it never happened.
 */
import { createStore } from "zustand/vanilla";
import type { Account, AccountId } from "../../shared/domain.ts";
import type { Failure } from "../../shared/errors.ts";
import { failureOf } from "../../shared/errors.ts";
import type { CallInput, ProviderForm } from "../../shared/ipc.ts";
import type { BridgeClient } from "../bridge.ts";
import { createLatest, withMember } from "../lib/latest.ts";

export interface AccountsState {
  /** Null until main answered. */
  readonly accounts: readonly Account[] | null;
  readonly providers: readonly ProviderForm[] | null;
  readonly leaving: ReadonlySet<AccountId>;
  readonly failure: Failure | null;
}

export function createAccountsStore(bridge: BridgeClient) {
  const store = createStore<AccountsState>(() => ({
    accounts: null,
    providers: null,
    leaving: new Set(),
    failure: null,
  }));
  const { getState: get, setState: set } = store;

  const latest = createLatest<readonly Account[]>(
    (accounts) => set({ accounts, failure: null }),
    (error) => set({ failure: failureOf(error) }),
  );

  function receive(accounts: readonly Account[]): void {
    latest.overtake();
    set({ accounts, failure: null });
  }

  const load = () => latest.ask(() => bridge.call("accounts.list"));

  /** Puts a changed account in at once; the push that follows says the same. */
  function put(account: Account): Account {
    const others = (get().accounts ?? []).filter((other) => other.id !== account.id);
    const at = (get().accounts ?? []).findIndex((other) => other.id === account.id);
    receive(at === -1 ? [...others, account] : others.toSpliced(at, 0, account));
    return account;
  }

  const leave = (id: AccountId, isLeaving: boolean) => set({ leaving: withMember(get().leaving, id, isLeaving) });

  return {
    ...store,
    load,
    receive,
    async loadProviders(): Promise<void> {
      if (get().providers !== null) return;
      try {
        set({ providers: await bridge.call("providers.list"), failure: null });
      } catch (error) {
        set({ failure: failureOf(error) });
      }
    },
    /** @throws AppError, to be shown in the form. */
    connect: async (input: CallInput<"accounts.connect">) => put(await bridge.call("accounts.connect", input)),
    /** @throws AppError */
    connectSample: async () => put(await bridge.call("accounts.connectSample")),
    /** @throws AppError */
    rename: async (id: AccountId, name: string) => put(await bridge.call("accounts.rename", { id, name })),
    /** @throws AppError */
    replaceKey: async (id: AccountId, credentials: Record<string, string>) =>
      put(await bridge.call("accounts.replaceKey", { id, credentials })),

    /** Hides the account; nothing has happened yet. */
    prepareDisconnect: (id: AccountId) => leave(id, true),
    undoDisconnect: (id: AccountId) => leave(id, false),
    /** Really disconnects, unless it was taken back. @throws AppError and shows the account again. */
    async commitDisconnect(id: AccountId): Promise<void> {
      if (!get().leaving.has(id)) return;
      try {
        await bridge.call("accounts.disconnect", { id });
        receive((get().accounts ?? []).filter((account) => account.id !== id));
      } finally {
        leave(id, false);
      }
    },
  };
}

/** Accounts as a person should see them now. Stable only as long as its arguments are. */
export function visibleAccounts(state: AccountsState): readonly Account[] {
  return (state.accounts ?? []).filter((account) => !state.leaving.has(account.id));
}
