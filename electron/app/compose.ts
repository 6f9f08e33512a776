/**
 * The composition root of everything behind the first window: makes every part, hands each what it needs, starts. No rules.
 *
 * Loaded by `main.ts` while the window's process starts. Invariant: the window that is there already is taken over, and
 * what its page asked meanwhile is answered.
 */
import { join } from "node:path";
import { app, nativeTheme, net, powerMonitor, safeStorage, session } from "electron";
import type { DbClient } from "../db/client.ts";
import { createHandlers } from "../ipc/handlers.ts";
import { createLog } from "../log.ts";
import { minuteOfDay } from "../notify/decide.ts";
import { providerForms } from "../providers/registry.ts";
import { createLogFile } from "../support/log-file.ts";
import { createRedactor } from "../support/redactor.ts";
import { createAppController } from "./app-controller.ts";
import type { AppController } from "./app-controller.ts";
import { createAttachmentFiles } from "./attachment-files.ts";
import { offerContextMenu } from "./context-menu.ts";
import { chooseAttachments } from "./desktop/choose-attachments.ts";
import { chooseContactFile } from "./desktop/choose-contact-file.ts";
import { saveFile } from "./desktop/save-file.ts";
import { createShell } from "./desktop/shell.ts";
import { createFirstRows, fetchAfter } from "./first-rows.ts";
import { createInbox } from "./inbox.ts";
import type { IpcDoor } from "./ipc-door.ts";
import { createIpcHost } from "./ipc-host.ts";
import { createLanguage } from "./language.ts";
import { letWindowGo, watchNetwork } from "./lifecycle.ts";
import { createGuard } from "./lock/guard.ts";
import { installMenu } from "./menu.ts";
import { createContactFile } from "./pick-contact-file.ts";
import { openSettingsFile } from "./settings-file.ts";
import { applySpelling } from "./spelling.ts";
import { rememberSecrets } from "./support/remember-secrets.ts";
import { createSupport } from "./support/support.ts";
import { systemClock } from "./system-clock.ts";
import { createTransport } from "./transport.ts";
import { createAbout } from "./updates/about.ts";
import type { WindowKeeper } from "./window-keeper.ts";
import { openExternalLink } from "./window.ts";

export interface EarlyParts {
  readonly distDir: string;
  readonly keeper: WindowKeeper;
  readonly door: IpcDoor;
  /** The database's thread, already loading: the first that is used. */
  readonly early: DbClient;
  readonly createDb: () => DbClient;
}

export interface Composed {
  /** The app was started once more with this command line, or opened by a link, which is all there is of one. */
  startedAgain(argv: readonly string[]): void;
}

export function compose({ distDir, keeper, door, early, createDb }: EarlyParts): Composed {
  const clock = systemClock;
  const redactor = createRedactor();
  const logFile = createLogFile();
  const writeLine = (line: string) => {
    logFile.write(line);
    process.stderr.write(`${line}\n`);
  };
  const log = createLog(writeLine, clock.now, redactor.redact);
  const getWindow = () => keeper.current()?.window ?? null;
  let unused: DbClient | null = early;
  const first = createFirstRows(clock);
  const userDataDir = app.getPath("userData");
  const settings = openSettingsFile(userDataDir, clock.now());
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
    getWindow,
    showWindow: keeper.show,
    syncNow: () => controller.inbox()?.wake("manual"),
    onNavigate: () => host.push("app.navigate", null),
    // While the lock is on, what a notification brings waits: nothing opens and nothing is sent.
    activate: () => (guard.isLocked() ? null : (controller.inbox()?.activated ?? null)),
  });
  const guard = createGuard({
    platform: process.platform,
    clock,
    tries: settings.lockTries,
    getWindow,
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
    createDb() {
      const db = unused ?? createDb();
      unused = null;
      return db;
    },
    createInbox(db, secrets) {
      guard.lock.attach(secrets);
      return createInbox({
        db,
        secrets,
        fetch: fetchAfter(first.shown, createTransport()),
        clock,
        random: Math.random,
        log,
        push: host.push,
        desktop: {
          notifications: shell.notifications,
          can: shell.can,
          minuteOfDay: () => minuteOfDay(new Date(clock.now())),
          saveFile: (name, bytes) => saveFile(getWindow(), name, bytes),
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
      controller.inbox()?.setFocused(getWindow()?.isFocused() ?? false);
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
  const host = createIpcHost({
    door,
    handlers: createHandlers({
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
        getWindow,
      }),
      providerForms,
      attachmentFiles: createAttachmentFiles(chooseAttachments(getWindow)),
      contactFile: createContactFile(chooseContactFile(getWindow)),
      inbox: controller.getInboxServices,
      takeNavigation: shell.takeNavigation,
    }),
    log,
    isLocked: guard.isLocked,
    onAnswered(name) {
      if (name === "conversations.window") first.listAnswered();
    },
  });

  const showMenu = () => installMenu(process.platform, (id) => host.push("app.command", { id }));
  // A Mac's menu bar is on the screen from the start; elsewhere it waits for the key that shows it.
  if (process.platform === "darwin") showMenu();
  else void first.shown.then(showMenu);

  let isQuitting = false;
  keeper.handTo({
    look: () => ({ place: settings.window(), locale: language.view().locale }),
    hidesOnClose: () => !isQuitting && shell.hidesOnClose(),
    // A locked window has nothing to show.
    readPicture: async (id) => (guard.isLocked() ? null : ((await controller.inbox()?.drawMedia(id)) ?? null)),
    onFocus: (focused) => controller.inbox()?.setFocused(focused),
    onPlace: settings.setWindow,
    onCrash: (reason) => log.warn("window crashed", { reason }),
    onOpened({ window, contents }) {
      host.trust(contents);
      offerContextMenu(window);
      guard.windowOpened();
      shell.windowOpened();
    },
  });
  app.on("activate", keeper.show);
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
    await letWindowGo(getWindow(), clock);
    // What fails on the way out has been logged; it must not keep the app from ending.
    await Promise.allSettled([controller.close()]);
    await Promise.allSettled([logFile.flush()]);
    closed = true;
    if (!installs || !about.updates.installNow()) app.quit();
  }

  shell.started(process.argv);
  about.updates.start();
  void controller.start();
  return {
    startedAgain(argv) {
      keeper.show();
      shell.started(argv);
    },
  };
}
