/**
 * The open inbox: database, accounts, purge and pushes wired together.
 *
 * Made once secrets and cache are open; `close` ends it in order (accounts, purge, database). No rules of its
 * own. Invariant: a commit that removed texts always leads to a purge request, also after a crash.
 */
import type { PushName, PushPayload, SettingsView } from "../../shared/ipc.ts";
import { defaultSettings, readSettings } from "../../shared/settings.ts";
import type { MediaId } from "../../shared/media.ts";
import type { DesktopSettings, Settings } from "../../shared/settings.ts";
import type { ConversationId, SyncStatus } from "../../shared/domain.ts";
import type { DbClient } from "../db/client.ts";
import type { InboxServices } from "../ipc/services.ts";
import { errorName } from "../log.ts";
import type { Log } from "../log.ts";
import type { Activation } from "../notify/activation.ts";
import { createOutboxStore } from "../outbox/store.ts";
import type { Fetch } from "../providers/http.ts";
import type { Clock, Random } from "../sync/ports.ts";
import { createPurger } from "../sync/purger.ts";
import { createSnoozeKeeper } from "../sync/snooze-keeper.ts";
import { createSyncStore } from "../sync/store.ts";
import type { WakeReason } from "../sync/state.ts";
import { createAccountRuntime } from "./account-runtime.ts";
import { createAccountService } from "./account-service.ts";
import { createAccountStates } from "./account-states.ts";
import { createAccountVault } from "./account-vault.ts";
import { createChanges } from "./changes.ts";
import { createInboxRetention } from "./inbox-retention.ts";
import { createProgress } from "./progress.ts";
import { createMediaService } from "./media-service.ts";
import type { DrawnPicture } from "./media-service.ts";
import { createNotificationCenter } from "./notifications/center.ts";
import type { NotificationPort } from "./notifications/center.ts";
import { createSampleHost } from "./sample-host.ts";
import type { Secrets } from "./secrets.ts";
import { createStorageService } from "./storage-service.ts";

export interface InboxOptions {
  readonly db: DbClient;
  readonly secrets: Secrets;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly push: <N extends PushName>(name: N, payload: PushPayload<N>) => void;
  readonly desktop: InboxDesktop;
}

/** What the inbox needs of the system around it. */
export interface InboxDesktop {
  readonly notifications: NotificationPort;
  readonly can: SettingsView["can"];
  readonly minuteOfDay: () => number;
  /** Asks where to save a file and writes it; false when the person went back. */
  readonly saveFile: (suggestedName: string, bytes: Uint8Array) => Promise<boolean>;
  /** Bring the window up, at this conversation (null: as it stands). */
  open(conversationId: ConversationId | null): void;
  /** The one number for badge and tray: conversations with unread messages. */
  unread(count: number): void;
  apply(settings: DesktopSettings): void;
  /** Every time settings are read or saved. */
  readonly onSettings?: (settings: Settings) => void;
  /** The app lock is on: notifications say nothing. */
  readonly isLocked?: () => boolean;
}

export interface Inbox {
  readonly services: InboxServices;
  start(): Promise<void>;
  close(): Promise<void>;
  wake(reason: WakeReason): void;
  setFocused(focused: boolean): void;
  /** A notification was clicked or answered. */
  activated(activation: Activation): Promise<void>;
  settings(): Settings;
  /** A held picture, for the window to draw. */
  drawMedia(id: MediaId): Promise<DrawnPicture | null>;
  suspend(): void;
  resume(): void;
}

const PUSH_TIMING = { delayMs: 40, restMs: 250 };
const PROGRESS_EVERY_MS = 150;
const SETTINGS_KEY = "settings";

