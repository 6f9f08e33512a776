/**
 * The one place that makes a window, with everything a page could misuse turned off.
 *
 * Invariants: sandboxed, isolated, no navigation, no second window, no webview; the page is the bundle behind
 * `app://threadkeep/` and nothing else.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { BrowserWindow, app, protocol, screen, session, shell } from "electron";
import type { BrowserWindowConstructorOptions, Session, WebContents } from "electron";
import { appIcon } from "./app-files.ts";
import {
  APP_ORIGIN,
  APP_SCHEME,
  CONTENT_SECURITY_POLICY,
  externalLink,
  isOwnPage,
  isPermitted,
  resolveBundleFile,
} from "./content-policy.ts";
import type { SettingsFile, WindowPlace } from "./settings-file.ts";

/** Must run before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, codeCache: true } },
  ]);
}

/** Locks down a session: the bundle is its only source, copying its only permission. Harmless when done again. */
export function prepareSession(target: Session, bundleDir: string): void {
  target.setPermissionRequestHandler((_contents, permission, answer) => answer(isPermitted(permission)));
  target.setPermissionCheckHandler((_contents, permission) => isPermitted(permission));
  target.setDevicePermissionHandler(() => false);
  if (target.protocol.isProtocolHandled(APP_SCHEME)) return;
  target.protocol.handle(APP_SCHEME, async (request) => {
    const file = request.method === "GET" ? resolveBundleFile(bundleDir, request.url) : null;
    if (file === null) return new Response(null, { status: 404 });
    try {
      return new Response(new Uint8Array(await readFile(file.path)), {
        headers: {
          "Content-Type": file.contentType,
          "Content-Security-Policy": CONTENT_SECURITY_POLICY,
          "X-Content-Type-Options": "nosniff",
        },
      });
    } catch {
      // A bundle file that is missing is as absent as a path nobody knows.
      return new Response(null, { status: 404 });
    }
  });
}

export function windowOptions(preloadPath: string): BrowserWindowConstructorOptions {
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
      devTools: !app.isPackaged,
      spellcheck: true,
      disableBlinkFeatures: "Auxclick",
    },
  };
}

export interface MainWindow {
  readonly window: BrowserWindow;
  readonly contents: WebContents;
  focus(): void;
}

export interface MainWindowOptions {
  /** Folder with `renderer/` and `preload/`. */
  readonly distDir: string;
  readonly settings: Pick<SettingsFile, "window" | "setWindow">;
  /** Started in the background: made, but not shown until asked for. */
  readonly isHidden: boolean;
  /** True: closing hides the window. */
  readonly hidesOnClose: () => boolean;
  readonly onFocus: (focused: boolean) => void;
  readonly onGone: () => void;
}

export function createMainWindow(options: MainWindowOptions): MainWindow {
  const { distDir, settings, onFocus, onGone } = options;
  prepareSession(session.defaultSession, join(distDir, "renderer"));
  const place = settings.window();
  const window = new BrowserWindow({
    ...windowOptions(join(distDir, "preload", "preload.cjs")),
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
  if (!options.isHidden) window.once("ready-to-show", () => window.show());
  window.on("focus", () => onFocus(true));
  window.on("blur", () => onFocus(false));
  window.on("close", (event) => {
    settings.setWindow({ ...window.getNormalBounds(), maximized: window.isMaximized() });
    if (!options.hidesOnClose()) return;
    event.preventDefault();
    window.hide();
  });
  window.on("closed", onGone);
  void window.loadURL(`${APP_ORIGIN}/`);
  return {
    window,
    contents: webContents,
    focus() {
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
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
