/** Accounts: rename, a key that stops working and its replacement, disconnect with undo. */
import { connect, conversation, conversations, expect, expectNoAxeViolations, syncStatus, test } from "./fixtures.ts";
import { READABLE, lastTextOf } from "./world.ts";
import { scanForSecret } from "./secret-scan.ts";

test("an account is renamed in place and keeps its name over a restart", async ({ app, server }) => {
  const page = await app.start();
  await connect(page, server, "Front desk");
  await page.getByRole("button", { name: "Accounts" }).click();
  await page.getByRole("button", { name: "Rename Front desk" }).click();
  await page.getByRole("textbox", { name: "Account name" }).fill("Reception");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Reception" })).toBeVisible();
  const again = await app.restart();
  await again.getByRole("button", { name: "Accounts" }).click();
  await expect(again.getByRole("heading", { name: "Reception" })).toBeVisible();
});

test("a revoked key pauses the account, keeps the cache readable, and is replaced without a new first sync", async ({
  app,
  server,
}) => {
  const page = await app.start();
  await connect(page, server, "Front desk");
  server.revokeKey();
  await page.getByRole("button", { name: "Sync now" }).click();
  await expect(syncStatus(page)).toContainText("Needs attention");
  await expect(conversation(page, lastTextOf(READABLE))).toBeVisible();

  server.setKey("am_live_a_new_key_0123456789");
  const before = server.requests("conversations").length;
  await page.getByRole("button", { name: "Accounts" }).click();
  await expectNoAxeViolations(page);
  await page.getByRole("button", { name: "Replace key of Front desk" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "API key", exact: true }).fill("am_live_a_new_key_0123456789");
  await dialog.getByRole("button", { name: "Replace key" }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole("button", { name: "All inboxes" }).click();
  await expect(syncStatus(page)).toContainText("Up to date");
  // The key check and a page or two from the top: not the forty conversations from the beginning.
  expect(server.requests("conversations").length - before).toBeLessThan(5);
  await expect(conversations(page).getByRole("option").first()).toBeVisible();
});

test("disconnecting can be undone; done, it leaves neither texts nor the key", async ({ app, server }) => {
  const page = await app.start();
  await connect(page, server, "Front desk");
  await page.getByRole("button", { name: "Accounts" }).click();
  await page.getByRole("button", { name: "Disconnect Front desk" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("heading", { name: "Front desk" })).toBeVisible();

  await page.getByRole("button", { name: "Disconnect Front desk" }).click();
  // Done at once where nobody waits for the undo to go.
  await page
    .getByRole("alertdialog", { name: /being disconnected/ })
    .getByRole("button", { name: "Close" })
    .click();
  await expect(page.getByRole("button", { name: "Explore with sample data" })).toBeVisible();
  await app.close();
  expect(await scanForSecret(app.dataDir, server.apiKey)).toEqual([]);
  expect(await scanForSecret(app.dataDir, lastTextOf(READABLE))).toEqual([]);
  const again = await app.start();
  await expect(again.getByRole("button", { name: "Explore with sample data" })).toBeVisible();
});
