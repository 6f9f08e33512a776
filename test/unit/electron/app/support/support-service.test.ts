/** Saving a support report: what was shown, where the person said, or an honest answer; and the ear at the keyring. */
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { rememberSecrets } from "../../../../../electron/app/support/remember-secrets.ts";
import { createSupportService } from "../../../../../electron/app/support/support-service.ts";
import type { SupportFacts } from "../../../../../electron/support/report.ts";

let folder = "";
let path: string | null = null;
let suggested = "";
let log: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "support-"));
  path = join(folder, "report.txt");
  log = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const facts = async (): Promise<SupportFacts> => ({
  app: {
    version: "0.1.0",
    electron: "45.4.1",
    chrome: "156",
    node: "24",
    platform: "linux",
    release: "6.1",
    arch: "x64",
    locale: "en",
    stage: "failed",
    sessionOnly: false,
    upMinutes: 1,
    memoryMegabytes: 1,
  },
  lock: { configured: false },
  inbox: null,
  log: [...log],
});

const create = () =>
  createSupportService({
    now: () => Date.UTC(2026, 3, 28),
    facts,
    redact: (text) => text.replaceAll("0.1.0", "[v]"),
    choosePath: (name) => {
      suggested = name;
      return Promise.resolve(path);
    },
  });

describe("the support service", () => {
  it("saves exactly what was shown, though the app has gone on", async () => {
    const support = create();
    const report = await support.report();
    log.push(JSON.stringify({ at: "2026-04-28T00:00:01.000Z", level: "info", event: "later" }));
    expect(await support.save(report.id, ["app", "log"])).toEqual({ result: "saved" });
    const text = readFileSync(path!, "utf8");
    for (const { id, lines } of report.sections) {
      for (const line of lines) expect(text.includes(line)).toBe(id === "app" || id === "log");
    }
    expect(text).toContain("version: [v]");
    expect(text).not.toContain("later");
    expect(suggested).toBe("threadkeep-report-2026-04-28.txt");
    // Windows has no such bits.
    expect(process.platform === "win32" ? 0 : statSync(path!).mode & 0o077).toBe(0);
  });

  it("answers what became of it", async () => {
    const support = create();
    expect(await support.save(1, ["app"])).toEqual({ result: "outdated" });
    const old = await support.report();
    const report = await support.report();
    expect(await support.save(old.id, ["app"])).toEqual({ result: "outdated" });
    path = null;
    expect(await support.save(report.id, ["app"])).toEqual({ result: "cancelled" });
    path = join(folder, "nowhere", "report.txt");
    expect(await support.save(report.id, ["app"])).toEqual({ result: "unwritable" });
  });
});

describe("rememberSecrets", () => {
  it("hears every secret that is written or read, and changes no answer", async () => {
    const heard: string[] = [];
    const keyring = rememberSecrets(
      {
        isAsyncEncryptionAvailable: () => Promise.resolve(true),
        encryptStringAsync: (text) => Promise.resolve(Buffer.from(`sealed ${text.length}`)),
        decryptStringAsync: () => Promise.resolve({ result: "opened", shouldReEncrypt: true }),
        getSelectedStorageBackend: () => "gnome_libsecret",
      },
      (secret) => heard.push(secret),
    );
    expect(await keyring.isAsyncEncryptionAvailable()).toBe(true);
    expect((await keyring.encryptStringAsync("written")).toString()).toBe("sealed 7");
    expect(await keyring.decryptStringAsync(Buffer.from("x"))).toEqual({ result: "opened", shouldReEncrypt: true });
    expect(keyring.getSelectedStorageBackend?.()).toBe("gnome_libsecret");
    expect(heard).toEqual(["written", "opened"]);
  });

  it("has no backend to name where the system has none", () => {
    const bare = rememberSecrets(
      {
        isAsyncEncryptionAvailable: () => Promise.resolve(false),
        encryptStringAsync: () => Promise.reject(new Error("none")),
        decryptStringAsync: () => Promise.reject(new Error("none")),
      },
      () => {},
    );
    expect(bare.getSelectedStorageBackend).toBeUndefined();
  });
});
