/** Data folder, single instance, network watch; Electron's `app` is a stand-in. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import { claimSingleInstance, useDataFolder, watchNetwork } from "../../../../electron/app/lifecycle.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";

const app = vi.hoisted(() => ({
  folder: "",
  paths: new Map<string, string>(),
  isFirst: true,
  listeners: new Map<string, (event?: unknown, argv?: string[]) => void>(),
}));

vi.mock("electron", () => ({
  app: {
    commandLine: { getSwitchValue: (name: string) => (name === "user-data-dir" ? app.folder : "") },
    setPath: (name: string, path: string) => void app.paths.set(name, path),
    requestSingleInstanceLock: () => app.isFirst,
    on: (event: string, listener: (event?: unknown, argv?: string[]) => void) =>
      void app.listeners.set(event, listener),
  },
}));

beforeEach(() => {
  app.folder = "";
  app.isFirst = true;
  app.paths.clear();
  app.listeners.clear();
});

describe("useDataFolder", () => {
  it("keeps everything under the given folder", () => {
    app.folder = "/data/x";
    useDataFolder();
    expect(Object.fromEntries(app.paths)).toEqual({ userData: "/data/x", sessionData: "/data/x" });
  });

  it("leaves the system's own folder alone without one", () => {
    useDataFolder();
    expect(app.paths.size).toBe(0);
  });
});

describe("claimSingleInstance", () => {
  it("hears of a second instance when it is the first", () => {
    const onSecond = vi.fn();
    expect(claimSingleInstance(onSecond)).toBe(true);
    app.listeners.get("second-instance")?.({}, ["threadkeep", "--flag"]);
    expect(onSecond).toHaveBeenCalledExactlyOnceWith(["threadkeep", "--flag"]);
  });

  it("gives way when it is the second", () => {
    app.isFirst = false;
    expect(claimSingleInstance(vi.fn())).toBe(false);
    expect(app.listeners.size).toBe(0);
  });
});

describe("watchNetwork", () => {
  it("calls back each time the network returns, and only then", async () => {
    const clock = createFakeClock();
    let online = true;
    const onBack = vi.fn();
    const stop = watchNetwork(() => online, clock, onBack);
    await clock.advance(60_000);
    expect(onBack).not.toHaveBeenCalled();
    for (const round of [1, 2]) {
      online = false;
      await clock.advance(60_000);
      online = true;
      await clock.advance(3_000);
      expect(onBack).toHaveBeenCalledTimes(round);
      await clock.advance(60_000);
      expect(onBack).toHaveBeenCalledTimes(round);
    }
    stop();
    expect(clock.pending()).toBe(0);
  });

  it("begins with what is, so that a start while online is no return", async () => {
    const clock = createFakeClock();
    let online = false;
    const onBack = vi.fn();
    watchNetwork(() => online, clock, onBack);
    online = true;
    await clock.advance(3_000);
    expect(onBack).toHaveBeenCalledOnce();
  });
});
