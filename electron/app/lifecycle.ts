/**
 * The app as the system sees it: its data folder, one instance, the network coming back.
 */
import { url as inspectorUrl } from "node:inspector";
import { app } from "electron";
import type { BrowserWindow } from "electron";
import type { Clock } from "../sync/ports.ts";

/** Only the return is of interest: while the network is there, nobody waits for the next look. */
const ONLINE_POLL_MS = 15_000;
const OFFLINE_POLL_MS = 3_000;
/** A page that hangs does not keep the app from ending. */
const CLOSE_TIMEOUT_MS = 2_000;

/** `--user-data-dir=DIR` keeps everything under DIR. Must run before the app is ready. */
export function useDataFolder(): void {
  const folder = app.commandLine.getSwitchValue("user-data-dir");
  if (folder === "") return;
  app.setPath("userData", folder);
  app.setPath("sessionData", folder);
}

/**
 * A shipped app opens no port for anybody's debugger: the fuse forbids Node's, this forbids Chromium's. Must run before
 * the app is ready. Where Node's is open all the same (a test's copy), there is nothing left to protect.
 */
export function refuseDebuggers(): void {
  if (!app.isPackaged || inspectorUrl() !== undefined) return;
  for (const name of ["remote-debugging-port", "remote-debugging-pipe"]) app.commandLine.removeSwitch(name);
}

/** False: another instance with this data folder runs, and has been asked to show itself, with our command line. */
export function claimSingleInstance(onSecond: (argv: readonly string[]) => void): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on("second-instance", (_event, argv) => onSecond(argv));
  return true;
}

/**
 * On a Mac a link comes as an event. The one that starts the app comes before it is ready, and is told to whoever listens
 * by then or to nobody: must run before the app is ready.
 */
export function hearLinks(onLink: (url: string) => void): void {
  app.on("open-url", (event, url) => {
    event.preventDefault();
    onLink(url);
  });
}

/** Closes a window and waits until it is gone: what its page says on the way out, such as a draft, is heard before. */
export function letWindowGo(window: BrowserWindow | null, clock: Clock): Promise<void> {
  if (window === null || window.isDestroyed()) return Promise.resolve();
  return new Promise((resolve) => {
    const cancel = clock.schedule(CLOSE_TIMEOUT_MS, resolve);
    window.once("closed", () => {
      cancel();
      resolve();
    });
    window.close();
  });
}

/** Calls back each time the system says that the network is there again. A hint only: it never stops a request. */
export function watchNetwork(isOnline: () => boolean, clock: Clock, onBack: () => void): () => void {
  let was = isOnline();
  let cancel = () => {};
  const look = () => {
    const is = isOnline();
    if (is && !was) onBack();
    was = is;
    schedule();
  };
  const schedule = () => {
    cancel = clock.schedule(was ? ONLINE_POLL_MS : OFFLINE_POLL_MS, look);
  };
  schedule();
  return () => cancel();
}
