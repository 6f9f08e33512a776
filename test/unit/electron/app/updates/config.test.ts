/** Where an installed app looks for updates: in its own archive and nowhere else. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { findUpdateConfig } from "../../../../../electron/app/updates/config.ts";

let folder: string;
let devFile: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "threadkeep-config-"));
  devFile = join(folder, "dev.json");
  return () => rmSync(folder, { recursive: true });
});

const good = { url: "https://updates.example.test/", publicKey: "key" };
const inside = (threadkeepUpdates: unknown) =>
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "threadkeep", threadkeepUpdates }));
const beside = (config: unknown) => writeFileSync(devFile, JSON.stringify(config));

describe("findUpdateConfig", () => {
  it("takes what was packed, and never a file beside it", () => {
    inside(good);
    beside({ ...good, url: "https://evil.example.test/" });
    expect(findUpdateConfig(folder, true, devFile)).toEqual({ ...good, releaseNotesUrl: null });
  });

  it("is off in a build without an address, whatever a variable says", () => {
    inside(undefined);
    beside(good);
    expect(findUpdateConfig(folder, true, devFile)).toBeNull();
    expect(findUpdateConfig(folder, false, undefined)).toBeNull();
  });

  it("takes no plain connection when installed, and only this machine's in development", () => {
    inside({ ...good, url: "http://127.0.0.1:8000" });
    expect(findUpdateConfig(folder, true, undefined)).toBeNull();
    beside({ ...good, url: "http://127.0.0.1:8000" });
    expect(findUpdateConfig(folder, false, devFile)?.url).toBe("http://127.0.0.1:8000");
    beside({ ...good, url: "http://updates.example.test" });
    expect(findUpdateConfig(folder, false, devFile)).toBeNull();
  });

  it("takes no address without a key, nothing that is no address, no notes without https", () => {
    for (const bad of [{ url: good.url }, { ...good, publicKey: "" }, { ...good, url: "file:///etc" }, [], "x"]) {
      inside(bad);
      expect(findUpdateConfig(folder, true, undefined), JSON.stringify(bad)).toBeNull();
    }
    inside({ ...good, releaseNotesUrl: "http://example.test" });
    expect(findUpdateConfig(folder, true, undefined)).toBeNull();
  });
});
