/**
 * What each command of the table does in the window: palette, keys and menu all come through here.
 *
 * A missing or extra command does not compile. Must not decide whether a key counts (`use-commands.ts` does).
 */
import type { CommandId } from "../shared/commands.ts";
import type { Conversation, ConversationId, View } from "../shared/domain.ts";
import { failureOf } from "../shared/errors.ts";
import { allowAgain, decideConsent } from "./lib/consent-decisions.ts";
import { errorSentence } from "./lib/error-words.ts";
import { findAttachButton, focusList, focusSearch, isInList, isListHidden, moveInList } from "./lib/places.ts";
import { PROVIDER_LABELS } from "./lib/provider-labels.ts";
import { snoozeTimes } from "./lib/snooze-times.ts";
import type { AppearanceSettings } from "../shared/settings.ts";
import { shownResults } from "./stores/search-store.ts";
import type { Stores } from "./stores/stores.ts";
import { t } from "./i18n.ts";

export type RunCommand = (id: CommandId) => void;

type Theme = AppearanceSettings["theme"];

const COPIED_MS = 2_500;

/** Shows the list, also where a thread hides it, and then goes on. */
export function showList({ nav, inbox }: Pick<Stores, "nav" | "inbox">, then: () => void = () => {}): void {
  nav.show("inbox");
  requestAnimationFrame(() => {
    if (!isListHidden()) return then();
    inbox.open(null);
    requestAnimationFrame(then);
  });
}

export async function copyNumber({ format, toasts }: Stores, row: Conversation): Promise<void> {
  const number = format.phone(row.contactNumber, row.ownNumber);
  try {
    await navigator.clipboard.writeText(row.contactNumber);
    toasts.add({ text: t("contact.copied", { number }), tone: "plain" }, { timeout: COPIED_MS });
  } catch {
    toasts.add({ text: t("contact.copyFailed"), tone: "alert" }, { timeout: COPIED_MS });
  }
}

