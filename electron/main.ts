/**
 * The first steps: what must be said before the system is ready, then the window. No rules.
 *
 * Everything else is put together by `app/compose.ts`, which is loaded while the window's own process starts. Whatever is
 * imported here stands between a person and their window, so it is little, and loads no schema (a test holds that).
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { app, Menu, nativeTheme } from "electron";
import { chooseLanguage } from "../shared/languages.ts";
import type { Composed } from "./app/compose.ts";
import { claimIdentity, startsHidden } from "./app/desktop/identity.ts";
import { takeFirstLook } from "./app/first-look.ts";
import { openIpcDoor } from "./app/ipc-door.ts";
import { claimSingleInstance, hearLinks, refuseDebuggers, useDataFolder } from "./app/lifecycle.ts";
import { isSelfCheck, prepareSelfCheck } from "./app/self-check/prepare.ts";
import { createWindowKeeper } from "./app/window-keeper.ts";
import { createMainWindow, registerAppScheme } from "./app/window.ts";
import { createDbClient } from "./db/client.ts";

const distDir = join(dirname(fileURLToPath(import.meta.url)), "..");
const createDb = () => createDbClient({ workerUrl: new URL("./db-worker.js", import.meta.url) });
let composed: Promise<Composed> | null = null;

// A log line for whoever started the app, who may be gone: without a listener each one would put up an error dialog.
process.stderr.on("error", () => {});
// Tests that must run as root pass --no-sandbox, and Electron refuses to start with both.
if (!app.commandLine.hasSwitch("no-sandbox")) app.enableSandbox();
refuseDebuggers();
registerAppScheme();
useDataFolder();
// Ours comes with the rest of the app. Electron would meanwhile make one of its own, with its own words.
Menu.setApplicationMenu(null);

if (isSelfCheck()) {
  const place = prepareSelfCheck();
  runOrEnd(
    app
      .whenReady()
      .then(() => import("./app/self-check/self-check.ts"))
      .then((all) => all.runSelfCheck({ ...place, createDb })),
  );
} else {
  claimIdentity(process.platform);
  const startedAgain = (argv: readonly string[]) => void composed?.then((ours) => ours.startedAgain(argv));
  if (claimSingleInstance(startedAgain)) {
    hearLinks((url) => startedAgain([url]));
    composed = app.whenReady().then(begin);
    runOrEnd(composed);
  }
  // Nothing was begun here. A quit would wait for parts that are still starting, and one in twenty waited for ever.
  else app.exit(0);
}

/**
 * The rest of the app is loaded once the window's own process has its page. That process needs this thread again and again,
 * to be handed its code and style: so the rest comes in pieces, each some milliseconds long, with pauses.
 */
const PIECES: readonly (() => Promise<unknown>)[] = [
  () => import("../shared/domain.ts"),
  () => import("../shared/ipc.ts"),
  () => import("./app/settings-file.ts"),
  () => import("./providers/registry.ts"),
  () => import("./sync/engine.ts"),
  () => import("./app/inbox.ts"),
  () => import("./ipc/handlers.ts"),
  () => import("./app/updates/about.ts"),
];

/** Long enough for the window's requests to come in between; a shorter one only lets timers in. */
const PAUSE_MS = 3;

async function begin(): Promise<Composed> {
  const look = takeFirstLook(app.getPath("userData"));
  // Before the first paint: menus, dialogs and the frame follow it, too.
  nativeTheme.themeSource = look.theme;
  const { locale } = chooseLanguage(look.language, app.getPreferredSystemLanguages());
  const keeper = createWindowKeeper({
    distDir,
    create: createMainWindow,
    firstLook: () => ({ place: look.place, locale }),
  });
  const door = openIpcDoor();
  const { begun } = keeper.open({ isHidden: startsHidden(process.argv) });
  // The database's thread loads its code meanwhile; it opens no file before it is asked to.
  const early = createDb();
  await begun;
  for (const load of PIECES) {
    await load();
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  const { compose } = await import("./app/compose.ts");
  return compose({ distDir, keeper, door, early, createDb });
}

/** A part that cannot be loaded must be told aloud, as an exception of main is, and not leave a window that waits. */
function runOrEnd(work: Promise<unknown>): void {
  work.catch((error: unknown) =>
    setImmediate(() => {
      throw error;
    }),
  );
}
