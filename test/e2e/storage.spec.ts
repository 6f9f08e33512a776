/** "Sync & storage" in the real app: numbers that are true, a typed window, a rebuild that keeps a person's words. */
import { connect, expect, expectNoAxeViolations, syncStatus, test } from "./fixtures.ts";

test("an account is rebuilt, and its draft is there again", async ({ app, server }) => {
  const page = await app.start();
  await connect(page, server, "Front desk");
  await page.getByRole("listbox", { name: "Conversations" }).getByRole("option").first().click();
  await page.getByRole("textbox", { name: "Message" }).fill("half a sentence");
  await page.getByRole("searchbox", { name: "Search" }).focus();

  await syncStatus(page).getByRole("button").click();
  await page.getByRole("dialog", { name: "Sync details" }).getByRole("button", { name: "Sync & storage" }).click();
  await expect(page.getByRole("heading", { name: "Sync & storage" })).toBeVisible();
  const card = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "Front desk" }) });
  await expect(card).toContainText(/Threads held completely/);
  await expect(page.getByText(/on disk: database/)).toBeVisible();
  await expectNoAxeViolations(page);

  await card.getByRole("textbox", { name: "Remove texts after (days)" }).fill("3000");
  await card.getByRole("button", { name: "Save window" }).click();
  await expect(card).toContainText("Texts are removed after 3,000 days, as typed here.");

  const before = server.requests("conversations").length;
  await card.getByRole("button", { name: "Re-check now: Front desk" }).click();
  await expect.poll(() => server.requests("conversations").length).toBeGreaterThan(before);

  await card.getByRole("button", { name: "Rebuild Front desk" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(card.getByRole("button", { name: "Rebuild Front desk" })).toBeEnabled();
  await card.getByRole("button", { name: "Rebuild Front desk" }).click();
  await page
    .getByRole("alertdialog", { name: /being forgotten/ })
    .getByRole("button", { name: "Close" })
    .click();
  await expect(card).toContainText("as typed here");
  await expect(syncStatus(page)).toContainText("Up to date");
  await page.getByRole("button", { name: "All inboxes" }).click();
  await page
    .getByRole("listbox", { name: "Conversations" })
    .getByRole("option", { name: /half a sentence/ })
    .click();
  await expect(page.getByRole("textbox", { name: "Message" })).toHaveValue("half a sentence");
});
