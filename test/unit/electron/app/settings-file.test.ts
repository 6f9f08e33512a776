/**
 * The settings file, damaged in many ways: the app goes on, and what was there is kept.
 *
 * electron-store is `conf` with Electron's folder as default; here it is that, so that a real file is written
 * without Electron.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openSettingsFile } from "../../../../electron/app/settings-file.ts";

const disk = vi.hoisted(() => ({ refuses: null as string | null }));
vi.mock("electron-store", async () => {
  const { default: Conf } = await import("conf");
  return {
    default: class extends Conf {
      constructor({ name, ...options }: { name: string; cwd: string }) {
        super({ ...options, configName: name });
      }
      override set(...args: unknown[]): void {
        if (disk.refuses !== null) {
          throw Object.assign(new Error("refused"), { code: disk.refuses, syscall: "write" });
        }
        Reflect.apply(super.set, this, args);
      }
    },
  };
});

const NOW = Date.UTC(2026, 3, 28, 12);
const PLACE = { x: 10, y: -20, width: 1_280, height: 800, maximized: false };
const SECRETS = { "database-key": "AAAA", "account:1": "BBBB" };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "settings-file-"));
});
afterEach(() => {
  disk.refuses = null;
  rmSync(folder, { recursive: true });
});

const path = () => join(folder, "threadkeep.json");
const setAside = () => readdirSync(folder).filter((name) => name.startsWith("threadkeep.json.set-aside-"));

describe("the settings file", () => {
  it("begins empty", () => {
    const settings = openSettingsFile(folder, NOW);
    expect([settings.ciphertext.get(), settings.window()]).toEqual([{}, null]);
  });

  it("keeps ciphertext and the window's place over a restart, for its owner only", () => {
    const settings = openSettingsFile(folder, NOW);
    settings.ciphertext.set(SECRETS);
    settings.setWindow(PLACE);
    const again = openSettingsFile(folder, NOW);
    expect([again.ciphertext.get(), again.window()]).toEqual([SECRETS, PLACE]);
    expect(setAside()).toEqual([]);
    expect(statSync(path()).mode & 0o077).toBe(0);
  });

  it("knows language and theme before any inbox is open, and takes nonsense for the system's", () => {
    const settings = openSettingsFile(folder, NOW);
    expect([settings.language(), settings.theme()]).toEqual(["system", "system"]);
    settings.setLanguage("ar");
    settings.setTheme("dark");
    const again = openSettingsFile(folder, NOW);
    expect([again.language(), again.theme()]).toEqual(["ar", "dark"]);
    const written = JSON.parse(readFileSync(path(), "utf8")) as object;
    writeFileSync(path(), JSON.stringify({ ...written, language: "xx", theme: 7 }));
    const damaged = openSettingsFile(folder, NOW);
    expect([damaged.language(), damaged.theme()]).toEqual(["system", "system"]);
  });

  it("takes names with dots as they are", () => {
    openSettingsFile(folder, NOW).ciphertext.set({ "account:a.b.c": "CCCC" });
    expect(openSettingsFile(folder, NOW).ciphertext.get()).toEqual({ "account:a.b.c": "CCCC" });
  });

  it.each([
    "left",
    5,
    [],
    {},
    { ...PLACE, x: "10" },
    { ...PLACE, width: -1 },
    { ...PLACE, height: 0 },
    { ...PLACE, y: 1.5 },
    { ...PLACE, maximized: "yes" },
    { ...PLACE, width: undefined },
  ])("forgets a crooked window place (%j) and keeps the secrets where they are", (window) => {
    writeFileSync(path(), JSON.stringify({ secrets: SECRETS, window }));
    const settings = openSettingsFile(folder, NOW);
    expect([settings.ciphertext.get(), settings.window()]).toEqual([SECRETS, null]);
    expect(setAside()).toEqual([]);
  });
});

describe("a disk that refuses", () => {
  it("is not written to by opening the file, an older app's either", () => {
    openSettingsFile(folder, NOW);
    expect(readdirSync(folder)).toEqual([]);
    const older = JSON.stringify({ secrets: SECRETS });
    writeFileSync(path(), older);
    const settings = openSettingsFile(folder, NOW);
    expect([settings.ciphertext.get(), settings.language(), settings.toldOfTray()]).toEqual([SECRETS, "system", false]);
    expect(readFileSync(path(), "utf8")).toBe(older);
  });

  it("fails nothing over a window's place or a look: those hold until the app ends, and are kept with the next chance", () => {
    const settings = openSettingsFile(folder, NOW);
    disk.refuses = "ENOSPC";
    settings.setWindow(PLACE);
    settings.setToldOfTray();
    settings.setLanguage("ar");
    settings.setTheme("dark");
    expect([settings.window(), settings.toldOfTray(), settings.language(), settings.theme()]).toEqual([
      PLACE,
      true,
      "ar",
      "dark",
    ]);
    disk.refuses = null;
    settings.setTheme("light");
    const again = openSettingsFile(folder, NOW);
    expect([again.window(), again.toldOfTray(), again.language(), again.theme()]).toEqual([PLACE, true, "ar", "light"]);
  });

  it("locks nobody out, and forgets no wrong try meanwhile", () => {
    const { lockTries } = openSettingsFile(folder, NOW);
    disk.refuses = "EROFS";
    lockTries.set({ failed: 5, until: NOW + 30_000 });
    expect(lockTries.get()).toEqual({ failed: 5, until: NOW + 30_000 });
  });

  it.each([
    ["ENOSPC", "disk_full"],
    ["EIO", "disk_error"],
  ])("is told as such where a secret is to be kept (%s)", (refuses, code) => {
    const { ciphertext } = openSettingsFile(folder, NOW);
    disk.refuses = refuses;
    expect(() => ciphertext.set(SECRETS)).toThrow(expect.objectContaining({ code }) as Error);
    expect(ciphertext.get()).toEqual({});
  });
});

const good = JSON.stringify({ secrets: SECRETS, window: null });
const DAMAGED: ReadonlyArray<readonly [string, string | Buffer]> = [
  ["empty", ""],
  ["blanks", "  \n"],
  ["NUL bytes", Buffer.alloc(512)],
  ["NUL bytes after a good beginning", Buffer.concat([Buffer.from(good.slice(0, 20)), Buffer.alloc(64)])],
  ["cut off", good.slice(0, -8)],
  ["with a byte order mark", `\uFEFF${good}`],
  ["in UTF-16", Buffer.from(good, "utf16le")],
  ["written twice", good + good],
  ["random bytes", Buffer.from("fffe0012deadbeef8899aabb", "hex")],
  ["a web page", "<html>"],
  ["a list", `[${good}]`],
  ["a text", JSON.stringify(good)],
  ["a number", "5"],
  ["null", "null"],
  ["with secrets that are a list", '{"secrets":["AAAA"]}'],
  ["with secrets that are null", '{"secrets":null}'],
  ["with a secret that is a number", '{"secrets":{"database-key":5,"account:1":"BBBB"}}'],
  ["with a secret that is an object", '{"secrets":{"account:1":{"apiKey":"x"}}}'],
];

describe("a settings file that is", () => {
  it.each(DAMAGED)("%s is kept under a new name, and the app starts with a fresh one", (_name, contents) => {
    writeFileSync(path(), contents);
    const settings = openSettingsFile(folder, NOW);
    expect([settings.ciphertext.get(), settings.window()]).toEqual([{}, null]);
    expect(setAside()).toEqual(["threadkeep.json.set-aside-2026-04-28T12-00-00-000Z"]);
    expect(readFileSync(join(folder, setAside()[0]!))).toEqual(Buffer.from(contents));

    settings.ciphertext.set(SECRETS);
    expect(openSettingsFile(folder, NOW).ciphertext.get()).toEqual(SECRETS);
    expect(setAside()).toHaveLength(1);
  });

  it("damaged again in the same moment does not cost the first copy", () => {
    for (const contents of ["first", "second", "third"]) {
      writeFileSync(path(), contents);
      openSettingsFile(folder, NOW);
    }
    const kept = setAside().map((name) => readFileSync(join(folder, name), "utf8"));
    expect(kept.toSorted()).toEqual(["first", "second", "third"]);
  });

  it("a folder is kept too", () => {
    mkdirSync(path());
    writeFileSync(join(path(), "x"), "x");
    expect(openSettingsFile(folder, NOW).ciphertext.get()).toEqual({});
    expect(readFileSync(join(folder, setAside()[0]!, "x"), "utf8")).toBe("x");
  });
});
