/**
 * `npm run screenshots`: takes the pictures of `docs/screenshots/` in the real app, over the sample inbox.
 *
 * Each picture in light and dark, at 1280x800 and 900x600. Runs itself a second time on the virtual desktop.
 */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBuilt } from "./build.mjs";
import { ensureDesktopPackages } from "./desktop-packages.mjs";
import { electronFlags, runOnDesktop } from "./desktop.mjs";
import { resolveElectron } from "./electron-runtime.mjs";
import { ensureInstalled } from "./install.mjs";
import { nodeBinary, root } from "./paths.mjs";
import { runMain } from "./run.mjs";

const folder = join(root, "docs", "screenshots");
const TIMEOUT_MS = 30_000;
const THEMES = ["light", "dark"];
const SIZES = [
  { width: 1280, height: 800 },
  { width: 900, height: 600 },
];

/** @param {string} executablePath */
async function takeAll(executablePath) {
  const { _electron } = await import("playwright");
  const dataDir = await mkdtemp(join(tmpdir(), "threadkeep-screenshots-"));
  await mkdir(folder, { recursive: true });
  const app = await _electron.launch({
    executablePath,
    args: [...electronFlags(), `--user-data-dir=${dataDir}`, "."],
    cwd: root,
    timeout: TIMEOUT_MS,
  });
  try {
    const page = await app.firstWindow({ timeout: TIMEOUT_MS });
    page.setDefaultTimeout(TIMEOUT_MS);
    for (const [name, prepare] of SCENES) {
      await prepare(page);
      await shoot(app, page, name);
    }
  } finally {
    await app.close();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * @param {import("playwright").ElectronApplication} app
 * @param {import("playwright").Page} page
 * @param {string} name
 */
async function shoot(app, page, name) {
  for (const { width, height } of SIZES) {
    await app.evaluate(
      ({ BrowserWindow }, size) => {
        BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height);
      },
      { width, height },
    );
    await page.waitForFunction(`innerWidth === ${width}`);
    for (const colorScheme of /** @type {("light" | "dark")[]} */ (THEMES)) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const small = width < 1000 ? "-small" : "";
      const path = join(folder, `${name}${small}-${colorScheme}.png`);
      await page.screenshot({ path });
      console.log(path);
    }
  }
}

/** @param {import("playwright").Page} page @param {RegExp} name */
const conversation = (page, name) => page.getByRole("listbox", { name: "Conversations" }).getByRole("option", { name });

/** @type {[string, (page: import("playwright").Page) => Promise<unknown>][]} */
const SCENES = [
  ["welcome", (page) => page.getByRole("button", { name: "Explore with sample data" }).waitFor()],
  [
    "connect",
    async (page) => {
      await page.getByRole("button", { name: "Connect an account" }).click();
      await page.getByRole("textbox", { name: "API base URL" }).waitFor();
    },
  ],
  [
    "inbox",
    async (page) => {
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Explore with sample data" }).click();
      await page.getByRole("status", { name: "Sync status" }).filter({ hasText: "Up to date" }).waitFor();
      await conversation(page, /555-0103/).click();
      await page.getByRole("article").filter({ hasText: "The plan is" }).waitFor();
    },
  ],
  [
    "redaction",
    async (page) => {
      await page.getByRole("searchbox", { name: "Search" }).fill("555-0184");
      const hit = page.getByRole("listbox", { name: "Search results" }).getByRole("option").first();
      await hit.click();
      await page.getByRole("article").filter({ hasText: "Redacted" }).first().waitFor();
    },
  ],
  [
    "search",
    async (page) => {
      await page.getByRole("searchbox", { name: "Search" }).fill("brake");
      await page.getByRole("listbox", { name: "Search results" }).getByRole("option").nth(3).waitFor();
    },
  ],
  [
    "accounts",
    async (page) => {
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Accounts", exact: true }).click();
      await page.getByRole("heading", { name: /Harbour Street/ }).waitFor();
    },
  ],
  [
    "storage",
    async (page) => {
      await page.getByRole("button", { name: "Sync & storage", exact: true }).click();
      await page.getByRole("heading", { name: /Harbour Street/ }).waitFor();
    },
  ],
  [
    "settings",
    async (page) => {
      await page.getByRole("button", { name: "Settings", exact: true }).click();
      await page.getByRole("heading", { name: "Settings" }).waitFor();
    },
  ],
  [
    "palette",
    async (page) => {
      await page.getByRole("button", { name: "Needs reply" }).click();
      await page.getByRole("listbox", { name: "Conversations" }).getByRole("option").first().waitFor();
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog").waitFor();
    },
  ],
];

await runMain(async () => {
  if (process.argv[2] === "--inside") {
    await takeAll(process.argv[3] ?? "");
    return 0;
  }
  await ensureInstalled();
  await ensureDesktopPackages({ virtualDesktop: true });
  const { executablePath } = await resolveElectron();
  await ensureBuilt();
  const script = join(root, "scripts", "screenshots.mjs");
  return (await runOnDesktop(nodeBinary, [script, "--inside", executablePath])).code;
});
