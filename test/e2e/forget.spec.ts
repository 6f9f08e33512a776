/** Forgetting, as a person sees it: a text removed at the provider goes from list, thread and search while the app runs. */
import { connect, expect, messages, test } from "./fixtures.ts";
import { command, enter, tabTo, typeInto } from "./keys.ts";
import { READABLE, lastTextOf, messagesOf, textOf } from "./world.ts";

test("a text removed at the provider goes from list, thread and search", async ({ app, server }) => {
  const page = await app.start();
  await connect(page, server);
  const text = lastTextOf(READABLE);
  await enter(page, "option", new RegExp(text));
  await expect(messages(page).last()).toHaveAccessibleName(new RegExp(text));

  server.redactMessage(READABLE, messagesOf(READABLE) - 1);
  server.redactMessage(READABLE, 0);
  await command(page, "sync now");

  await expect(messages(page).last()).toContainText(/^Redacted/);
  await expect(messages(page).first()).toContainText(/^Redacted/);
  await expect(page.getByText(text)).toHaveCount(0);
  // What the provider still has came back after the re-check.
  await expect(messages(page).nth(1)).toContainText(textOf(READABLE, 1));

  await page.keyboard.press("Escape");
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox", { name: "Search" })).toBeFocused();
  await page.keyboard.type('"Pelican 0 says"');
  const results = page.getByRole("listbox", { name: "Search results" }).getByRole("option");
  // All of the thread but the two.
  await expect(results).toHaveCount(messagesOf(READABLE) - 2);
  await expect(results.filter({ hasText: text })).toHaveCount(0);
  await expect(results.filter({ hasText: textOf(READABLE, 0) })).toHaveCount(0);
});

test("a text that was announced and quoted leaves the announcement and the box, and the draft for good", async ({
  app,
  server,
}) => {
  const page = await app.start();
  await connect(page, server);
  await enter(page, "option", new RegExp(lastTextOf(READABLE)));
  await expect(messages(page)).toHaveCount(messagesOf(READABLE));

  const text = "Pelican will be there at nine with two guests.";
  server.receive(READABLE, text);
  await command(page, "sync now");
  await expect(page.getByText(new RegExp(`^New message from .*: ${text}$`))).toBeAttached();
  const box = page.getByRole("textbox", { name: "Message", exact: true });
  await typeInto(page, "Message", `${text} Noted`);

  server.redactMessage(READABLE, messagesOf(READABLE));
  await command(page, "sync now");
  await expect(messages(page).last()).toContainText(/^Redacted/);
  await expect(box).toHaveValue("Noted");
  // The list is told a moment after the thread.
  await expect.poll(() => page.content()).not.toContain(text);

  await tabTo(page, "textbox", "Message");
  await page.keyboard.press("End");
  await page.keyboard.type("!");
  await page.keyboard.press("Escape");
  const again = await app.restart();
  await enter(again, "option", /Draft: Noted!/);
  await expect(again.getByRole("textbox", { name: "Message", exact: true })).toHaveValue("Noted!");
});
