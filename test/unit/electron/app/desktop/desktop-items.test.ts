/** What tray, dock, jump list and sign-in are told. */
import { afterEach, describe, expect, it } from "vitest";
import {
  dockItems,
  jumpListTasks,
  loginItem,
  trayItems,
  trayTip,
} from "../../../../../electron/app/desktop/desktop-items.ts";
import { HIDDEN_FLAG } from "../../../../../electron/app/desktop/hidden-flag.ts";
import { speak } from "../../../../../electron/i18n.ts";

const done: string[] = [];
const actions = {
  open: () => void done.push("open"),
  syncNow: () => void done.push("sync"),
  quit: () => void done.push("quit"),
};
const click = (item: Electron.MenuItemConstructorOptions | undefined) => (item?.click as (() => void) | undefined)?.();
const labels = (items: Electron.MenuItemConstructorOptions[]) => items.map(({ label, type }) => label ?? type);

afterEach(() => {
  speak({ language: "en", locale: "en" });
  done.length = 0;
});

describe("the tray", () => {
  it("says how much is unread, and can open, sync and quit", () => {
    const items = trayItems(3, actions);
    expect(labels(items)).toEqual(["3 unread", "separator", "Open Threadkeep", "Sync now", "separator", "Quit"]);
    for (const item of items) click(item);
    expect(done).toEqual(["open", "sync", "quit"]);
    expect(items[0]?.enabled).toBe(false);
  });

  it("has a tip with the same number, and none for nothing", () => {
    expect(trayTip(3)).toContain("3");
    expect(trayTip(0)).toBe("Threadkeep");
    expect(labels(trayItems(0, actions))[0]).toBe("No unread conversations");
  });

  it("speaks the chosen language", () => {
    speak({ language: "es", locale: "es" });
    expect(labels(trayItems(1, actions))).not.toContain("Open Threadkeep");
    expect(jumpListTasks("app.exe")[0]?.title).toBe(labels(trayItems(1, actions))[2]);
  });
});

describe("the dock's menu", () => {
  it("has no second way to quit", () => {
    for (const item of dockItems(1, actions)) click(item);
    expect(done).toEqual(["open", "sync"]);
  });
});

describe("the system's lists", () => {
  it("start the app without arguments, so that a task cannot carry a place or a text", () => {
    expect(jumpListTasks("C:\\Program Files\\Threadkeep\\Threadkeep.exe")).toEqual([
      expect.objectContaining({ program: "C:\\Program Files\\Threadkeep\\Threadkeep.exe", arguments: "" }),
    ]);
  });

  it("start it hidden at sign-in, and only when asked", () => {
    expect(loginItem(true)).toEqual({ openAtLogin: true, args: [HIDDEN_FLAG] });
    expect(loginItem(false).openAtLogin).toBe(false);
  });
});
