/**
 * `npm run screenshots`: takes the pictures of `docs/screenshots/`, each in light and dark, at 1280x800 and 900x600.
 *
 * What the sample inbox can show comes from the real app. What it cannot (a provider that refuses, a colleague's reply, a
 * file that was opened, an empty keyring …) comes from the same window over invented data: test/harness/docs-shots.ts.
 * `npm run screenshots -- name` takes only those of the second kind that have this in their name. Runs itself a second
 * time on the virtual desktop.
 */
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBuilt } from "./build.mjs";
import { ensureDesktopPackages } from "./desktop-packages.mjs";
import { electronFlags, runOnDesktop } from "./desktop.mjs";
import { resolveElectron } from "./electron-runtime.mjs";
import { ensureInstalled } from "./install.mjs";
import { nodeBinary, root } from "./paths.mjs";
import { runMain } from "./run.mjs";
import { savePicture } from "./save-picture.mjs";

const folder = join(root, "docs", "screenshots");
const TIMEOUT_MS = 30_000;
/** @type {("light" | "dark")[]} */
const THEMES = ["light", "dark"];
const SIZES = [
  { width: 1280, height: 800 },
  { width: 900, height: 600 },
];

/** @param {string} executablePath */
async function takeAll(executablePath) {
  const { _electron } = await import("playwright");
  const dataDir = await mkdtemp(join(tmpdir(), "threadkeep-screenshots-"));
  const app = await _electron.launch({
    executablePath,
    args: [...electronFlags(), `--user-data-dir=${dataDir}`, "."],
    cwd: root,
    timeout: TIMEOUT_MS,
  });
  try {
    const page = await app.firstWindow({ timeout: TIMEOUT_MS });
    page.setDefaultTimeout(TIMEOUT_MS);
    for (const [name, prepare, arrange] of SCENES) {
      await prepare(page);
      await shoot(app, page, name, arrange);
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
 * @param {(page: Page) => Promise<unknown>} [arrange] done again in each size
 */
async function shoot(app, page, name, arrange) {
  for (const { width, height } of SIZES) {
    await app.evaluate(
      ({ BrowserWindow }, size) => {
        BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height);
      },
      { width, height },
    );
    await page.waitForFunction(`innerWidth === ${width}`);
    // No name of a button that only happens to lie under the pointer.
    await page.mouse.move(width - 2, 2);
    await arrange?.(page);
    for (const scheme of THEMES) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      console.log(await savePicture(app, page, folder, name, scheme));
    }
  }
}

/** @typedef {import("playwright").Page} Page */

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

/** @type {[string, (page: Page) => Promise<unknown>, ((page: Page) => Promise<unknown>)?][]} */
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
    async (page) => {
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Explore with sample data" }).click();
      await page.getByRole("status", { name: "Sync status" }).filter({ hasText: "Up to date" }).waitFor();
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
  const [mode, given = ""] = process.argv.slice(2);
  if (mode === "--inside") {
    await takeAll(given);
    return 0;
  }
  const filter = mode;
  await ensureInstalled();
  await ensureDesktopPackages({ virtualDesktop: true });
  const { executablePath } = await resolveElectron();
  await mkdir(folder, { recursive: true });
  if (filter === undefined) {
    await ensureBuilt();
    // Pictures of screens that are gone go too.
    for (const file of await readdir(folder)) if (file.endsWith(".png")) await rm(join(folder, file));
    const script = join(root, "scripts", "screenshots.mjs");
    const { code } = await runOnDesktop(nodeBinary, [script, "--inside", executablePath]);
    if (code !== 0) return code;
  }
  const states = join(root, "test", "harness", "docs-pictures.ts");
  return (await runOnDesktop(nodeBinary, [states, folder, ...(filter === undefined ? [] : [filter])])).code;
});
