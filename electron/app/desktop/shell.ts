/**
 * The app on the desktop: tray, unread marks, notifications, links, start at login; and where the window should go.
 *
 * Wiring of system parts, no rules about messages. Invariants: a link can only open a thread by its local id; what
 * arrives before the inbox is open is kept until it is; quit always quits.
 */
import { app, Menu, session } from "electron";
import type { BrowserWindow } from "electron";
import type { ConversationId } from "../../../shared/domain.ts";
import type { SettingsView } from "../../../shared/ipc.ts";
import type { DesktopSettings } from "../../../shared/settings.ts";
import type { Log } from "../../log.ts";
import type { Activation } from "../../notify/activation.ts";
import { linkOfArguments } from "../../notify/deep-link.ts";
import { backgroundNotice, heldNotice } from "../../notify/payload.ts";
import type { Clock } from "../../sync/ports.ts";
import { createActivationQueue } from "../notifications/activation-queue.ts";
import type { NotificationPort } from "../notifications/center.ts";
import { createSystemNotifications } from "../notifications/system-notifications.ts";
import { dockItems, jumpListTasks, loginItem } from "./desktop-items.ts";
import type { TrayActions } from "./desktop-items.ts";
import { createTray } from "./tray.ts";
import type { SettingsFile } from "../settings-file.ts";
import { spellingLanguages } from "../spelling.ts";
import type { AppTray } from "./tray.ts";
import { createUnreadMarks } from "./unread-marks.ts";

export interface ShellOptions {
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
  readonly log: Log;
  /** That closing hides is told once, for ever. */
  readonly told: Pick<SettingsFile, "toldOfTray" | "setToldOfTray">;
  readonly getWindow: () => BrowserWindow | null;
  /** Brings the window up, making it when there is none. */
  readonly showWindow: () => void;
  readonly syncNow: () => void;
  /** Tells the page that there is a place to go. */
  readonly onNavigate: () => void;
  /** The open inbox's hand for what a person did in a notification; null before it is open. */
  readonly activate: () => ((activation: Activation) => Promise<void>) | null;
}

export interface Shell {
  readonly notifications: NotificationPort;
  readonly can: SettingsView["can"];
  open(conversationId: ConversationId | null): void;
  unread(count: number): void;
  apply(settings: DesktopSettings): void;
  takeNavigation(): { conversationId: ConversationId } | null;
  /** What waited for the inbox is carried out. */
  inboxOpened(): void;
  windowOpened(): void;
  /** Everything that stands on the desktop with words is made anew. */
  languageChanged(): void;
  /** The person closes the window: true when it hides instead. */
  hidesOnClose(): boolean;
  /** The command line of a second start, or our own; a link alone is one, too. */
  started(argv: readonly string[]): void;
}

export function createShell(options: ShellOptions): Shell {
  const { platform, clock, log } = options;
  // Elsewhere closing the last window either keeps the app by custom (macOS) or may leave no way back (Linux).
  const can = {
    startAtLogin: platform !== "linux",
    closeToTray: platform === "win32",
    get spellingLanguages() {
      return spellingLanguages(session.defaultSession, platform);
    },
    get notify() {
      return notifications.works();
    },
  };
  let settings: DesktopSettings = { closeToTray: false, startAtLogin: false };
  let navigation: { conversationId: ConversationId } | null = null;
  let tray: AppTray | null = null;

  const actions: TrayActions = { open: options.showWindow, syncNow: options.syncNow, quit: () => app.quit() };
  const notifications = createSystemNotifications({ platform, log, onActivated: (one) => queue.add(one) });
  const queue = createActivationQueue({
    clock,
    log,
    activate: options.activate,
    showWindow: options.showWindow,
    onHeld: () => notifications.show(heldNotice()),
  });
  const marks = createUnreadMarks(platform, options.getWindow, (count) => {
    tray?.setUnread(count);
    if (platform === "darwin") app.dock?.setMenu(Menu.buildFromTemplate(dockItems(count, actions)));
  });

  function open(conversationId: ConversationId | null): void {
    if (conversationId !== null) navigation = { conversationId };
    options.showWindow();
    options.onNavigate();
  }

  const setTasks = () => {
    if (platform !== "win32") return;
    app.setUserTasks(jumpListTasks(process.execPath));
  };
  setTasks();

  return {
    notifications,
    can,
    open,
    unread: marks.set,
    apply(next) {
      settings = next;
      // A Linux desktop need not have a tray; where it has one, the launcher's count says the same.
      if (platform !== "linux") tray ??= createTray(platform, actions);
      if (can.startAtLogin && app.isPackaged) {
        app.setLoginItemSettings(loginItem(next.startAtLogin));
      }
    },
    takeNavigation() {
      const to = navigation;
      navigation = null;
      return to;
    },
    inboxOpened: queue.flush,
    windowOpened: marks.windowChanged,
    languageChanged() {
      setTasks();
      marks.languageChanged();
    },
    hidesOnClose() {
      const hides = can.closeToTray && settings.closeToTray && tray !== null;
      if (hides && !options.told.toldOfTray()) {
        options.told.setToldOfTray();
        notifications.show(backgroundNotice());
      }
      return hides;
    },
    started(argv) {
      const link = linkOfArguments(argv);
      if (link !== null) queue.add({ kind: "open", conversationId: link.conversationId, messageId: null, text: "" });
    },
  };
}
