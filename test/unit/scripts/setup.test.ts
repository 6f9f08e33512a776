/** Set-up: what is skipped, what is not, and a lockfile that installs on every platform. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { tmpdir } from "node:os";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { missingPackages } from "../../../scripts/desktop-packages.mjs";
import { hasDisplay } from "../../../scripts/desktop.mjs";
import { executableIn, findRuntimeIn } from "../../../scripts/electron-runtime.mjs";
import { matchesLock } from "../../../scripts/install.mjs";
import { nodeBinary, root, toolEnv, toolScript } from "../../../scripts/paths.mjs";
import { run } from "../../../scripts/run.mjs";
import { clearStamp, hashTree, readStamp, writeStamp } from "../../../scripts/stamp.mjs";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "setup-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("hashTree", () => {
  const file = () => join(folder, "electron", "db", "open.ts");
  const hash = () => hashTree(folder, ["electron", "vite.config.ts"]);
  beforeEach(() => {
    mkdirSync(dirname(file()), { recursive: true });
    writeFileSync(file(), "one");
    utimesSync(file(), 1000, 1000);
  });

  it("stays the same when nothing changes", () => {
    expect(hash()).toBe(hash());
  });

  it.each([
    ["a longer file", () => (writeFileSync(file(), "three"), utimesSync(file(), 1000, 1000))],
    ["a newer file", () => utimesSync(file(), 1000, 1001)],
    ["an added file", () => writeFileSync(join(folder, "electron", "new.ts"), "")],
    ["a removed file", () => rmSync(file())],
    ["a file that was missing", () => writeFileSync(join(folder, "vite.config.ts"), "")],
  ])("changes with %s", (_name, change) => {
    const before = hash();
    change();
    expect(hash()).not.toBe(before);
  });
});

it("a stamp is read back, and gone once cleared", () => {
  const stamp = join(folder, "deep", "stamp");
  expect(readStamp(stamp)).toBeNull();
  writeStamp(stamp, "abc");
  expect(readStamp(stamp)).toBe("abc");
  clearStamp(stamp);
  expect(readStamp(stamp)).toBeNull();
});

describe("matchesLock", () => {
  const wanted = {
    "": { version: "1.0.0" },
    "node_modules/a": { version: "1.0.0" },
    "node_modules/b-win32": { version: "2.0.0", optional: true },
  };

  it.each([
    ["everything there", { "node_modules/a": { version: "1.0.0" } }, true],
    ["nothing there", {}, false],
    ["another version", { "node_modules/a": { version: "1.0.1" } }, false],
    ["something extra", { "node_modules/a": { version: "1.0.0" }, "node_modules/c": { version: "1.0.0" } }, false],
  ])("%s", (_name, present, expected) => {
    expect(matchesLock(wanted, present)).toBe(expected);
  });
});

it("the lockfile names every optional package, so that npm ci accepts it on every platform", () => {
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    packages: Record<string, { optionalDependencies?: Record<string, string> }>;
  };
  const names = new Set(Object.keys(lock.packages).map((path) => path.split("node_modules/").at(-1)));
  const missing = Object.values(lock.packages)
    .flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}))
    .filter((name) => !names.has(name));
  expect(missing).toEqual([]);
});

describe("toolEnv", () => {
  it("puts our Node and tools first, once", () => {
    const env = toolEnv(toolEnv({ PATH: ["/usr/bin", "/bin"].join(delimiter) }));
    const entries = env["PATH"]?.split(delimiter) ?? [];
    expect(entries[0]).toBe(dirname(nodeBinary));
    expect(entries.slice(2)).toEqual(["/usr/bin", "/bin"]);
  });

  it("keeps the spelling of Windows", () => {
    expect(Object.keys(toolEnv({ Path: "C:\\Windows" }))).toEqual(["Path"]);
  });
});

it("toolScript names the program of a package, and refuses one that is not there", () => {
  expect(toolScript("typescript", "tsc")).toMatch(/tsc/);
  expect(() => toolScript("typescript", "nothing")).toThrow("no command nothing");
});

describe("run", () => {
  it("answers the exit code and both outputs", async () => {
    const script = "console.log('out'); console.error('err'); process.exit(3)";
    const { code, output } = await run(process.execPath, ["-e", script], { capture: true });
    expect(code).toBe(3);
    expect(output).toContain("out");
    expect(output).toContain("err");
  });

  it("answers 127 for a program that does not exist", async () => {
    expect((await run("threadkeep-no-such-program", [], { capture: true })).code).toBe(127);
  });

  it("ends a program that takes too long", async () => {
    const { code } = await run(process.execPath, ["-e", "setInterval(() => {}, 1000)"], {
      capture: true,
      timeoutMs: 50,
    });
    expect(code).toBe(124);
  });
});

describe("Linux desktop", () => {
  const wanted = [["libgtk-3-0t64", "libgtk-3-0"], ["xvfb"], ["dunst"]];

  it("takes a package under any of its names, and only when it is really installed", () => {
    const listing = "libgtk-3-0 ii\nxvfb rc\ndpkg-query: no packages found matching dunst\n";
    expect(missingPackages(wanted, listing)).toEqual([["xvfb"], ["dunst"]]);
  });

  it.each([
    ["linux", {}, false],
    ["linux", { DISPLAY: ":0" }, true],
    ["linux", { WAYLAND_DISPLAY: "wayland-0" }, true],
    ["darwin", {}, true],
    ["win32", {}, true],
  ] as const)("a display on %s with %o: %s", (platform, env, expected) => {
    expect(hasDisplay(env, platform)).toBe(expected);
  });
});

describe("findRuntimeIn", () => {
  it("needs the program and its version", () => {
    expect(findRuntimeIn(folder, "override")).toBeNull();
    const executablePath = executableIn(folder);
    mkdirSync(dirname(executablePath), { recursive: true });
    writeFileSync(executablePath, "");
    expect(findRuntimeIn(folder, "override")).toBeNull();
    writeFileSync(join(folder, "version"), "v42.0.0\n");
    expect(findRuntimeIn(folder, "override")).toMatchObject({ dist: folder, version: "42.0.0", source: "override" });
  });

  it("knows where each platform keeps the program", () => {
    expect(executableIn("dist", "linux")).toBe(join("dist", "electron"));
    expect(executableIn("dist", "win32")).toBe(join("dist", "electron.exe"));
    expect(executableIn("dist", "darwin")).toContain("Electron.app");
  });
});
