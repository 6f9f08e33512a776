/** A desktop for programs of a test: its own places, gone with it; the X server is a stand-in that runs what it is given. */
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { makesDesktops, openDesktop } from "../../../scripts/desktop.mjs";

/** What comes before the program: `-a -s SCREEN sh -c BUS SESSION`. */
const BEFORE = 7;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "threadkeep-x-"));
  vi.stubEnv("PATH", [folder, process.env["PATH"]].join(delimiter));
  vi.stubEnv("THREADKEEP_VIRTUAL_DESKTOP", "");
  vi.stubEnv("WAYLAND_DISPLAY", "somebody's");
  return () => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  };
});

function standIn(script: string): void {
  const file = join(folder, "xvfb-run");
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}

describe("makesDesktops", () => {
  it.each([
    ["linux", {}, true],
    ["linux", { DISPLAY: ":0" }, true],
    ["linux", { THREADKEEP_VIRTUAL_DESKTOP: "1" }, false],
    ["darwin", {}, false],
    ["win32", {}, false],
  ] as const)("on %s with %o: %s", (platform, env, expected) => {
    expect(makesDesktops(env, platform)).toBe(expected);
  });
});

describe.runIf(process.platform === "linux")("openDesktop", () => {
  it("tells what a program in it needs, and leaves nothing behind", async () => {
    standIn(`shift ${BEFORE}\nDISPLAY=:77 exec "$@"`);
    const one = await openDesktop();
    const other = await openDesktop();
    const home = one.env["XDG_RUNTIME_DIR"]!;
    expect(one.env).toMatchObject({ DISPLAY: ":77", THREADKEEP_VIRTUAL_DESKTOP: "1" });
    expect([one.env["WAYLAND_DISPLAY"], existsSync(home)]).toEqual([undefined, true]);
    expect(other.env["XDG_RUNTIME_DIR"]).not.toBe(home);
    await one.close();
    expect([existsSync(home), existsSync(other.env["XDG_RUNTIME_DIR"]!)]).toEqual([false, true]);
    await other.close();
  });

  it("says so when there is none", async () => {
    standIn("exit 1");
    await expect(openDesktop()).rejects.toThrow("The virtual desktop did not start");
  });

  it("is the one there is for whoever is inside one", async () => {
    standIn("exit 1");
    vi.stubEnv("THREADKEEP_VIRTUAL_DESKTOP", "1");
    const { env, close } = await openDesktop();
    expect(env).toEqual({});
    await close();
  });
});
