/**
 * `npm run screenshots`: takes the pictures of `docs/screenshots/`, each in light and dark, at 1280x800 and 900x600.
 *
 * What the sample inbox can show comes from the real app. What it cannot (a provider that refuses, a colleague's reply,
 * a file that was opened, an empty keyring …) comes from the same window over invented data:
 * test/harness/docs-shots.ts.
 * `npm run screenshots -- name` takes only those of the second kind that have this in their name. Runs itself a second
 * time on the virtual desktop.
 *
 * Invariants: the folder changes only when every picture was taken; what a picture shows does not depend on the day,
 * the computer or its speed, so a change in one is a change in the app.
 */
import { copyFile, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBuilt } from "./build.mjs";
import { ensureDesktopPackages } from "./desktop-packages.mjs";
import { electronFlags, runOnDesktop } from "./desktop.mjs";
import { resolveElectron } from "./electron-runtime.mjs";
import { ensureInstalled } from "./install.mjs";
import { nodeBinary, root, toolEnv } from "./paths.mjs";
import { runMain } from "./run.mjs";
import { savePicture } from "./save-picture.mjs";

const folder = join(root, "docs", "screenshots");
/** A busy machine is no reason for a missing picture. */
const TIMEOUT_MS = 120_000;
const SYNCED = '.sync-status[data-tone="calm"]';
/** The sample inbox to its last thread. */
const SYNC_TIMEOUT_MS = 10 * 60_000;
/** When it is in all pictures, and where: the sample inbox is invented around the moment it is first opened. */
const MOMENT = Date.parse("2026-04-14T16:20:00Z");
const ANCHOR = MOMENT - 10 * 60_000;
const ZONE = "America/Chicago";
/** All pictures within one second. Not quite none: what waits for a later time still gets there. */
const ALMOST_STILL = 0.001;
/** @type {("light" | "dark")[]} */
const THEMES = ["light", "dark"];
const SIZES = [
  { width: 1280, height: 800 },
  { width: 900, height: 600 },
];

/**
 * @param {string} executablePath
 * @param {string} into
 */
async function takeAll(executablePath, into) {
  const { _electron } = await import("playwright");
  const dataDir = await mkdtemp(join(tmpdir(), "threadkeep-screenshots-"));
  const app = await _electron.launch({
    executablePath,
    args: [...electronFlags(), "--lang=en-US", `--user-data-dir=${dataDir}`, "."],
    cwd: root,
    env: { ...toolEnv(), TZ: ZONE, LANG: "en_US.UTF-8", LANGUAGE: "en_US" },
    timeout: TIMEOUT_MS,
  });
  try {
    const page = await app.firstWindow({ timeout: TIMEOUT_MS });
    page.setDefaultTimeout(TIMEOUT_MS);
    // Not before it shows something: what is asked of an app that is still starting may be lost.
    await page.getByRole("button", { name: "Explore with sample data" }).waitFor();
    await app.evaluate(setClock, { moment: ANCHOR, rate: ALMOST_STILL });
    await page.clock.setFixedTime(MOMENT);
    await page.reload();
    for (const [name, prepare, arrange] of SCENES) {
      await prepare(page, app);
      await shoot(app, page, into, name, arrange);
    }
  } finally {
    await app.close();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * Runs in the app's main process: sets its clock, and how fast it goes.
 *
 * @param {unknown} _electron
 * @param {{ moment: number, rate: number }} to milliseconds since 1970; 1 is as fast as time goes
 */
function setClock(_electron, { moment, rate }) {
  const start = performance.now();
  Date.now = () => moment + Math.floor((performance.now() - start) * rate);
}

/** Runs in the page: the sample server's port and key are drawn by lot. */
const HIDE_CHANCE = String.raw`{
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const shown = texts.currentNode.nodeValue;
    const steady = shown.replace(/127\.0\.0\.1:\d+/g, "127.0.0.1:50123").replace(/••••\w{4}/g, "••••Q4xZ");
    if (steady !== shown) texts.currentNode.nodeValue = steady;
  }
}`;

/**
 * @param {import("playwright").ElectronApplication} app
 * @param {import("playwright").Page} page
 * @param {string} into
 * @param {string} name
 * @param {(page: Page) => Promise<unknown>} [arrange] done again in each size
 */
async function shoot(app, page, into, name, arrange) {
  for (const { width, height } of SIZES) {
    await app.evaluate(
      ({ BrowserWindow }, size) => {
        BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height);
      },
      { width, height },
    );
    await page.waitForFunction(`innerWidth === ${width} && innerHeight === ${height}`);
    // No name of a button that only happens to lie under the pointer, and no scrollbar lit by it.
    await page.mouse.move(width - 14, 2);
    await arrange?.(page);
    // Where accounts are synced, they are synced: how far a pass has come depends on the computer.
    const sync = page.locator(".sync-status");
    if (await sync.isVisible()) await page.locator(SYNCED).waitFor({ timeout: SYNC_TIMEOUT_MS });
    for (const scheme of THEMES) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      await page.evaluate(HIDE_CHANCE);
      console.log(await savePicture(app, page, into, name, scheme));
    }
  }
}

/** @typedef {import("playwright").Page} Page */
/** @typedef {import("playwright").ElectronApplication} App */

/** @param {Page} page @param {RegExp} name */
const conversation = (page, name) => page.getByRole("listbox", { name: "Conversations" }).getByRole("option", { name });

/** @param {string} provider @param {string} field @returns {(page: Page) => Promise<unknown>} */
const connectForm = (provider, field) => async (page) => {
  await page.getByRole("combobox", { name: "Provider" }).selectOption({ label: provider });
  await page.getByRole("textbox", { name: field, exact: true }).waitFor();
};

