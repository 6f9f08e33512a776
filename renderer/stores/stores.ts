/**
 * All stores of a window, built once, and the wiring from pushes to refetches.
 *
 * No singletons: `createStores` is called by the entry (and by tests) with a bridge. Invariants: a push
 * only says what to read again, so a missed one costs freshness, never truth, and the next focus makes up for
 * it; a thread kept for quick switching is thrown away as soon as it may have changed, so no removed text
 * lingers in memory.
 */
import { UNSTABLE_ToastQueue as ToastQueue } from "react-aria-components";
import type { Conversation, ConversationId, Millis } from "../../shared/domain.ts";
import type { BridgeClient } from "../bridge.ts";
import { currentLanguage } from "../i18n.ts";
import type { Format } from "../lib/format.ts";
import { createSpokenFormat } from "../lib/format.ts";
import type { SplitLinks } from "../lib/links.ts";
import { createLinkSplitter } from "../lib/links.ts";
import { findRow } from "../lib/page-cache.ts";
import { createAccountsStore } from "./accounts-store.ts";
import { createAppStore } from "./app-store.ts";
import { createClockStore } from "./clock-store.ts";
import { createInboxStore } from "./inbox-store.ts";
import { createLanguageStore } from "./language-store.ts";
import { createMediaStore } from "./media-store.ts";
import { createNavStore } from "./nav-store.ts";
import { createFilesStore } from "./files-store.ts";
import { createOutboxStore } from "./outbox-store.ts";
import { createSearchStore } from "./search-store.ts";
import { createSettingsStore } from "./settings-store.ts";
import { createTemplatesStore } from "./templates-store.ts";
import { createSyncStore } from "./sync-store.ts";
import type { ThreadStore } from "./thread-store.ts";
import { createThreadStore } from "./thread-store.ts";
import { createTriageToasts } from "./triage-toasts.ts";
import { createTriageStore } from "./triage-store.ts";

const KEPT_THREADS = 6;

export interface ToastContent {
  readonly text: string;
  readonly tone: "plain" | "alert";
  readonly action?: { readonly label: string; readonly run: () => void };
}

export interface StoreOptions {
  readonly now?: () => Millis;
  readonly format?: Format;
}

export type Stores = ReturnType<typeof createStores>;

