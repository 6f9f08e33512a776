/**
 * Opens the sample inbox in the real app, reads the first conversation and saves a picture of it.
 *
 * Started by start.mjs under Node 24 with the path of Electron; uses a data folder of its own.
 */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { electronFlags } from "./desktop.mjs";
import { cacheDir, root } from "./paths.mjs";
import { Failure, runMain } from "./run.mjs";

const FIRST_WINDOW_TIMEOUT_MS = 30_000;
const SYNC_TIMEOUT_MS = 60_000;

await runMain(async () => {
  const executablePath = process.argv[2];
  if (!executablePath) throw new Failure("usage: smoke.mjs <path of Electron>");
  const dataDir = await mkdtemp(join(tmpdir(), "threadkeep-smoke-"));
  try {
    console.log(await openSampleInbox(executablePath, dataDir));
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    throw new Failure(`The sample inbox did not open: ${reason}`);
  } finally {
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
});

/**
 * @param {string} executablePath
 * @param {string} dataDir
 * @returns {Promise<string>} path of the screenshot
 */
async function openSampleInbox(executablePath, dataDir) {
  const { _electron } = await import("playwright");
  const app = await _electron.launch({
    executablePath,
    args: [...electronFlags(), `--user-data-dir=${dataDir}`, "."],
    cwd: root,
    timeout: FIRST_WINDOW_TIMEOUT_MS,
  });
  try {
    const page = await app.firstWindow({ timeout: FIRST_WINDOW_TIMEOUT_MS });
    await page.getByRole("button", { name: "Explore with sample data" }).click({ timeout: FIRST_WINDOW_TIMEOUT_MS });
    const conversations = page.getByRole("listbox", { name: "Conversations" });
    await conversations.getByRole("option").first().waitFor({ timeout: SYNC_TIMEOUT_MS });
    await page
      .getByRole("status", { name: "Sync status" })
      .filter({ hasText: "Up to date" })
      .waitFor({ timeout: SYNC_TIMEOUT_MS });
    await conversations.getByRole("option").first().click();
    await page.getByRole("log", { name: "Messages" }).getByRole("article").first().waitFor();
    const path = join(cacheDir, "smoke", "threadkeep.png");
    await mkdir(join(cacheDir, "smoke"), { recursive: true });
    await page.screenshot({ path });
    return path;
  } finally {
    await app.close();
  }
}
