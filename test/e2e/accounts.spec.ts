/** Accounts: rename, a key that stops working and its replacement, disconnect with undo. */
import { connect, conversation, conversations, expect, expectNoAxeViolations, syncStatus, test } from "./fixtures.ts";
import { dismiss, enter, expectFocus, focusName, typeInto, undo } from "./keys.ts";
import { READABLE, lastTextOf } from "./world.ts";
import { scanForSecret } from "./secret-scan.ts";

test("an account is renamed in place and keeps its name over a restart", async ({ app, server }) => {
  const page = await app.start();
  await connect(page, server, "Front desk");
  await enter(page, "button", "Accounts");
  await enter(page, "button", "Rename Front desk");
  await expect(page.getByRole("textbox", { name: "Account name" })).toBeFocused();
  await page.keyboard.type("Nobody");
  await page.keyboard.press("Escape");
  await expect.poll(() => focusName(page)).toBe('button "Rename Front desk"');
  await page.keyboard.press("Enter");
  await page.keyboard.type("Reception");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Reception" })).toBeVisible();
  await expect.poll(() => focusName(page)).toBe('button "Rename Reception"');
  const again = await app.restart();
  await enter(again, "button", "Accounts");
  await expect(again.getByRole("heading", { name: "Reception" })).toBeVisible();
});

test("a revoked key pauses the account, keeps the cache readable, and is replaced without a new first sync", async ({
  app,
  server,
}) => {
  const page = await app.start();
  await connect(page, server, "Front desk");
  server.revokeKey();
  await enter(page, "button", "Sync now");
  await expect(syncStatus(page)).toContainText("Needs attention");
  await expect(conversation(page, lastTextOf(READABLE))).toBeVisible();

  server.setKey("am_live_a_new_key_0123456789");
  const before = server.requests("conversations").length;
  await enter(page, "button", /./, { within: syncStatus(page) });
  await enter(page, "button", "Open accounts", { within: page.getByRole("dialog", { name: "Sync details" }) });
  await expect(page.getByRole("heading", { name: "Accounts", level: 1 })).toBeVisible();
  await expectFocus(page);
  await expectNoAxeViolations(page);
  await enter(page, "button", "Replace key of Front desk");
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  await typeInto(page, "API key", "am_live_a_new_key_0123456789", { within: dialog });
  await enter(page, "button", "Replace key", { within: dialog });
  await expect(dialog).toBeHidden();
  await expect.poll(() => focusName(page)).toBe('button "Replace key of Front desk"');
  await enter(page, "button", /^All inboxes/);
  await expect(syncStatus(page)).toContainText("Up to date");
  // The key check and a page or two from the top: not the forty conversations from the beginning.
  expect(server.requests("conversations").length - before).toBeLessThan(5);
  await expect(conversations(page).getByRole("option").first()).toBeVisible();
});

test("disconnecting can be undone; done, it leaves neither texts nor the key", async ({ app, server }) => {
  const page = await app.start();
  await connect(page, server, "Front desk");
  await enter(page, "button", "Accounts");
  await enter(page, "button", "Disconnect Front desk");
  await undo(page);
  await expect(page.getByRole("heading", { name: "Front desk" })).toBeVisible();

  await enter(page, "button", "Disconnect Front desk");
  // Done at once where nobody waits for the undo to go.
  await dismiss(page, /being disconnected/);
  await expect(page.getByRole("button", { name: "Explore with sample data" })).toBeVisible();
  await app.close();
  expect(await scanForSecret(app.dataDir, server.apiKey)).toEqual([]);
  expect(await scanForSecret(app.dataDir, lastTextOf(READABLE))).toEqual([]);
  const again = await app.start();
  await expect(again.getByRole("button", { name: "Explore with sample data" })).toBeVisible();
});
