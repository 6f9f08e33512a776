/** Forgetting, as a person sees it: a text removed at the provider goes from list, thread and search while the app runs. */
import { connect, conversation, expect, messages, test } from "./fixtures.ts";
import { READABLE, lastTextOf, messagesOf, textOf } from "./world.ts";

test("a text removed at the provider goes from list, thread and search", async ({ app, server }) => {
  const page = await app.start();
  await connect(page, server);
  const text = lastTextOf(READABLE);
  await conversation(page, text).click();
  await expect(messages(page).last()).toHaveAccessibleName(new RegExp(text));

  server.redactMessage(READABLE, messagesOf(READABLE) - 1);
  server.redactMessage(READABLE, 0);
  await page.getByRole("button", { name: "Sync now" }).click();

  await expect(messages(page).last()).toContainText(/^Redacted/);
  await expect(messages(page).first()).toContainText(/^Redacted/);
  await expect(page.getByText(text)).toHaveCount(0);
  // What the provider still has came back after the re-check.
  await expect(messages(page).nth(1)).toContainText(textOf(READABLE, 1));

  await page.getByRole("searchbox", { name: "Search" }).fill("Pelican 0 says");
  const results = page.getByRole("listbox", { name: "Search results" }).getByRole("option");
  await expect(results.first()).toBeVisible();
  const names = await results.allInnerTexts();
  expect(names.join("\n")).not.toContain(text);
  expect(names.join("\n")).not.toContain(textOf(READABLE, 0));
});

test("a text that was announced and quoted leaves the announcement and the box, and the draft for good", async ({
  app,
  server,
}) => {
  const page = await app.start();
  await connect(page, server);
  await conversation(page, lastTextOf(READABLE)).click();
  await expect(messages(page)).toHaveCount(messagesOf(READABLE));

  const text = "Pelican will be there at nine with two guests.";
  server.receive(READABLE, text);
  await page.getByRole("button", { name: "Sync now" }).click();
  await expect(page.getByText(new RegExp(`^New message from .*: ${text}$`))).toBeAttached();
  const box = page.getByRole("textbox", { name: "Message", exact: true });
  await box.fill(`${text} Noted`);

  server.redactMessage(READABLE, messagesOf(READABLE));
  await page.getByRole("button", { name: "Sync now" }).click();
  await expect(messages(page).last()).toContainText(/^Redacted/);
  await expect(box).toHaveValue("Noted");
  // The list is told a moment after the thread.
  await expect.poll(() => page.content()).not.toContain(text);

  await box.press("End");
  await box.press("!");
  await box.blur();
  const again = await app.restart();
  await conversation(again, "Draft: Noted!").click();
  await expect(again.getByRole("textbox", { name: "Message", exact: true })).toHaveValue("Noted!");
});
