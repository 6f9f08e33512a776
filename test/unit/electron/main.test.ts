/** What main says before the system is ready; Electron is a stand-in that never becomes ready. */
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";

const world = vi.hoisted(() => ({ listeners: new Map<string, (...args: never[]) => void>(), isFirst: true }));
vi.mock("electron", () => ({
  app: {
    isPackaged: true,
    commandLine: { hasSwitch: () => false, getSwitchValue: () => "", removeSwitch: () => {} },
    enableSandbox: () => {},
    exit: () => {},
    getPath: () => "",
    setAsDefaultProtocolClient: () => true,
    requestSingleInstanceLock: () => world.isFirst,
    whenReady: () => new Promise(() => {}),
    on: (event: string, listener: () => void) => void world.listeners.set(event, listener),
  },
  BrowserWindow: {},
  ipcMain: {},
  Menu: { setApplicationMenu: () => {} },
  nativeTheme: {},
  protocol: { registerSchemesAsPrivileged: () => {} },
  screen: {},
  session: {},
  shell: {},
}));

beforeEach(() => {
  vi.resetModules();
  world.listeners.clear();
  world.isFirst = true;
});

describe("before it is ready, main", () => {
  it("hears of links and of a second start: what begins the app is told by then, and nobody keeps it", async () => {
    await import("../../../electron/main.ts");
    expect([...world.listeners.keys()].toSorted()).toEqual(["open-url", "second-instance"]);
    const preventDefault = vi.fn();
    const hear = world.listeners.get("open-url") as (event: object, url: string) => void;
    hear({ preventDefault }, "threadkeep://open/12");
    expect(preventDefault).toHaveBeenCalledOnce();
  });

  it("takes no harm from whoever started it and reads its lines no more", async () => {
    const before = process.stderr.listeners("error");
    await import("../../../electron/main.ts");
    onTestFinished(() => {
      for (const listener of process.stderr.listeners("error")) {
        if (!before.includes(listener)) process.stderr.off("error", listener as () => void);
      }
    });
    expect(() => process.stderr.emit("error", new Error("write EPIPE"))).not.toThrow();
  });

  it("listens for nothing where another one runs already", async () => {
    world.isFirst = false;
    await import("../../../electron/main.ts");
    expect(world.listeners.size).toBe(0);
  });
});
