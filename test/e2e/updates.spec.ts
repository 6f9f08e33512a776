/** Updates over a real server with the real electron-updater: the genuine one is installed on quit, a forged one never. */
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { _electron } from "playwright/test";
import type { ElectronApplication, Page } from "playwright/test";
import { electronFlags } from "../../scripts/desktop.mjs";
import { resolveElectron } from "../../scripts/electron-runtime.mjs";
import { publicKeyOf, signUpdates } from "../../scripts/sign-updates.mjs";
import { expect, test as base } from "./fixtures.ts";
import { enter } from "./keys.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const NAME = "Threadkeep-9.9.9-linux-x64.AppImage";
const OLD = "#!/bin/sh\nexit 0\n# the version in use\n";
const NEW = "#!/bin/sh\nexit 0\n# the new version\n";

interface Release {
  readonly key: KeyObject;
  /** What a forger does after the release was signed. */
  tamper?(folder: string): void;
}

interface Stage {
  /** Path of the installed AppImage. */
  readonly installed: string;
  readonly privateKey: KeyObject;
  readonly requests: string[];
  publish(release: Release): void;
  /** At the settings of a new sample inbox; later starts of the same stage stand at the list. */
  start(options?: { isFirst: boolean }): Promise<{ app: ElectronApplication; page: Page }>;
}

/** A checkout that believes it is an AppImage: electron-updater replaces the file that APPIMAGE names. */
const test = base.extend<{ stage: Stage }>({
  stage: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), "threadkeep-updates-"));
    const feed = mkdtempSync(join(folder, "feed-"));
    const installed = join(folder, "Threadkeep.AppImage");
    writeFileSync(installed, OLD, { mode: 0o755 });
    const { privateKey } = generateKeyPairSync("ed25519");
    const requests: string[] = [];
    const server = createServer((request, response) => {
      const name = new URL(request.url ?? "/", "http://x").pathname.slice(1);
      requests.push(name);
      try {
        response.end(readFileSync(join(feed, name)));
      } catch {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const config = join(folder, "updates.json");
    writeFileSync(
      config,
      JSON.stringify({ provider: "generic", url, updaterCacheDirName: "updates", publicKey: publicKeyOf(privateKey) }),
    );
    let running: ElectronApplication | null = null;
    try {
      await use({
        installed,
        privateKey,
        requests,
        publish({ key, tamper }) {
          writeFileSync(join(feed, NAME), NEW);
          signUpdates(feed, "9.9.9", key);
          tamper?.(feed);
          const bytes = readFileSync(join(feed, NAME));
          const sha512 = createHash("sha512").update(bytes).digest("base64");
          const file = `files:\n  - url: ${NAME}\n    sha512: ${sha512}\n    size: ${bytes.length}\n`;
          writeFileSync(join(feed, "latest-linux.yml"), `version: 9.9.9\n${file}path: ${NAME}\nsha512: ${sha512}\n`);
        },
        async start({ isFirst } = { isFirst: true }) {
          const data = join(folder, "data");
          const env = { ...process.env, THREADKEEP_DEV_UPDATES: config, APPIMAGE: installed, XDG_CACHE_HOME: folder };
          const app = await _electron.launch({
            executablePath: (await resolveElectron()).executablePath,
            cwd: root,
            args: [...electronFlags(), `--user-data-dir=${data}`, "."],
            env,
          });
          running = app;
          app.on("close", () => (running = null));
          const page = await app.firstWindow();
          if (!isFirst) return { app, page };
          // The window is there before its page is: nobody walks through an empty one.
          await page.getByRole("button", { name: "Explore with sample data" }).waitFor();
          await enter(page, "button", "Explore with sample data");
          await page.getByRole("button", { name: "Settings" }).first().waitFor();
          await enter(page, "button", "Settings");
          return { app, page };
        },
      });
    } finally {
      await (running as ElectronApplication | null)?.close();
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    }
  },
});

const state = (page: Page) => page.getByRole("status", { name: "Updates" });
const check = (page: Page) => enter(page, "button", "Check for updates");

/** Asks, and waits for the answer to this very question: an earlier one reads the same. */
async function refused(stage: Stage, page: Page): Promise<void> {
  const before = stage.requests.length;
  await check(page);
  await expect.poll(() => stage.requests.slice(before).some((name) => name.startsWith(NAME))).toBe(true);
  await page.getByRole("button", { name: "Check for updates" }).waitFor();
  await expect(state(page)).toContainText("not a genuine update");
}

test("a genuine update is fetched, and installed when the app is closed", async ({ stage }) => {
  stage.publish({ key: stage.privateKey });
  const { app, page } = await stage.start();
  await expect(state(page)).toContainText("looks for updates by itself");
  expect(stage.requests, "nobody was asked before").toEqual([]);
  await check(page);
  await expect(state(page)).toContainText("Version 9.9.9 is ready");
  expect(readFileSync(stage.installed, "utf8"), "nothing changes while it runs").toBe(OLD);
  await app.close();
  expect(readFileSync(stage.installed, "utf8")).toBe(NEW);
});

test("a restart that was asked for never goes over a draft: it waits for the typing to end, and the draft is there", async ({
  stage,
}) => {
  stage.publish({ key: stage.privateKey });
  const { app, page } = await stage.start();
  await check(page);
  await expect(state(page)).toContainText("Version 9.9.9 is ready");
  await enter(page, "button", "All");
  await enter(page, "option", /./);
  await page.keyboard.press("r");
  await expect(page.getByRole("textbox", { name: "Message", exact: true })).toBeFocused();
  await page.keyboard.type("Half a thought");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+,");
  const closed = app.waitForEvent("close");
  await enter(page, "button", "Restart to update");
  await expect(state(page)).toContainText("as soon as you have stopped typing");
  expect(readFileSync(stage.installed, "utf8"), "nothing is installed while somebody types").toBe(OLD);
  await closed;
  expect(readFileSync(stage.installed, "utf8")).toBe(NEW);

  const again = await stage.start({ isFirst: false });
  await again.page.getByRole("option", { name: /Draft: Half a thought/ }).waitFor();
});

test("a forged update is refused, deleted and never installed", async ({ stage }) => {
  const forger = generateKeyPairSync("ed25519").privateKey;
  stage.publish({ key: forger });
  const { app, page } = await stage.start();
  await refused(stage, page);
  // A file that was changed after it was signed, with a list that agrees with the change.
  stage.publish({
    key: stage.privateKey,
    tamper: (feed) => writeFileSync(join(feed, NAME), NEW.replace("new", "evil")),
  });
  await refused(stage, page);
  // A genuine signature of another version.
  stage.publish({
    key: stage.privateKey,
    tamper(feed) {
      const sha512 = createHash("sha512").update(NEW).digest("base64");
      const text = `threadkeep update\n0.0.1\n${sha512}\n`;
      writeFileSync(join(feed, `${NAME}.sig`), sign(null, Buffer.from(text), stage.privateKey).toString("base64"));
    },
  });
  await refused(stage, page);
  await app.close();
  expect(readFileSync(stage.installed, "utf8")).toBe(OLD);
});

test("a server that is away is said in one line, and the next try works", async ({ stage }) => {
  const { page } = await stage.start();
  await check(page);
  await expect(state(page)).toContainText("could not be fetched");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("alert")).toHaveCount(0);
  stage.publish({ key: stage.privateKey });
  await check(page);
  await expect(state(page)).toContainText("Version 9.9.9 is ready");
});
