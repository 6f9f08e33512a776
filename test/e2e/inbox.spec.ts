/** Reading: the list, a thread, what was removed and why, and what consent allows. */
import { connect, conversations, expect, expectNoAxeViolations, messages, test } from "./fixtures.ts";
import { enter } from "./keys.ts";
import { LONG, OPTED_OUT, READABLE, REDACTED, lastTextOf, messagesOf, textOf } from "./world.ts";

test("a thread reads from its first to its last message", async ({ app, server }) => {
  const page = await app.start();
  await connect(page, server);
  await expect(conversations(page).getByRole("option").first()).toHaveAccessibleName(new RegExp(lastTextOf(READABLE)));
  await enter(page, "option", new RegExp(lastTextOf(READABLE)));
  await expect(messages(page)).toHaveCount(messagesOf(READABLE));
  for (let message = 0; message < messagesOf(READABLE); message += 1) {
    await expect(messages(page).nth(message)).toHaveAccessibleName(new RegExp(textOf(READABLE, message)));
  }
  await expectNoAxeViolations(page);
});

test("a long thread opens at its newest message", async ({ app, server }) => {
  const page = await app.start();
  await connect(page, server);
  await enter(page, "option", new RegExp(lastTextOf(LONG)));
  await expect(messages(page).filter({ hasText: lastTextOf(LONG) })).toBeInViewport();
});

test("a removed text says that it was removed, by whom and when", async ({ app, server }) => {
  const page = await app.start();
  await connect(page, server);
  const row = conversations(page).getByRole("option").nth(REDACTED);
  await expect(row).toHaveAccessibleName(/removed|redacted/i);
  await enter(page, "option", /removed|redacted/i);
  await expect(messages(page)).toHaveCount(messagesOf(REDACTED));
  await expect(messages(page).first()).toContainText(/^Redacted.*\d{4}/s);
  await expect(messages(page).first()).toContainText(/provider/);
  await expect(page.getByText("[redacted]")).toHaveCount(0);
  await expectNoAxeViolations(page);
});

test("somebody who opted out cannot be messaged", async ({ app, server }) => {
  const page = await app.start();
  await connect(page, server);
  await enter(page, "option", new RegExp(lastTextOf(OPTED_OUT)));
  await expect(messages(page).first()).toBeVisible();
  await expect(page.getByText(/opted out/i).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Send", exact: true })).toBeDisabled();
  await expectNoAxeViolations(page);
});

test("the list and a thread work from the keyboard alone", async ({ app, server }) => {
  const page = await app.start();
  await connect(page, server);
  await enter(page, "option", new RegExp(lastTextOf(OPTED_OUT)));
  await expect(messages(page).filter({ hasText: lastTextOf(OPTED_OUT) })).toBeVisible();
});

test("the accounts screen has no accessibility fault", async ({ app, server }) => {
  const page = await app.start();
  await connect(page, server);
  await enter(page, "button", "Accounts");
  await expect(page.getByText("Front desk").first()).toBeVisible();
  await expectNoAxeViolations(page);
});
