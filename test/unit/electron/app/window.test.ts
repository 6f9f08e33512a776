/** The window's options and what becomes of a page that crashes: plain functions, judged without Electron. */
import { describe, expect, it, vi } from "vitest";

vi.mock("electron", () => ({
  app: { getAppPath: () => "/app" },
  BrowserWindow: {},
  protocol: {},
  screen: {},
  session: {},
  shell: {},
}));
const { createCrashLimit, windowOptions } = await import("../../../../electron/app/window.ts");

describe("windowOptions", () => {
  it("turns off everything a page could misuse, exactly so", () => {
    const { webPreferences } = windowOptions("/dist/preload.cjs", false);
    expect(webPreferences).toEqual({
      preload: "/dist/preload.cjs",
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: true,
      devTools: false,
      disableBlinkFeatures: "Auxclick",
      v8CacheOptions: "bypassHeatCheck",
    });
  });

  it("has developer tools in development alone, and no other difference", () => {
    const packaged = windowOptions("/p.cjs", false);
    const development = windowOptions("/p.cjs", true);
    expect(development.webPreferences).toEqual({ ...packaged.webPreferences, devTools: true });
    expect({ ...development, webPreferences: null }).toEqual({ ...packaged, webPreferences: null });
  });
});

describe("createCrashLimit", () => {
  it("lets a page start again three times a minute, and again when it has been quiet", () => {
    const may = createCrashLimit();
    expect([0, 1_000, 2_000, 3_000, 4_000].map(may)).toEqual([true, true, true, false, false]);
    expect(may(70_000)).toBe(true);
  });
});
