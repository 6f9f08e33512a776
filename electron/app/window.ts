/**
 * The one place that makes a window, with everything a page could misuse turned off.
 *
 * Invariants: sandboxed, isolated, no navigation, no second window, no webview; the page is the bundle behind
 * `app://threadkeep/` and nothing else.
 */
import { join } from "node:path";
import { app, BrowserWindow, protocol, screen, session, shell } from "electron";
import type { BrowserWindowConstructorOptions, Session, WebContents } from "electron";
import { appIcon } from "./app-files.ts";
import { APP_ORIGIN, APP_SCHEME, externalLink, isOwnPage, isPermitted } from "./content-policy.ts";
import type { WindowPlace } from "./first-look.ts";
import type { ReadPicture } from "./media-response.ts";
import { answerPage } from "./page-answer.ts";
import { quietSpelling } from "./spelling.ts";

/** Must run before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, codeCache: true } },
  ]);
}

/** Locks down a session: the bundle is its only source, copying its only permission. Harmless when done again. */
function prepareSession(target: Session, bundleDir: string, readPicture: ReadPicture): void {
  target.setPermissionRequestHandler((_contents, permission, answer) => answer(isPermitted(permission)));
  target.setPermissionCheckHandler((_contents, permission) => isPermitted(permission));
  target.setDevicePermissionHandler(() => false);
  if (target.protocol.isProtocolHandled(APP_SCHEME)) return;
  // Not `protocol.handle`: that speaks in the web's Request and Response, for which Node loads a whole fetch client, 40 ms
  // between a person and their first rows (decision 22).
  target.protocol.registerBufferProtocol(APP_SCHEME, ({ method, url }, answer) => {
    void answerPage({ method, url }, bundleDir, readPicture).then(answer);
  });
}

export function windowOptions(preloadPath: string, isDevelopment: boolean): BrowserWindowConstructorOptions {
  return {
    title: "Threadkeep",
    width: 1280,
    height: 800,
    minWidth: 480,
    minHeight: 400,
    show: false,
    ...(process.platform === "linux" ? { icon: appIcon() } : {}),
    autoHideMenuBar: true,
    webPreferences: {
      preload: preloadPath,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: true,
      devTools: isDevelopment,
      disableBlinkFeatures: "Auxclick",
      // The page's compiled code is kept from the first start on, not only once it counts as often used.
      v8CacheOptions: "bypassHeatCheck",
    },
  };
}

export interface MainWindow {
  readonly window: BrowserWindow;
  readonly contents: WebContents;
  /** Its page is with its own process (or will never be: the window is gone). Before, main is on its way. */
  readonly begun: Promise<void>;
  focus(): void;
}

export interface MainWindowOptions {
  /** Folder with `renderer/` and `preload/`. */
  readonly distDir: string;
  /** Where it stood last; null: wherever the system puts it. */
  readonly place: WindowPlace | null;
  /** It closes: this is where it stood. */
  readonly onPlace: (place: WindowPlace) => void;
  /** Started in the background: made, but not shown until asked for. */
  readonly isHidden: boolean;
  /** BCP 47: the page speaks it from its first word on. */
  readonly locale: string;
  /** True: closing hides the window. */
  readonly hidesOnClose: () => boolean;
  readonly onFocus: (focused: boolean) => void;
  readonly onGone: () => void;
  readonly readPicture: ReadPicture;
  /** The page's process ended by itself; it is started again unless that happens over and over. */
  readonly onCrash?: (reason: string) => void;
}

export function createMainWindow(options: MainWindowOptions): MainWindow {
  const { distDir, place, onFocus, onGone } = options;
  prepareSession(session.defaultSession, join(distDir, "renderer"), options.readPicture);
  quietSpelling(session.defaultSession, process.platform);
  const window = new BrowserWindow({
    ...windowOptions(join(distDir, "preload", "preload.cjs"), !app.isPackaged),
    ...(place !== null && isOnScreen(place)
      ? { x: place.x, y: place.y, width: place.width, height: place.height }
      : {}),
  });
  // Maximising shows a window.
  if (place?.maximized && !options.isHidden) window.maximize();
  const { webContents } = window;
  webContents.setWindowOpenHandler(() => ({ action: "deny" }));
  webContents.on("will-attach-webview", (event) => event.preventDefault());
  webContents.on("will-navigate", (event) => refuseForeign(event, event.url));
  webContents.on("will-frame-navigate", (event) => refuseForeign(event, event.url));
  webContents.on("will-redirect", (event) => refuseForeign(event, event.url));
  const pageUrl = `${APP_ORIGIN}/?locale=${encodeURIComponent(options.locale)}`;
  // Going to about:blank cannot be prevented; staying there can.
  webContents.on("did-navigate", (_event, url) => {
    if (!isOwnPage(url)) void window.loadURL(pageUrl);
  });
  const mayRestart = createCrashLimit();
  webContents.on("render-process-gone", (_event, { reason }) => {
    if (reason === "clean-exit") return;
    options.onCrash?.(reason);
    // Everything the page showed is in the cache: a new one shows it again.
    if (!mayRestart(Date.now())) return;
    // Not inside the event: the process that is gone is still being taken apart.
    setTimeout(() => {
      if (!window.isDestroyed()) webContents.reload();
    }, 100);
  });
  if (!options.isHidden) window.once("ready-to-show", () => window.show());
  window.on("focus", () => onFocus(true));
  window.on("blur", () => onFocus(false));
  window.on("close", (event) => {
    options.onPlace({ ...window.getNormalBounds(), maximized: window.isMaximized() });
    if (!options.hidesOnClose()) return;
    event.preventDefault();
    window.hide();
  });
  window.on("closed", onGone);
  const begun = new Promise<void>((resolve) => {
    webContents.once("did-navigate", () => resolve());
    window.once("closed", () => resolve());
  });
  void window.loadURL(pageUrl);
  return {
    window,
    contents: webContents,
    begun,
    focus() {
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
  };
}

/** No more than three new starts a minute: a page that dies at once must not be started for ever. */
export function createCrashLimit(): (now: number) => boolean {
  let starts: number[] = [];
  return (now) => {
    starts = [...starts.filter((at) => now - at < 60_000), now];
    return starts.length <= 3;
  };
}

/** A remembered place counts only where a screen still shows its title bar. */
function isOnScreen({ x, y, width }: WindowPlace): boolean {
  return screen.getAllDisplays().some(({ workArea: area }) => {
    return x + width > area.x + 80 && x < area.x + area.width - 80 && y >= area.y && y < area.y + area.height - 40;
  });
}

function refuseForeign(event: { preventDefault(): void }, url: string): void {
  if (!isOwnPage(url)) event.preventDefault();
}

/** Hands a link to the system's browser if the policy lets it leave; says whether it did. */
export async function openExternalLink(text: string): Promise<boolean> {
  const link = externalLink(text);
  if (link === null) return false;
  await shell.openExternal(link);
  return true;
}
