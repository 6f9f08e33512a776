/** Where in the app the person is: which view, which dialog, whether they search. Nothing that lives in main. */
import { createStore } from "zustand/vanilla";
import type { AccountId } from "../../shared/domain.ts";

export interface NavState {
  readonly view: "inbox" | "accounts";
  readonly dialog: { readonly kind: "connect" } | { readonly kind: "replace_key"; readonly id: AccountId } | null;
  /** Contacts without a consent record that the person confirmed, for this session only. */
  readonly confirmedContacts: ReadonlySet<string>;
}

export type NavStore = ReturnType<typeof createNavStore>;

export function createNavStore() {
  const store = createStore<NavState>(() => ({ view: "inbox", dialog: null, confirmedContacts: new Set() }));
  const { getState: get, setState: set } = store;

  return {
    ...store,
    show: (view: NavState["view"]) => set({ view }),
    openDialog: (dialog: NavState["dialog"]) => set({ dialog }),
    closeDialog: () => set({ dialog: null }),
    confirmContact: (contact: string) => set({ confirmedContacts: new Set(get().confirmedContacts).add(contact) }),
  };
}

/** The key a session-long confirmation is remembered under. */
export function contactKey(contact: { accountId: AccountId; ownNumber: string; contactNumber: string }): string {
  return JSON.stringify([contact.accountId, contact.ownNumber, contact.contactNumber]);
}
