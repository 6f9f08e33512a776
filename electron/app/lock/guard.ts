/**
 * The app lock on the desktop: Electron's side of it.
 *
 * Wires the lock to sleep, idle time and the system's lock screen, empties the window when it goes on, and keeps the
 * window out of captures where the system can. Holds no rule about PINs. Invariant: when the lock goes on, the page's
 * process ends and another one begins, so that no text stays in its memory.
 */
import { powerMonitor, systemPreferences } from "electron";
import type { BrowserWindow } from "electron";
import type { AppState } from "../../../shared/ipc.ts";
import { defaultPrivacy } from "../../../shared/lock.ts";
import type { Settings } from "../../../shared/settings.ts";
import { t } from "../../i18n.ts";
import type { Clock } from "../../sync/ports.ts";
import type { NotificationPort } from "../notifications/center.ts";
import type { LockTries } from "./app-lock.ts";
import { createAppLock } from "./app-lock.ts";
import { shownState } from "./lock-gate.ts";
import { watchForLock } from "./lock-triggers.ts";

/**
 * Another origin: Chromium gives it a process of its own and ends the one that held the texts. A reload would keep the
 * process, and with it what nobody has collected yet. The window itself goes back to its page (see window.ts).
 */
const EMPTY_PAGE = "data:text/plain,";
/** Time for the page to save a half-typed draft before it is loaded anew. */
const EMPTY_AFTER_MS = 250;

export interface GuardOptions {
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
  readonly tries: { get(): LockTries; set(tries: LockTries): void };
  readonly getWindow: () => BrowserWindow | null;
  readonly notifications: () => Pick<NotificationPort, "closeAll">;
  readonly tellState: (state: AppState) => void;
}

export type Guard = ReturnType<typeof createGuard>;

export function createGuard(options: GuardOptions) {
  const { platform, clock, getWindow } = options;
  let privacy = defaultPrivacy();
  let state: AppState | null = null;
  /** The page has been in the stage in which it may ask for texts. */
  let hasToldMuch = false;
  const canHide = platform === "darwin" || platform === "win32";

  const lock = createAppLock({
    clock,
    tries: options.tries,
    can: {
      touchId: platform === "darwin" && systemPreferences.canPromptTouchID(),
      hideFromCapture: canHide,
      screenLock: platform === "darwin" || platform === "win32",
    },
    // The system puts the app's name before the words: "Threadkeep is trying to …".
    promptTouchId: () => systemPreferences.promptTouchID(t("lock.touchIdReason")),
    onChange(isLocked) {
      if (isLocked) {
        options.notifications().closeAll();
        // At the start the page has not been told of anything yet.
        if (hasToldMuch) emptyWindow();
        hasToldMuch = false;
      }
      if (state !== null) options.tellState(told(shownState(state, isLocked)));
    },
  });

  function told(shown: AppState): AppState {
    if (shown.stage === "ready") hasToldMuch = true;
    return shown;
  }

  function emptyWindow(): void {
    const window = getWindow();
    if (window === null) return;
    clock.schedule(EMPTY_AFTER_MS, () => {
      // Opened again in the meantime: there is nothing to hide, and somebody at work.
      if (lock.isLocked() && !window.isDestroyed()) void window.loadURL(EMPTY_PAGE).catch(() => undefined);
    });
  }

  function protect(): void {
    if (canHide) getWindow()?.setContentProtection(privacy.hideFromCapture);
  }

  watchForLock({ power: powerMonitor, clock, settings: () => privacy, lock: lock.lock });

  return {
    lock,
    isLocked: lock.isLocked,
    /** The app's stage as the window may know it; remembers it for when the lock changes. */
    shown(next: AppState): AppState {
      state = next;
      return told(shownState(next, lock.isLocked()));
    },
    onSettings(settings: Settings): void {
      privacy = settings.privacy;
      protect();
    },
    windowOpened: protect,
  };
}
