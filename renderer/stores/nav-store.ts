/** Where in the app the person is: which view, which dialog, whether they search. Nothing that lives in main. */
import { createStore } from "zustand/vanilla";
import type { CommandId } from "../../shared/commands.ts";
import type { AccountId, ConversationId } from "../../shared/domain.ts";

/** The parts of the settings, in their order on the page. */
export const SETTINGS_SECTIONS = ["general", "notifications", "writing", "privacy", "help"] as const;
export type SettingsSection = (typeof SETTINGS_SECTIONS)[number];

export interface NavState {
  readonly view: "inbox" | "outbox" | "accounts" | "storage" | "settings";
  /** The part of the settings that was asked for: it comes into view once it is there. */
  readonly wantsSection: SettingsSection | null;
  readonly dialog:
    | { readonly kind: "template" | "emoji" | "send_later" | "send_later_pick" }
    | { readonly kind: "connect" | "palette" | "shortcuts" | "import_names" }
    | { readonly kind: "replace_key"; readonly id: AccountId }
    | { readonly kind: "snooze" | "snooze_pick"; readonly ids: readonly ConversationId[] }
    | { readonly kind: "rename" | "jump_date"; readonly id: ConversationId }
    | null;
  /** Whether the contact panel stands beside an open thread. */
  readonly details: boolean;
  /** The note in that panel was asked for: it takes the focus once it is there. */
  readonly wantsNote: boolean;
  /** Commands chosen last, the latest first; main keeps them over a restart. */
  readonly recent: readonly CommandId[];
  /** A conversation that was opened in order to answer: its composer takes the focus, once. */
  readonly answerId: ConversationId | null;
}

const MAX_RECENT = 8;
/** Shown by the composer of the open conversation, and by nothing else. */
const OF_COMPOSER: ReadonlySet<string | undefined> = new Set(["template", "emoji", "send_later", "send_later_pick"]);

export function createNavStore() {
  const store = createStore<NavState>(() => ({
    view: "inbox",
    wantsSection: null,
    dialog: null,
    answerId: null,
    details: false,
    wantsNote: false,
    recent: [],
  }));
  const { getState: get, setState: set } = store;

  return {
    ...store,
    show: (view: NavState["view"]) => set({ view }),
    showSettings: (wantsSection: SettingsSection) => set({ view: "settings", wantsSection }),
    sectionReached: () => set({ wantsSection: null }),
    openDialog: (dialog: NavState["dialog"]) => set({ dialog }),
    answer: (answerId: ConversationId | null) => set({ answerId }),
    toggleDetails: () => set({ details: !get().details, wantsNote: false }),
    writeNote: () => set({ details: true, wantsNote: true }),
    noteReached: () => set({ wantsNote: false }),
    /** As it was kept by main; what was chosen in this window since stays in front. */
    recall: (kept: readonly CommandId[]) =>
      set({ recent: [...new Set([...get().recent, ...kept])].slice(0, MAX_RECENT) }),
    remember: (id: CommandId) =>
      set({ recent: [id, ...get().recent.filter((other) => other !== id)].slice(0, MAX_RECENT) }),
    closeDialog: () => set({ dialog: null }),
    /** The composer went away: what is left open, and seen nowhere, would keep every command's key from acting. */
    leaveComposer(): void {
      if (OF_COMPOSER.has(get().dialog?.kind)) set({ dialog: null });
    },
  };
}
