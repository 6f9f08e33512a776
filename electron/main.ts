/**
 * The composition root: makes every part, hands each what it needs, starts. No rules.
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { app, net, powerMonitor, safeStorage } from "electron";
import { createAppController } from "./app/app-controller.ts";
import type { AppController } from "./app/app-controller.ts";
import { claimIdentity, createShell, startsHidden } from "./app/desktop/shell.ts";
import { createInbox } from "./app/inbox.ts";
import { createIpcHost } from "./app/ipc-host.ts";
import { claimSingleInstance, useDataFolder, watchNetwork } from "./app/lifecycle.ts";
import { isSelfCheck, prepareSelfCheck, runSelfCheck } from "./app/self-check/self-check.ts";
import { openSettingsFile } from "./app/settings-file.ts";
import { systemClock } from "./app/system-clock.ts";
import { installMenu } from "./app/menu.ts";
import { createTransport } from "./app/transport.ts";
import { createMainWindow, openExternalLink, registerAppScheme } from "./app/window.ts";
import { createDbClient } from "./db/client.ts";
import { createHandlers } from "./ipc/handlers.ts";
import { createLog } from "./log.ts";
import { minuteOfDay } from "./notify/decide.ts";
import { providerForms } from "./providers/registry.ts";

const distDir = join(dirname(fileURLToPath(import.meta.url)), "..");
const clock = systemClock;
const log = createLog((line) => process.stderr.write(`${line}\n`), clock.now);

// Tests that must run as root pass --no-sandbox, and Electron refuses to start with both.
if (!app.commandLine.hasSwitch("no-sandbox")) app.enableSandbox();
registerAppScheme();
useDataFolder();
const createDb = () => createDbClient({ workerUrl: new URL("./db-worker.js", import.meta.url) });

if (isSelfCheck()) {
  const place = prepareSelfCheck();
  void app.whenReady().then(() => runSelfCheck({ ...place, clock, createDb }));
} else {
  claimIdentity(process.platform);
  if (claimSingleInstance((argv) => onSecondStart(argv))) void app.whenReady().then(start);
  else app.quit();
}

let mainWindow: ReturnType<typeof createMainWindow> | null = null;
let onSecondStart: (argv: readonly string[]) => void = () => mainWindow?.focus();

async function start(): Promise<void> {
  const userDataDir = app.getPath("userData");
  const settings = openSettingsFile(userDataDir, clock.now());

  const shell = createShell({
    platform: process.platform,
    clock,
    log,
    told: settings,
    getWindow: () => mainWindow?.window ?? null,
    showWindow: () => (mainWindow === null ? openWindow(false) : mainWindow.focus()),
    syncNow: () => controller.inbox()?.wake("manual"),
    onNavigate: () => host.push("app.navigate", null),
    activate: () => controller.inbox()?.activated ?? null,
  });
  const controller: AppController = createAppController({
    userDataDir,
    version: app.getVersion(),
    platform: process.platform === "darwin" || process.platform === "win32" ? process.platform : "linux",
    keyring: safeStorage,
    ciphertext: settings.ciphertext,
    clock,
    log,
    createDb,
    createInbox: (db, secrets) =>
      createInbox({
        db,
        secrets,
        fetch: createTransport(),
        clock,
        random: Math.random,
        log,
        push: host.push,
        desktop: {
          notifications: shell.notifications,
          can: shell.can,
          minuteOfDay: () => minuteOfDay(new Date(clock.now())),
          open: shell.open,
          unread: shell.unread,
          apply: shell.apply,
        },
      }),
    openLink: openExternalLink,
    onState(state) {
      host.push("app.changed", state);
      if (state.stage !== "ready") return;
      controller.inbox()?.setFocused(mainWindow?.window.isFocused() ?? false);
      shell.inboxOpened();
    },
  });
  const host = createIpcHost(
    createHandlers({
      app: controller.service,
      providerForms,
      inbox: controller.getInboxServices,
      takeNavigation: shell.takeNavigation,
    }),
    log,
  );

  installMenu(process.platform, (id) => host.push("app.command", { id }));

  const openWindow = (isHidden: boolean) => {
    mainWindow = createMainWindow({
      distDir,
      settings,
      isHidden,
      hidesOnClose: () => !isQuitting && shell.hidesOnClose(),
      onFocus: (focused) => controller.inbox()?.setFocused(focused),
      onGone: () => {
        mainWindow = null;
      },
    });
    host.trust(mainWindow.contents);
    shell.windowOpened();
  };

  let isQuitting = false;
  openWindow(startsHidden(process.argv));
  onSecondStart = (argv) => {
    if (mainWindow === null) openWindow(false);
    else mainWindow.focus();
    shell.started(argv);
  };
  app.on("activate", () => (mainWindow === null ? openWindow(false) : mainWindow.focus()));
  app.on("window-all-closed", () => {
    if (process.platform !== "darwin") app.quit();
  });
  powerMonitor.on("suspend", () => controller.inbox()?.suspend());
  powerMonitor.on("resume", () => controller.inbox()?.resume());
  watchNetwork(
    () => net.isOnline(),
    clock,
    () => controller.inbox()?.wake("online"),
  );

  let closed = false;
  app.on("before-quit", (event) => {
    isQuitting = true;
    if (closed) return;
    // Writes under way are finished and the purge is done before the process ends.
    event.preventDefault();
    void controller.close().finally(() => {
      closed = true;
      app.quit();
    });
  });

  shell.started(process.argv);
  await controller.start();
}
