/** The updater behind its port: an installation that is refused must not leave an app without a window behind. */
import { EventEmitter } from "node:events";
import { describe, expect, it, vi } from "vitest";

const world = vi.hoisted(() => ({ events: [] as string[], updater: null as unknown }));
vi.mock("electron", () => ({
  app: {
    isPackaged: true,
    quit: () => void world.events.push("quit"),
    releaseSingleInstanceLock: () => void world.events.push("unlock"),
  },
}));
vi.mock("electron-updater", () => ({
  default: {
    get autoUpdater() {
      return world.updater;
    },
  },
}));
const { createElectronPort } = await import("../../../../../electron/app/updates/electron-port.ts");

class Updater extends EventEmitter {
  readonly #install: (updater: Updater) => void;
  constructor(install: (updater: Updater) => void) {
    super();
    this.#install = install;
  }
  setFeedURL(): void {}
  checkForUpdates = async () => ({ isUpdateAvailable: false });
  quitAndInstall(): void {
    world.events.push("install");
    this.#install(this);
  }
}

async function portOver(install: (updater: Updater) => void) {
  world.events.length = 0;
  const updater = new Updater(install);
  world.updater = updater;
  const config = { url: "https://updates.test/", publicKey: "k", releaseNotesUrl: null };
  const port = createElectronPort(config, () => Promise.reject(new Error("no network")), undefined);
  await port.check();
  return { port, updater };
}

describe("installing", () => {
  it("is left to the updater, which ends the app itself", async () => {
    const { port } = await portOver(() => world.events.push("quit"));
    expect(port.install(true)).toBe(true);
    expect(world.events).toEqual(["unlock", "install", "quit"]);
  });

  it("that is refused ends the app all the same: what it needs is closed by now", async () => {
    // As the library tells it: nothing is thrown, the event comes before the call returns.
    const { port } = await portOver((updater) => void updater.emit("error", new Error("EACCES: unlink")));
    port.install(false);
    expect(world.events).toEqual(["unlock", "install", "quit"]);
  });

  it("that fails later does so, too", async () => {
    const { port, updater } = await portOver(() => {});
    port.install(true);
    expect(world.events).toEqual(["unlock", "install"]);
    updater.emit("error", new Error("the system's updater failed"));
    expect(world.events).toEqual(["unlock", "install", "quit"]);
  });

  it("is nothing where nobody ever looked", () => {
    world.events.length = 0;
    const config = { url: "https://updates.test/", publicKey: "k", releaseNotesUrl: null };
    const port = createElectronPort(config, () => Promise.reject(new Error("no network")), undefined);
    expect([port.install(true), world.events]).toEqual([false, []]);
  });
});
