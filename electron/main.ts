/**
 * The composition root: makes every part, hands each what it needs, starts. No rules.
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { app, nativeTheme, net, powerMonitor, safeStorage, session } from "electron";
import { createAppController } from "./app/app-controller.ts";
import type { AppController } from "./app/app-controller.ts";
import { saveFile } from "./app/desktop/save-file.ts";
import { claimIdentity, createShell, startsHidden } from "./app/desktop/shell.ts";
import { createInbox } from "./app/inbox.ts";
import { createIpcHost } from "./app/ipc-host.ts";
import { createLanguage } from "./app/language.ts";
import { claimSingleInstance, letWindowGo, refuseDebuggers, useDataFolder, watchNetwork } from "./app/lifecycle.ts";
import { chooseContactFile } from "./app/desktop/choose-contact-file.ts";
import { createAttachmentFiles } from "./app/attachment-files.ts";
import { chooseAttachments } from "./app/desktop/choose-attachments.ts";
import { createContactFile } from "./app/pick-contact-file.ts";
import { isSelfCheck, prepareSelfCheck, runSelfCheck } from "./app/self-check/self-check.ts";
import { openSettingsFile } from "./app/settings-file.ts";
import { createGuard } from "./app/lock/guard.ts";
import { rememberSecrets } from "./app/support/remember-secrets.ts";
import { createSupport } from "./app/support/support.ts";
import { applySpelling } from "./app/spelling.ts";
import { systemClock } from "./app/system-clock.ts";
import { installMenu } from "./app/menu.ts";
import { createMediaTransport, createTransport } from "./app/transport.ts";
import { createAbout } from "./app/updates/about.ts";
import { createMainWindow, openExternalLink, registerAppScheme } from "./app/window.ts";
import { createDbClient } from "./db/client.ts";
import { createHandlers } from "./ipc/handlers.ts";
import { createLog } from "./log.ts";
import { minuteOfDay } from "./notify/decide.ts";
import { createLogFile } from "./support/log-file.ts";
import { createRedactor } from "./support/redactor.ts";
import { providerForms } from "./providers/registry.ts";

const distDir = join(dirname(fileURLToPath(import.meta.url)), "..");
const clock = systemClock;
const redactor = createRedactor();
const logFile = createLogFile();
const writeLine = (line: string) => {
  logFile.write(line);
  process.stderr.write(`${line}\n`);
};
const log = createLog(writeLine, clock.now, redactor.redact);

// Tests that must run as root pass --no-sandbox, and Electron refuses to start with both.
if (!app.commandLine.hasSwitch("no-sandbox")) app.enableSandbox();
refuseDebuggers();
registerAppScheme();
useDataFolder();
const createDb = () => createDbClient({ workerUrl: new URL("./db-worker.js", import.meta.url) });

if (isSelfCheck()) {
  const place = prepareSelfCheck();
  void app.whenReady().then(() => runSelfCheck({ ...place, clock, createDb }));
} else {
  claimIdentity(process.platform);
  if (claimSingleInstance((argv) => onSecondStart(argv))) void app.whenReady().then(start);
  // Nothing was begun here. A quit would wait for parts that are still starting, and one in twenty waited for ever.
  else app.exit(0);
}

let mainWindow: ReturnType<typeof createMainWindow> | null = null;
let onSecondStart: (argv: readonly string[]) => void = () => mainWindow?.focus();

async function start(): Promise<void> {
  const userDataDir = app.getPath("userData");
  const settings = openSettingsFile(userDataDir, clock.now());
  // Before the first paint: menus, dialogs and the frame follow it, too.
  nativeTheme.themeSource = settings.theme();

  const language = createLanguage({
    file: settings,
    preferred: () => app.getPreferredSystemLanguages(),
    onChanged(view) {
      showMenu();
      shell.languageChanged();
      host.push("language.changed", view);
    },
  });
  const shell = createShell({
    platform: process.platform,
    clock,
    log,
    told: settings,
    getWindow: () => mainWindow?.window ?? null,
    showWindow: () => (mainWindow === null ? openWindow(false) : mainWindow.focus()),
    syncNow: () => controller.inbox()?.wake("manual"),
    onNavigate: () => host.push("app.navigate", null),
    // While the lock is on, what a notification brings waits: nothing opens and nothing is sent.
    activate: () => (guard.isLocked() ? null : (controller.inbox()?.activated ?? null)),
  });
  const guard = createGuard({
    platform: process.platform,
    clock,
    tries: settings.lockTries,
    getWindow: () => mainWindow?.window ?? null,
    notifications: () => shell.notifications,
    tellState(state) {
      host.push("app.changed", state);
      shell.inboxOpened();
    },
  });
  const controller: AppController = createAppController({
    userDataDir,
    version: app.getVersion(),
    platform: process.platform === "darwin" || process.platform === "win32" ? process.platform : "linux",
    keyring: rememberSecrets(safeStorage, redactor.registerRecord),
    ciphertext: settings.ciphertext,
    clock,
    log,
    createDb,
    createInbox(db, secrets) {
      guard.lock.attach(secrets);
      return createInbox({
        db,
        secrets,
        fetch: createTransport(),
        mediaFetch: createMediaTransport(),
        clock,
        random: Math.random,
        log,
        push: host.push,
        desktop: {
          notifications: shell.notifications,
          can: shell.can,
          minuteOfDay: () => minuteOfDay(new Date(clock.now())),
          saveFile: (name, bytes) => saveFile(mainWindow?.window ?? null, name, bytes),
          open: shell.open,
          unread: shell.unread,
          apply: shell.apply,
          onSettings(chosen) {
            guard.onSettings(chosen);
            nativeTheme.themeSource = chosen.appearance.theme;
            settings.setTheme(chosen.appearance.theme);
            applySpelling(session.defaultSession, process.platform, chosen.spelling);
          },
          isLocked: guard.isLocked,
        },
      });
    },
    openLink: openExternalLink,
    onState(state) {
      // Without a keyring nothing is written, not even the log.
      if (state.stage !== "starting" && state.stage !== "no_keyring" && !state.sessionOnly) {
        logFile.open(join(userDataDir, "logs"));
      }
      host.push("app.changed", guard.shown(state));
      if (state.stage !== "ready") return;
      controller.inbox()?.setFocused(mainWindow?.window.isFocused() ?? false);
      shell.inboxOpened();
    },
  });
  const about = createAbout({
    distDir,
    clock,
    log,
    inbox: () => controller.inbox(),
    onChanged: (state) => host.push("updates.changed", state),
  });
  const host = createIpcHost(
    createHandlers({
      about,
      app: {
        ...controller.service,
        state: () => guard.shown(controller.service.state()),
        retryVault: async () => guard.shown(await controller.service.retryVault()),
      },
      language,
      lock: guard.lock,
      support: createSupport({
        clock,
        controller,
        guard,
        logTail: () => logFile.tail(1_000),
        redact: redactor.redact,
        getWindow: () => mainWindow?.window ?? null,
      }),
      providerForms,
      attachmentFiles: createAttachmentFiles(chooseAttachments(() => mainWindow?.window ?? null)),
      contactFile: createContactFile(chooseContactFile(() => mainWindow?.window ?? null)),
      inbox: controller.getInboxServices,
      takeNavigation: shell.takeNavigation,
    }),
    log,
    guard.isLocked,
  );

  const showMenu = () => installMenu(process.platform, (id) => host.push("app.command", { id }));
  showMenu();

  const openWindow = (isHidden: boolean) => {
    mainWindow = createMainWindow({
      distDir,
      settings,
      isHidden,
      locale: language.view().locale,
      hidesOnClose: () => !isQuitting && shell.hidesOnClose(),
      // A locked window has nothing to show.
      readPicture: async (id) => (guard.isLocked() ? null : ((await controller.inbox()?.drawMedia(id)) ?? null)),
      onFocus: (focused) => controller.inbox()?.setFocused(focused),
      onGone: () => {
        mainWindow = null;
      },
      onCrash: (reason) => log.warn("window crashed", { reason }),
    });
    host.trust(mainWindow.contents);
    guard.windowOpened();
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
  let ending: Promise<void> | null = null;
  app.on("before-quit", (event) => {
    isQuitting = true;
    if (closed) return;
    // Writes under way are finished and the purge is done before the process ends.
    event.preventDefault();
    ending ??= finish();
  });

  async function finish(): Promise<void> {
    const installs = await about.updates.installsOnQuit();
    // First: what was typed a moment ago is stored as the page goes, and the cache must still be open.
    await letWindowGo(mainWindow?.window ?? null, clock);
    // What fails on the way out has been logged; it must not keep the app from ending.
    await Promise.allSettled([controller.close()]);
    await Promise.allSettled([logFile.flush()]);
    closed = true;
    if (!installs || !about.updates.installNow()) app.quit();
  }

  shell.started(process.argv);
  about.updates.start();
  await controller.start();
}