export function createInbox(options: InboxOptions): Inbox {
  const { db, clock, random, log, push, fetch, desktop } = options;
  const syncStore = createSyncStore(db);
  const outboxStore = createOutboxStore(db);
  const purger = createPurger(syncStore, clock, (error) => log.warn("purge failed", { name: errorName(error) }));
  const changes = createChanges(clock, PUSH_TIMING, (conversationIds) => {
    push("inbox.changed", { conversationIds });
    center.changedRows(conversationIds);
    void tellUnread();
  });
  let settings = defaultSettings();
  const isLocked = () => desktop.isLocked?.() === true;
  const center = createNotificationCenter({
    db,
    clock,
    log,
    port: desktop.notifications,
    settings: () => (isLocked() ? { ...settings.notifications, privacy: "nothing" } : settings.notifications),
    isLocked,
    minuteOfDay: desktop.minuteOfDay,
    accountCount: () => accounts.runtimes().length,
    open: desktop.open,
    dispatch: () => services.dispatch(),
    changed: (id) => changes.add([id]),
  });
  const retention = createInboxRetention({
    db,
    clock,
    log,
    onRemoved(changed) {
      changes.add(changed);
      purger.request();
    },
    askAll() {
      for (const runtime of accounts.runtimes()) runtime.wake("online");
    },
  });
  const snoozes = createSnoozeKeeper({
    store: {
      nextWakeAt: () => db.call("triage.nextWakeAt", undefined),
      wake: (input) => db.call("triage.wake", input),
    },
    clock,
    onWoken: changes.add,
    onError: (error) => log.warn("snooze failed", { name: errorName(error) }),
  });
  const states = createAccountStates((...state) => accounts.setState(...state), log);
  let opened: ConversationId | null = null;
  let focused = true;

  const statuses = (): SyncStatus[] => accounts.runtimes().map((runtime) => runtime.status());
  const syncProgress = createProgress(clock, PROGRESS_EVERY_MS, () => push("sync.changed", statuses()));

  const accounts = createAccountService({
    db,
    vault: createAccountVault(options.secrets),
    fetch,
    clock,
    sample: createSampleHost(clock),
    createRuntime(account, credentials) {
      const runtime = createAccountRuntime(account, credentials, {
        fetch,
        clock,
        random,
        syncStore,
        outboxStore,
        log,
        onStatus(status) {
          syncProgress.changed(status);
          center.status(account.id, status.phase);
          // Nobody to ask: the clock as it was last seen is the best word there is.
          if (!["syncing", "up_to_date"].includes(status.phase.kind)) retention.clockIsKnown(account.id);
        },
        onCommit(result) {
          changes.add(result.changed);
          states.works(account.id);
          if (result.removedTexts > 0) purger.request();
          center.committed(account.id);
          retention.clockIsKnown(account.id);
          // A removal among what changed may complete the evidence for a window.
          if (result.changed.length > 0) retention.soon();
        },
        onThreadChanged(id) {
          changes.add([id]);
          // A reply that settled may have left files behind.
          purger.request();
        },
        onBlocked: (blocked, failure) => states.blocked(blocked.id, failure),
        onClock: (accountId, offsetMs) => void retention.saveClock(accountId, offsetMs),
      });
      runtime.setFocused(focused);
      return runtime;
    },
    onAccounts(list) {
      push("accounts.changed", list);
      push("sync.changed", statuses());
      changes.all();
    },
    onRemoved: () => purger.request(),
  });

  async function tellUnread(): Promise<void> {
    try {
      const counts = await db.call("conversations.unread", undefined);
      desktop.unread(counts.reduce((sum, { unread }) => sum + unread, 0));
    } catch (error) {
      log.warn("unread not counted", { name: errorName(error) });
    }
  }

  const media = createMediaService({
    db,
    clock,
    fetcherOf: (id) => accounts.findRuntime(id)?.fetchMedia() ?? null,
    onProgress: (progress) => push("media.progress", progress),
    onChanged: (id) => changes.add([id]),
    saveFile: desktop.saveFile,
  });

  const settingsView = (): SettingsView => ({ settings, can: desktop.can });

  const services: InboxServices = {
    db,
    accounts,
    sync: {
      status: statuses,
      now() {
        for (const runtime of accounts.runtimes()) runtime.wake("manual");
      },
      async tellRead(id) {
        const conversation = await db.call("conversations.get", { id });
        if (conversation !== null) accounts.findRuntime(conversation.accountId)?.tellRead(id);
      },
      async open(id) {
        opened = id;
        center.setOpen(id);
        const conversation = id === null ? null : await db.call("conversations.get", { id });
        // Another thread was opened while the database answered: that one wins.
        if (opened !== id) return;
        for (const runtime of accounts.runtimes()) {
          runtime.open(runtime.account.id === conversation?.accountId ? id : null);
        }
      },
    },
    settings: {
      get: settingsView,
      async save(next) {
        await db.call("settings.set", { key: SETTINGS_KEY, value: next });
        settings = next;
        desktop.apply(next.desktop);
        desktop.onSettings?.(next);
        return settingsView();
      },
    },
    storage: createStorageService({
      db,
      clock,
      accounts,
      onRetention: retention.soon,
      onRebuilt: changes.all,
    }),
    media,
    dispatch() {
      for (const runtime of accounts.runtimes()) runtime.dispatch();
    },
    changed: (id) => changes.add([id]),
    forgotten: purger.request,
    checkSnoozes: () => void snoozes.check(),
    now: clock.now,
  };

  return {
    services,
    async start() {
      settings = readSettings(await db.call("settings.find", { key: SETTINGS_KEY }));
      desktop.apply(settings.desktop);
      desktop.onSettings?.(settings);
      const interrupted = await outboxStore.recoverInterrupted({ now: clock.now() });
      if (interrupted > 0) log.info("outbox recovered", { count: interrupted });
      if (await db.call("purge.pending", undefined)) purger.request();
      // Before anything is shown: a laptop from a drawer must not show what has outlived its window.
      await retention.run();
      await snoozes.check();
      await accounts.start();
      void tellUnread();
    },
    async close() {
      center.close();
      media.close();
      await accounts.stop();
      await retention.stop();
      await snoozes.stop();
      await purger.stop();
      await db.close();
    },
    activated: center.activated,
    settings: () => settings,
    drawMedia: media.draw,
    wake(reason) {
      if (reason === "online") center.woke();
      for (const runtime of accounts.runtimes()) runtime.wake(reason);
    },
    setFocused(value) {
      focused = value;
      center.setFocused(value);
      for (const runtime of accounts.runtimes()) runtime.setFocused(value);
    },
    suspend() {
      for (const runtime of accounts.runtimes()) runtime.suspend();
    },
    resume() {
      center.woke();
      void snoozes.check();
      for (const runtime of accounts.runtimes()) runtime.resume();
    },
  };
}
