/**
 * Secrets after everything that can go wrong: not in a page's memory, not in a file, not in a log, not in a dump.
 *
 * A window that crashes comes back; the app that crashes starts again with what it had.
 */
import { connect, conversation, expect, messages, test } from "./fixtures.ts";
import { countInHeap } from "./heap.ts";
import { listFiles, scanForSecret } from "./secret-scan.ts";
import { READABLE, lastTextOf, textOf } from "./world.ts";

test("the key is not in the memory of the window, neither after connecting nor after a reload", async ({
  app,
  server,
}) => {
  test.setTimeout(90_000); // it writes down the window's memory four times
  const page = await app.start();
  await connect(page, server);
  expect(await countInHeap(app, server.apiKey)).toBe(0);
  await page.reload();
  await expect(conversation(page, lastTextOf(READABLE))).toBeVisible();
  expect(await countInHeap(app, server.apiKey)).toBe(0);
  // What the window does show is found, and so is a planted key.
  expect(await countInHeap(app, lastTextOf(READABLE))).toBeGreaterThan(0);
  await page.evaluate((pieces) => Object.assign(globalThis, { leak: { key: pieces.join("") } }), [...server.apiKey]);
  expect(await countInHeap(app, server.apiKey)).toBeGreaterThan(0);
});

test("a crash of the window and of the app leaves no key and no text in any file, and costs nothing", async ({
  app,
  server,
}) => {
  const page = await app.start();
  await connect(page, server);
  await conversation(page, lastTextOf(READABLE)).click();
  await expect(messages(page).first()).toBeVisible();
  await page.getByRole("textbox", { name: "Message" }).fill("An unfinished albatross of a draft");
  await page.getByRole("button", { name: "Settings" }).first().click();
  await expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();
  const secrets = [server.apiKey, textOf(READABLE, 0), lastTextOf(READABLE), "An unfinished albatross of a draft"];
  const nothingFound = async () => {
    for (const secret of secrets) expect(await scanForSecret(app.dataDir, secret)).toEqual([]);
  };

  const reloaded = app.electron.evaluate(({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]!;
    const loaded = new Promise<void>((resolve) => webContents.once("did-finish-load", () => resolve()));
    webContents.forcefullyCrashRenderer();
    return loaded;
  });
  await reloaded;
  const shown = () =>
    app.electron.evaluate(
      ({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]!.webContents.executeJavaScript(
          "document.querySelectorAll('[role=option]').length",
        ) as Promise<number>,
    );
  await expect.poll(shown).toBeGreaterThan(3);
  expect(app.output).toContain("window crashed");
  await nothingFound();

  await app.crash();
  await nothingFound();
  const files = await listFiles(app.dataDir);
  expect(files.some((file) => file.endsWith("threadkeep.log"))).toBe(true);
  for (const secret of secrets) expect(app.output).not.toContain(secret);

  const again = await app.start();
  await conversation(again, /albatross|Pelican 0 /)
    .first()
    .click();
  await expect(again.getByRole("textbox", { name: "Message" })).toHaveValue("An unfinished albatross of a draft");
});
