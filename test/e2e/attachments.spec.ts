/** Files with a reply: chosen by keys alone, kept over a crash, refused in words, sent and seen in the thread. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright/test";
import { PNG, pngWith } from "../helpers/pictures.ts";
import { HIGHLEVEL_LOCATION, HIGHLEVEL_TOKEN, startHighLevelServer } from "../servers/highlevel.ts";
import type { HighLevelServer } from "../servers/highlevel.ts";
import { permit } from "./composer-steps.ts";
import { connectByKeys } from "./connect-steps.ts";
import { expect, expectNoAxeViolations, messages, syncStatus, test } from "./fixtures.ts";
import type { AppDriver } from "./app-driver.ts";
import { enter, expectFocus, tabTo, undo } from "./keys.ts";
import { scanForSecret } from "./secret-scan.ts";

const desk = (server: HighLevelServer) => ({
  label: "HighLevel",
  credentials: { "Access token": HIGHLEVEL_TOKEN, "Location ID": HIGHLEVEL_LOCATION },
  url: server.url,
  name: "HighLevel desk",
});

async function connectHighLevel(page: Page, server: HighLevelServer): Promise<void> {
  await connectByKeys(page, desk(server));
  await expect(syncStatus(page)).toContainText("Up to date");
}

const text = (page: Page) => page.getByRole("textbox", { name: "Message", exact: true });

/** Opens the newest thread, to write in it. */
async function openFirst(page: Page): Promise<void> {
  await tabTo(page, "option", /./);
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await expect(messages(page).first()).toBeVisible();
  await tabTo(page, "textbox", "Message");
}

/** The answer of the system's own dialog, which no test can press. */
async function chooseFiles(app: AppDriver, paths: readonly string[]): Promise<void> {
  await app.electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [...chosen] });
  }, paths);
}

const attached = (page: Page) => page.getByRole("list", { name: "Attached files" }).getByRole("listitem");

test("files are attached by keys, outlive a crash, go out without words and stand in the thread", async ({ app }) => {
  test.setTimeout(180_000);
  const folder = await mkdtemp(join(tmpdir(), "threadkeep-files-"));
  await using server = await startHighLevelServer({ now: Date.now, threads: 3, tie: 1 });
  const canary = "attachment-canary-7f3a91c2";
  try {
    await writeFile(join(folder, "photo.jpeg"), pngWith(canary, 20_000));
    await writeFile(join(folder, "film.txt"), Buffer.alloc(6 * 1024 * 1024, "x"));
    await writeFile(join(folder, "page.png"), "<html><script>alert(1)</script></html>");
    let page = await app.start();
    await connectHighLevel(page, server);
    await openFirst(page);
    await permit(page);
    await expect(text(page)).toBeFocused();
    await chooseFiles(app, [join(folder, "photo.jpeg"), join(folder, "film.txt"), join(folder, "page.png")]);
    await enter(page, "button", "Attach files");
    // What the bytes are counts, not what the name says.
    await expect(attached(page)).toHaveCount(1);
    await expect(attached(page).first()).toHaveAccessibleName(/^Picture: photo\.png, 20 KB/);
    const problems = page.getByRole("alert");
    await expect(problems.getByText(/^film\.txt was not attached: it is larger than 5 MB/)).toBeVisible();
    await expect(problems.getByText(/was not attached: files of its type are not taken/)).toBeVisible();
    await expectNoAxeViolations(page);
    await enter(page, "button", "Dismiss: film.txt", { within: problems, key: "Shift+Tab" });
    await expect(problems.getByText(/^film\.txt/)).toBeHidden();
    await expectFocus(page);
    // Drawn for the eye alone: its chip says what it is.
    const drawn = attached(page).locator("img");
    await expect.poll(() => drawn.evaluate((one) => (one as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);

    await app.kill();
    page = await app.start();
    await openFirst(page);
    await expect(attached(page)).toHaveCount(1);
    expect(server.uploads).toHaveLength(0);

    await enter(page, "button", "Remove photo.png", { key: "Shift+Tab" });
    await expect(attached(page)).toHaveCount(0);
    await expect(text(page)).toBeFocused();
    await undo(page);
    await expect(attached(page)).toHaveCount(1);

    await tabTo(page, "textbox", "Message");
    await page.keyboard.press("Enter");
    await expect(attached(page)).toHaveCount(0);
    await expect.poll(() => server.requests("send").length, { timeout: 30_000 }).toBe(1);
    const sent = messages(page).getByRole("button", { name: /^Open Picture you sent/ });
    await expect(sent).toHaveCount(1, { timeout: 30_000 });
    expect(server.uploads.map(({ fileName, bytes }) => [fileName, bytes.length])).toEqual([["photo.png", 20_000]]);
    const body = server.requests("send")[0]!.body as { message?: string; attachments: string[] };
    expect([body.message, body.attachments.length]).toEqual([undefined, 1]);
    await app.close();
    expect(await scanForSecret(app.dataDir, canary)).toEqual([]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("a dropped and a pasted file are attached; a provider without files has no button", async ({ app, server }) => {
  await using highLevel = await startHighLevelServer({ now: Date.now, threads: 2, tie: 1 });
  const page = await app.start();
  await connectHighLevel(page, highLevel);
  await openFirst(page);
  await expect(page.getByRole("button", { name: "Attach files" })).toBeVisible();
  for (const kind of ["paste", "drop"] as const) {
    await text(page).evaluate(
      (box, { how, bytes }) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(bytes)], `${how}.png`, { type: "image/png" }));
        const event =
          how === "paste"
            ? new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
            : new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
        box.dispatchEvent(event);
      },
      { how: kind, bytes: [...PNG] },
    );
    await expect(attached(page).getByRole("button", { name: `Remove ${kind}.png` })).toBeVisible();
  }
  await connectByKeys(page, {
    label: "AgentMessage",
    credentials: { "API key": server.apiKey },
    url: server.baseUrl,
    name: "Front desk",
  });
  await enter(page, "option", /Pelican 0 /);
  await expect(text(page)).toBeVisible();
  await expect(page.getByRole("button", { name: "Attach files" })).toHaveCount(0);
  await page.keyboard.press("Control+u");
  await expect(page.getByText("AgentMessage takes no files with a reply.")).toBeVisible();
});
