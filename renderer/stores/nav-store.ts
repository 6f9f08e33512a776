/** Where in the app the person is: which view, which dialog, whether they search. Nothing that lives in main. */
import { createStore } from "zustand/vanilla";
import type { CommandId } from "../../shared/commands.ts";
import type { AccountId, ConversationId } from "../../shared/domain.ts";

export interface NavState {
  readonly view: "inbox" | "outbox" | "accounts" | "storage" | "settings";
  readonly dialog:
    | { readonly kind: "connect" | "palette" | "shortcuts" }
    | { readonly kind: "replace_key"; readonly id: AccountId }
    | { readonly kind: "snooze" | "snooze_pick"; readonly ids: readonly ConversationId[] }
    | { readonly kind: "rename"; readonly id: ConversationId }
    | null;
  /** Whether the contact panel stands beside an open thread. */
  readonly details: boolean;
  /** Commands chosen in this session, the latest first. */
  readonly recent: readonly CommandId[];
  /** A conversation that was opened in order to answer: its composer takes the focus, once. */
  readonly answerId: ConversationId | null;
  /** Contacts without a consent record that the person confirmed, for this session only. */
  readonly confirmedContacts: ReadonlySet<string>;
}

export type NavStore = ReturnType<typeof createNavStore>;

export function createNavStore() {
  const store = createStore<NavState>(() => ({
    view: "inbox",
    dialog: null,
    answerId: null,
    details: false,
    recent: [],
    confirmedContacts: new Set(),
  }));
  const { getState: get, setState: set } = store;

  return {
    ...store,
    show: (view: NavState["view"]) => set({ view }),
    openDialog: (dialog: NavState["dialog"]) => set({ dialog }),
    answer: (answerId: ConversationId | null) => set({ answerId }),
    toggleDetails: () => set({ details: !get().details }),
    remember: (id: CommandId) => set({ recent: [id, ...get().recent.filter((other) => other !== id)].slice(0, 8) }),
    closeDialog: () => set({ dialog: null }),
    confirmContact: (contact: string) => set({ confirmedContacts: new Set(get().confirmedContacts).add(contact) }),
  };
}

/** The key a session-long confirmation is remembered under. */
export function contactKey(contact: { accountId: AccountId; ownNumber: string; contactNumber: string }): string {
  return JSON.stringify([contact.accountId, contact.ownNumber, contact.contactNumber]);
}