/** @param {string} name @returns {(page: Page) => Promise<unknown>} */
const settingsSection = (name) => async (page) => {
  await page.getByRole("button", { name: "Settings", exact: true }).click();
  await page.getByRole("navigation", { name: "Sections of the settings" }).getByRole("button", { name }).click();
};

/** @param {string} from the field's name now @param {string} language @param {string} to the field's name then */
const speak = (from, language, to) => async (/** @type {Page} */ page) => {
  await page.getByRole("combobox", { name: from }).selectOption({ label: language });
  await page.getByRole("combobox", { name: to }).waitFor();
};

/** @param {string} inbox the first view's name @returns {(page: Page) => Promise<unknown>} */
const openFirst = (inbox) => async (page) => {
  await page.getByRole("button", { name: inbox, exact: true }).click();
  await page.locator('[role="option"][data-index="0"]').click();
  await page.getByRole("article").first().waitFor();
};

const chooseLanguage = "Language of the app";

/** @type {[string, (page: Page, app: App) => Promise<unknown>, ((page: Page) => Promise<unknown>)?][]} */
const SCENES = [
  ["welcome", (page) => page.getByRole("button", { name: "Explore with sample data" }).waitFor()],
  [
    "connect",
    async (page) => {
      await page.getByRole("button", { name: "Connect an account" }).click();
      await page.getByRole("textbox", { name: "API base URL" }).waitFor();
    },
  ],
  ["connect-twilio", connectForm("Twilio", "Account SID")],
  ["connect-quo", connectForm("Quo", "API base URL")],
  ["connect-highlevel", connectForm("HighLevel", "Location ID")],
  ["connect-vobiz", connectForm("Vobiz", "Auth ID")],
  [
    "inbox",
    async (page, app) => {
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Explore with sample data" }).click();
      await page.getByRole("button", { name: "Sync & storage", exact: true }).click();
      // The pace of the requests needs a clock that goes.
      await app.evaluate(setClock, { moment: ANCHOR, rate: 1 });
      await page.getByText(/^(\d+) of \1$/).waitFor({ timeout: SYNC_TIMEOUT_MS });
      await page.locator(SYNCED).waitFor({ timeout: SYNC_TIMEOUT_MS });
      await app.evaluate(setClock, { moment: MOMENT, rate: ALMOST_STILL });
      await page.getByRole("button", { name: "Sync now" }).click();
      await page.getByText(/^checked 11:20/).waitFor();
      await page.getByRole("button", { name: "All", exact: true }).click();
      await conversation(page, /555-0103/).click();
      await page.getByRole("article").filter({ hasText: "The plan is" }).waitFor();
    },
  ],
  [
    "contact-panel",
    async (page) => {
      await conversation(page, /555-0103/).press("i");
      await page.getByRole("complementary").waitFor();
    },
  ],
  [
    "redaction",
    async (page) => {
      await conversation(page, /555-0103/).press("i");
      await page.getByRole("searchbox", { name: "Search" }).fill("555-0184");
      const hit = page.getByRole("listbox", { name: "Search results" }).getByRole("option").first();
      await hit.click();
      await page.getByRole("article").filter({ hasText: "Redacted" }).first().waitFor();
    },
    (page) =>
      page
        .getByRole("article")
        .filter({ hasText: "Redacted" })
        .last()
        .evaluate((article) => article.scrollIntoView({ block: "center" })),
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
  ["settings-notifications", settingsSection("Notifications")],
  [
    "palette",
    async (page) => {
      await page.getByRole("button", { name: "Needs reply" }).click();
      await page.getByRole("listbox", { name: "Conversations" }).getByRole("option").first().waitFor();
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog").waitFor();
    },
  ],
  [
    "shortcuts",
    async (page) => {
      await page.keyboard.press("Escape");
      await page.getByRole("listbox", { name: "Conversations" }).getByRole("option").first().focus();
      await page.keyboard.press("?");
      await page.getByRole("dialog").waitFor();
    },
  ],
  [
    "es-settings",
    async (page) => {
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Settings", exact: true }).click();
      await speak(chooseLanguage, "Español", "Idioma de la aplicación")(page);
    },
  ],
  ["es-inbox", openFirst("Todas")],
  [
    "ar-settings",
    async (page) => {
      await page.getByRole("button", { name: "Ajustes", exact: true }).click();
      await speak("Idioma de la aplicación", "العربية", "لغة التطبيق")(page);
    },
  ],
  ["ar-inbox", openFirst("الكل")],
];

await runMain(async () => {
  const [mode, given = "", into = ""] = process.argv.slice(2);
  if (mode === "--inside") {
    await takeAll(given, into);
    return 0;
  }
  const filter = mode;
  await ensureInstalled();
  await ensureDesktopPackages({ virtualDesktop: true });
  const { executablePath } = await resolveElectron();
  await mkdir(folder, { recursive: true });
  const states = join(root, "test", "harness", "docs-pictures.ts");
  if (filter !== undefined) return (await runOnDesktop(nodeBinary, [states, folder, filter])).code;

  await ensureBuilt();
  const taken = await mkdtemp(join(tmpdir(), "threadkeep-pictures-"));
  try {
    const script = join(root, "scripts", "screenshots.mjs");
    const parts = [
      [script, "--inside", executablePath, taken],
      [states, taken],
    ];
    for (const args of parts) {
      const { code } = await runOnDesktop(nodeBinary, args);
      if (code !== 0) return code;
    }
    // Pictures of screens that are gone go too.
    for (const file of await readdir(folder)) if (file.endsWith(".png")) await rm(join(folder, file));
    for (const file of await readdir(taken)) await copyFile(join(taken, file), join(folder, file));
    return 0;
  } finally {
    await rm(taken, { recursive: true, force: true });
  }
});
