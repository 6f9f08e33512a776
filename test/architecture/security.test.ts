/** The security rules on the real tree, and proof that each of them catches a planted offender. */
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parseModules, readSources } from "./modules.ts";
import { checkSecurity } from "./security-rules.ts";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");
const plant = (path: string, text: string) => parseModules(new Map([[path, `/** A planted file. */\n${text}\n`]]));

describe("the shipped sources", () => {
  const modules = parseModules(readSources(root, ["shared", "electron", "renderer"]));

  it("keep every dangerous thing in its one place, or out", () => {
    expect(modules.length).toBeGreaterThan(100);
    expect(checkSecurity(modules)).toEqual([]);
  });

  it("do use what may stand in one place: the rules look at something", () => {
    const holds = (path: string, word: string) =>
      modules.some((module) => module.path === path && module.text.includes(word));
    expect(holds("electron/app/window.ts", "new BrowserWindow")).toBe(true);
    expect(holds("electron/app/window.ts", "openExternal")).toBe(true);
    expect(holds("electron/app/ipc-door.ts", "ipcMain")).toBe(true);
    expect(holds("electron/preload.ts", "contextBridge")).toBe(true);
  });
});

describe("planted offenders", () => {
  it.each([
    ["a second window", "electron/app/a.ts", 'import { BrowserWindow } from "electron";\nnew BrowserWindow({});'],
    [
      "a window by another name",
      "electron/app/a.ts",
      'import * as electron from "electron";\nnew electron.BrowserWindow();',
    ],
    ["a view", "electron/app/a.ts", "new WebContentsView();"],
    ["a raw handler", "electron/app/a.ts", 'ipcMain.on("x", () => {});'],
    ["a second bridge", "electron/app/a.ts", 'contextBridge.exposeInMainWorld("x", {});'],
    ["a link opened elsewhere", "electron/app/a.ts", "void shell.openExternal(url);"],
    ["a file opened", "electron/app/window2.ts", "void shell.openPath(path);"],
    ["markup in React", "renderer/a.tsx", "export const A = () => <p dangerouslySetInnerHTML={{ __html: text }} />;"],
    ["markup by hand", "renderer/a.ts", "element.innerHTML = text;"],
    ["a parser", "renderer/a.ts", 'new DOMParser().parseFromString(text, "text/html");'],
    ["eval", "renderer/a.ts", "eval(text);"],
    ["a function from text", "shared/a.ts", "new Function(text)();"],
    ["a timer with text", "renderer/a.ts", 'setTimeout("run()", 1);'],
    ["code sent into the page", "electron/app/a.ts", "void contents.executeJavaScript(text);"],
    ["Node in the page", "electron/app/window.ts", "const a = { nodeIntegration: true };"],
    ["no isolation", "electron/app/window.ts", "const a = { contextIsolation: false };"],
    ["no sandbox", "electron/app/window.ts", "const a = { sandbox: false };"],
    ["no web security", "electron/app/window.ts", "const a = { webSecurity: false };"],
    ["webviews", "electron/app/window.ts", "const a = { webviewTag: true };"],
    [
      "any certificate",
      "electron/app/transport.ts",
      "session.setCertificateVerifyProc((request, answer) => answer(0));",
    ],
    ["crash reports", "electron/main.ts", "crashReporter.start({ uploadToServer: true });"],
    ["printing", "electron/sync/a.ts", "console.log(message);"],
  ])("%s", (_name, path, text) => {
    expect(checkSecurity(plant(path, text))).toHaveLength(1);
  });

  it.each([
    ["a comment about it", "renderer/a.ts", "// never innerHTML\nexport const a = 1; /* eval( */"],
    ["an address in a text", "shared/a.ts", 'export const a = "https://example.test";'],
    ["a test", "test/unit/a.ts", "element.innerHTML = text;"],
  ])("but not %s", (_name, path, text) => {
    expect(checkSecurity(plant(path, text))).toEqual([]);
  });
});
