/** "Sync & storage" in the real app: numbers that are true, a typed window, a rebuild that keeps a person's words. */
import { connect, expect, expectNoAxeViolations, syncStatus, test } from "./fixtures.ts";
import { dismiss, enter, focusName, reach, typeInto, undo } from "./keys.ts";

test("an account is rebuilt, and its draft is there again", async ({ app, server }) => {
  server.fault("conversations", { kind: "bad-item", at: 5 });
  const page = await app.start();
  await connect(page, server, "Front desk");
  await enter(page, "option", /Pelican 0/);
  await typeInto(page, "Message", "half a sentence");

  await enter(page, "button", /./, { within: syncStatus(page) });
  const details = page.getByRole("dialog", { name: "Sync details" });
  await details.waitFor();
  await enter(page, "button", "Sync & storage", { within: details });
  await expect(page.getByRole("heading", { name: "Sync & storage" })).toBeVisible();
  const card = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "Front desk" }) });
  await expect(card).toContainText(/Threads held completely/);
  await expect(page.getByText(/on disk: database/)).toBeVisible();
  await expectNoAxeViolations(page);

  const table = card.getByRole("table", { name: "Records of Front desk that could not be read" });
  await expect(table).toBeHidden();
  await reach(page, card.getByText(/^1 record could not be read/), "the records that could not be read");
  await page.keyboard.press("Enter");
  await expect(table.getByRole("row")).toHaveCount(2);
  await expectNoAxeViolations(page);
  server.clearFaults();

  await typeInto(page, "Remove texts after (days)", "soon", { within: card });
  await page.keyboard.press("Enter");
  await expect(card.getByRole("alert")).toBeFocused();
  const saveWindow = async () => {
    await typeInto(page, "Remove texts after (days)", "3000", { within: card });
    await enter(page, "button", "Save window", { within: card });
    await expect(card).toContainText("Texts are removed after 3,000 days, as typed here.");
    await expect.poll(() => focusName(page)).toBe('button "Save window"');
  };
  await saveWindow();
  await enter(page, "button", "Forget typed window", { within: card });
  await expect(card).not.toContainText("as typed here");
  await expect.poll(() => focusName(page)).toBe('button "Save window"');
  await expect(card.getByRole("textbox", { name: "Remove texts after (days)" })).toBeEmpty();
  await saveWindow();

  const before = server.requests("conversations").length;
  await enter(page, "button", "Re-check now: Front desk");
  await expect.poll(() => server.requests("conversations").length).toBeGreaterThan(before);

  await enter(page, "button", "Rebuild Front desk");
  await undo(page);
  await expect(card.getByRole("button", { name: "Rebuild Front desk" })).toBeEnabled();
  await enter(page, "button", "Rebuild Front desk");
  await dismiss(page, /being forgotten/);
  await expect(card).toContainText("as typed here");
  await expect(syncStatus(page)).toContainText("Up to date");
  await enter(page, "button", /^All inboxes/);
  await enter(page, "option", /half a sentence/);
  await expect(page.getByRole("textbox", { name: "Message" })).toHaveValue("half a sentence");
});