export function createStores(bridge: BridgeClient, options: StoreOptions = {}) {
  const app = createAppStore(bridge);
  const accounts = createAccountsStore(bridge);
  const inbox = createInboxStore(bridge, (id, since) => threadOf(id).showUnread(since));
  const sync = createSyncStore(bridge);
  const search = createSearchStore(bridge);
  const nav = createNavStore();
  const outbox = createOutboxStore(bridge);
  const files = createFilesStore(bridge);
  const media = createMediaStore(bridge);
  const settings = createSettingsStore(bridge);
  const templates = createTemplatesStore(bridge);
  const language = createLanguageStore(bridge);
  const clock = createClockStore(options.now ?? Date.now);
  const threads = new Map<ConversationId, ThreadStore>();
  const splitLinks: SplitLinks = createLinkSplitter();

  const toasts = new ToastQueue<ToastContent>({ maxVisibleToasts: 3 });
  const triage = createTriageStore(bridge, inbox, createTriageToasts(toasts));

  /** The store of a thread, kept while it is among the last few opened. */
  function threadOf(id: ConversationId): ThreadStore {
    const thread = threads.get(id) ?? createThreadStore(bridge, id);
    threads.delete(id);
    threads.set(id, thread);
    for (const old of [...threads.keys()].slice(0, Math.max(0, threads.size - KEPT_THREADS))) forgetThread(old);
    return thread;
  }

  function forgetThread(id: ConversationId): void {
    threads.get(id)?.dispose();
    threads.delete(id);
  }

  /**
   * A conversation as it is drawn: the open one by its thread, any other by its row or result; null where it is not held.
   *
   * After a push the list is read a moment later than the thread. A command that goes two ways has to go by what its
   * reader sees: consent allowed again right after it was taken away must not be taken away once more.
   */
  function conversationOf(id: ConversationId): Conversation | null {
    const { cache, openId } = inbox.getState();
    const open = id === openId ? threadOf(id).getState().conversation : null;
    const result = search.getState().results.find(({ conversation }) => conversation.id === id);
    return open ?? findRow(cache, id) ?? result?.conversation ?? null;
  }

  function inboxChanged(ids: readonly ConversationId[] | null): void {
    const { openId } = inbox.getState();
    for (const id of threads.keys()) {
      if (ids !== null && !ids.includes(id)) continue;
      if (id === openId) void threads.get(id)?.refresh();
      else forgetThread(id);
    }
    inbox.refresh();
    outbox.refresh();
    search.refresh();
    // What arrives while it is looked at has been read.
    const isSeen = openId !== null && nav.getState().view === "inbox" && document.hasFocus();
    if (isSeen && (ids === null || ids.includes(openId))) void inbox.tellOpen();
  }

  /** Reads everything again: at the start, when the app becomes ready, on focus. */
  function readAll(): void {
    clock.tick();
    void accounts.load();
    void sync.load();
    void settings.load();
    void recallCommands();
    void templates.load();
    inboxChanged(null);
  }

  /** What cannot be read is not missed: the palette works without. */
  async function recallCommands(): Promise<void> {
    const kept = await bridge.call("app.recentCommands").catch(() => null);
    nav.recall(kept?.ids ?? []);
  }

  /** Opens a conversation to answer it. */
  function answer(id: ConversationId): void {
    // Before the inbox comes into sight: the conversation that was open there is not looked at.
    inbox.open(id);
    nav.show("inbox");
    nav.answer(id);
  }

  /** Main keeps the place until it is asked, so nothing is lost while the window starts. */
  async function navigate(): Promise<void> {
    const to = await bridge.call("app.takeNavigation").catch(() => null);
    if (to !== null) answer(to.conversationId);
  }

  return {
    bridge,
    app,
    accounts,
    inbox,
    sync,
    search,
    nav,
    clock,
    outbox,
    files,
    media,
    settings,
    templates,
    language,
    threadOf,
    conversationOf,
    answer,
    splitLinks,
    format: options.format ?? createSpokenFormat(currentLanguage, () => clock.getState().moves),
    toasts,
    triage,

    /** Subscribes to pushes and reads the first state; returns the stop function. */
    start(): () => void {
      const isReady = () => app.getState().app?.stage === "ready";
      const whenReady = () => {
        if (isReady()) readAll();
      };
      const stops = [
        app.subscribe((state, before) => {
          if (state.app?.stage === "ready" && before.app?.stage !== "ready") {
            readAll();
            void navigate();
          }
        }),
        nav.subscribe(({ view }, before) => {
          if ((view === "inbox") !== (before.view === "inbox")) inbox.look(view === "inbox");
        }),
        bridge.on("app.changed", app.receive),
        bridge.on("language.changed", language.receive),
        bridge.on("accounts.changed", (list) => {
          accounts.receive(list);
          const { scope } = inbox.getState();
          if (scope !== null && !list.some((account) => account.id === scope)) inbox.setScope(null);
          inbox.refresh();
        }),
        bridge.on("inbox.changed", ({ conversationIds }) => inboxChanged(conversationIds)),
        bridge.on("app.navigate", () => void navigate()),
        bridge.on("sync.changed", sync.receive),
        bridge.on("media.progress", media.progressed),
        clock.start(),
      ];
      window.addEventListener("focus", whenReady);
      void app.load();
      void language.load();
      return () => {
        window.removeEventListener("focus", whenReady);
        for (const stop of stops) stop();
        for (const id of threads.keys()) forgetThread(id);
        inbox.dispose();
      };
    },
  };
}