export function createCommands(stores: Stores): RunCommand {
  const { inbox, triage, nav, sync, clock, toasts, search } = stores;

  /** The rows of the list are not seen then: nothing may be done to them. */
  const hasResults = () => shownResults(search.getState()) !== null;

  /** What a command is about: in the thread the open conversation, elsewhere the selection or the focused row or result. */
  function targets(): readonly ConversationId[] {
    if (nav.getState().view !== "inbox") return [];
    const results = shownResults(search.getState());
    if (results === null) return triage.targets(!isInList());
    const at = Math.min(search.getState().activeIndex, results.length - 1);
    return triage.targets(!isInList(), results[at]?.conversation.id ?? null);
  }

  /** Targets that are held: enough to tell which way a toggle goes. */
  const rowsOf = (ids: readonly ConversationId[]): readonly Conversation[] =>
    ids.flatMap((id) => stores.conversationOf(id) ?? []);

  const one = (): Conversation | null => rowsOf(targets().slice(0, 1))[0] ?? null;

  function toggle(
    isOn: (row: Conversation) => boolean,
    on: "done" | "read" | "pin",
    off: "reopen" | "unread" | "unpin",
  ) {
    const ids = targets();
    const rows = rowsOf(ids);
    const kind = rows.length > 0 && rows.every(isOn) ? off : on;
    void triage.apply(ids, { kind });
  }

  function snooze(until: number | null): void {
    void triage.apply(targets(), { kind: "snooze", until });
  }

  function ask(kind: "snooze" | "snooze_pick"): void {
    const ids = targets();
    if (ids.length > 0) nav.openDialog({ kind, ids });
  }

  /** The composer of the open conversation shows these; without one there is nowhere to write. */
  function compose(kind: "template" | "emoji" | "send_later"): void {
    const { openId } = inbox.getState();
    if (nav.getState().view !== "inbox" || openId === null) return;
    const { phase } = stores.threadOf(openId).getState();
    if (phase !== "gone" && phase !== "failed") nav.openDialog({ kind });
  }

  /** The composer of the open conversation asks for them, where its provider takes any; elsewhere it is said why not. */
  function attach(): void {
    const { openId } = inbox.getState();
    const row =
      nav.getState().view !== "inbox" || openId === null ? null : stores.threadOf(openId).getState().conversation;
    const button = findAttachButton();
    if (row !== null && button !== null) return button.click();
    const provider = row === null ? null : PROVIDER_LABELS[row.provider];
    const text = provider === null ? t("attachments.noThread") : t("attachments.notHere", { provider });
    toasts.add({ text, tone: "plain" }, { timeout: 6_000 });
  }

  function goTo(view: View): void {
    inbox.setView(view);
    showList(stores, focusList);
  }

  async function loadMissing(): Promise<void> {
    const { openId } = inbox.getState();
    if (openId === null) return;
    toasts.add({ text: t("timeline.loading"), tone: "plain" }, { timeout: COPIED_MS });
    try {
      await stores.threadOf(openId).fetchMissing();
    } catch (error) {
      toasts.add({ text: errorSentence(failureOf(error)), tone: "alert" }, { timeout: COPIED_MS });
    }
  }

  /** The settings may not have been read in this run. */
  async function setTheme(theme: Theme): Promise<void> {
    if (stores.settings.getState().view === null) await stores.settings.load();
    stores.settings.change({ appearance: { theme } });
  }

  /** Where no PIN is set there is nothing to lock with: the place to set one. */
  async function lockNow(): Promise<void> {
    const state = await stores.bridge.call("lock.now").catch(() => null);
    if (state?.configured !== true) nav.showSettings("privacy");
  }

  const actions: Readonly<Record<CommandId, () => void>> = {
    done: () => toggle(({ triage: { doneAt } }) => doneAt !== null, "done", "reopen"),
    snooze: () => ask("snooze"),
    snooze_later: () => {
      const { later, tomorrow } = snoozeTimes(clock.getState().now);
      snooze(later ?? tomorrow);
    },
    snooze_tomorrow: () => snooze(snoozeTimes(clock.getState().now).tomorrow),
    snooze_week: () => snooze(snoozeTimes(clock.getState().now).nextWeek),
    snooze_reply: () => snooze(null),
    snooze_pick: () => ask("snooze_pick"),
    unread: () => toggle(({ unreadCount }) => unreadCount === 0, "read", "unread"),
    pin: () => toggle(({ triage: { pinnedAt } }) => pinnedAt !== null, "pin", "unpin"),
    reply() {
      const [id] = targets();
      // Also where it is open: its composer may not be drawn yet.
      if (id !== undefined) stores.answer(id);
    },
    template: () => compose("template"),
    emoji: () => compose("emoji"),
    send_later: () => compose("send_later"),
    attach,
    opt_out() {
      const row = one();
      if (row === null) return;
      if (row.isOptedOutHere) void allowAgain(stores, row);
      else void decideConsent(stores, row, "opted_out", row.optOutHint);
    },
    templates: () => nav.showSettings("writing"),
    load_missing: () => void loadMissing(),
    rename() {
      const row = one();
      if (row !== null) nav.openDialog({ kind: "rename", id: row.id });
    },
    copy_number() {
      const row = one();
      if (row !== null) void copyNumber(stores, row);
    },
    details: () => {
      if (inbox.getState().openId !== null) nav.toggleDetails();
    },
    jump_date: () => {
      const { openId } = inbox.getState();
      if (openId !== null) nav.openDialog({ kind: "jump_date", id: openId });
    },
    jump_newest: () => {
      const { openId } = inbox.getState();
      if (openId !== null) stores.threadOf(openId).showNewest();
    },
    note: () => {
      if (inbox.getState().openId !== null) nav.writeNote();
    },
    undo: () => void triage.undoLast(),
    next: () => moveInList("ArrowDown"),
    previous: () => moveInList("ArrowUp"),
    select: () => {
      if (nav.getState().view === "inbox" && !hasResults()) triage.toggle(inbox.getState().activeIndex);
    },
    select_all() {
      if (!hasResults()) void triage.selectAll();
    },
    clear_selection: triage.clear,
    search: () => showList(stores, focusSearch),
    view_all: () => goTo("all"),
    view_needs_reply: () => goTo("needs_reply"),
    view_unread: () => goTo("unread"),
    view_snoozed: () => goTo("snoozed"),
    view_done: () => goTo("done"),
    outbox: () => nav.show("outbox"),
    accounts: () => nav.show("accounts"),
    storage: () => nav.show("storage"),
    settings: () => nav.show("settings"),
    settings_notifications: () => nav.showSettings("notifications"),
    settings_privacy: () => nav.showSettings("privacy"),
    settings_help: () => nav.showSettings("help"),
    palette: () => nav.openDialog({ kind: "palette" }),
    shortcuts: () => nav.openDialog({ kind: "shortcuts" }),
    lock: () => void lockNow(),
    sync: () =>
      void sync.now().catch((error: unknown) => {
        toasts.add({ text: errorSentence(failureOf(error)), tone: "alert" }, { timeout: COPIED_MS });
      }),
    connect: () => nav.openDialog({ kind: "connect" }),
    import_names: () => nav.openDialog({ kind: "import_names" }),
    theme_system: () => void setTheme("system"),
    theme_light: () => void setTheme("light"),
    theme_dark: () => void setTheme("dark"),
  };

  return (id) => {
    const selecting = triage.selecting();
    if (selecting === null) actions[id]();
    else void selecting.then(() => actions[id]());
  };
}
