/**
 * electron-updater behind `UpdaterPort`: it fetches and installs, and decides nothing.
 *
 * Invariants: nothing is fetched or installed unless it was asked for here; no older version and no other channel is
 * taken; its messages are not logged, because they hold paths.
 */
import { rm } from "node:fs/promises";
import { app } from "electron";
import type { AppUpdater } from "electron-updater";
import type { Fetch } from "../../providers/http.ts";
import type { UpdateConfig } from "./config.ts";
import type { UpdaterPort } from "./port.ts";

const SIGNATURE_MAX_CHARS = 1_000;
const SIGNATURE_TIMEOUT_MS = 30_000;

/** Loaded when it is first asked: a quarter of main's code, and the start does without. */
async function loadUpdater(url: string, devFile: string | undefined): Promise<AppUpdater> {
  const { default: electronUpdater } = await import("electron-updater");
  const updater = electronUpdater.autoUpdater;
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  updater.autoRunAppAfterInstall = true;
  updater.allowDowngrade = false;
  updater.allowPrerelease = false;
  updater.disableWebInstaller = true;
  // The signature covers whole files; the difference to save is small beside the ways in which patching can go wrong.
  updater.disableDifferentialDownload = true;
  updater.forceDevUpdateConfig = !app.isPackaged;
  if (!app.isPackaged && devFile !== undefined) updater.updateConfigPath = devFile;
  updater.logger = null;
  updater.setFeedURL({ provider: "generic", url });
  // Every failure is also a rejection; without a listener the event would end the process.
  updater.on("error", () => {});
  return updater;
}

/** @param devFile  in development, what stands in for the file the packer puts beside the archive */
export function createElectronPort({ url }: UpdateConfig, fetch: Fetch, devFile: string | undefined): UpdaterPort {
  let loading: Promise<AppUpdater> | null = null;
  let loaded: AppUpdater | null = null;
  const load = async (): Promise<AppUpdater> => {
    loading ??= loadUpdater(url, devFile);
    loaded = await loading;
    return loaded;
  };

  let offered: string | null = null;

  return {
    async check() {
      const updater = await load();
      const result = await updater.checkForUpdates();
      if (result === null) throw new Error("the updater is not active");
      if (!result.isUpdateAvailable) return null;
      const { version, files } = result.updateInfo;
      const file = files.find(({ url: name }) => SUITABLE[process.platform]?.(name) === true);
      if (file?.size === undefined) throw new Error("the list names no file for this system");
      offered = new URL(file.url, url.endsWith("/") ? url : `${url}/`).href;
      return { version, sha512: file.sha512, size: file.size };
    },
    async download(onPercent) {
      const updater = await load();
      const onProgress = ({ percent }: { percent: number }) => onPercent(percent);
      updater.on("download-progress", onProgress);
      try {
        const [file] = await updater.downloadUpdate();
        if (file === undefined) throw new Error("nothing was fetched");
        return file;
      } finally {
        updater.off("download-progress", onProgress);
      }
    },
    async signature() {
      const init = { method: "GET", redirect: "error", signal: AbortSignal.timeout(SIGNATURE_TIMEOUT_MS) } as const;
      const answer = await fetch(`${offered}.sig`, init);
      if (!answer.ok) throw new Error(`no signature: ${answer.status}`);
      return (await answer.text()).slice(0, SIGNATURE_MAX_CHARS);
    },
    discard: (file) => rm(file, { force: true }),
    install(restart) {
      // Never asked, so there is nothing to install.
      if (loaded === null) return false;
      // A refusal is told by this event alone (an app image that may not be replaced), on a Mac some time later. By now
      // window and cache are closed: there is nothing to go on with.
      loaded.once("error", () => app.quit());
      app.releaseSingleInstanceLock();
      loaded.autoRunAppAfterInstall = restart;
      loaded.quitAndInstall(true, restart);
      return true;
    },
  };
}

/** Which file of the list each system installs; the architecture is part of the list's own name on Linux and macOS. */
const SUITABLE: Partial<Record<NodeJS.Platform, (name: string) => boolean>> = {
  win32: (name) => name.endsWith(".exe") && (process.arch === "arm64") === name.includes("arm64"),
  darwin: (name) => name.endsWith(".zip") && (process.arch === "arm64") === name.includes("arm64"),
  linux: (name) => name.endsWith(".AppImage"),
};
