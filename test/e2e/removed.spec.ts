/** The other ways in which a text is not there, each told apart: typed as such, never fetched, removed here on time with no network. */
import type { Page } from "playwright/test";
import { connect, conversation, expect, expectNoAxeViolations, messages, test } from "./fixtures.ts";
import { command, enter, typeInto } from "./keys.ts";
import { READABLE, lastTextOf, messagesOf } from "./world.ts";

const DAY_MS = 86_400_000;
const TYPED = 6;

const article = (page: Page, text: string | RegExp) => messages(page).filter({ hasText: text });

test("a typed “[redacted]” is a text, a thread put off says so, and a window that ends takes the texts without a network", async ({
  app,
  server,
}) => {
  const page = await app.start();
  await connect(page, server);

  // Only the provider's mark means removed: a customer may write the word.
  server.receive(TYPED, "[redacted]");
  await command(page, "sync now");
  await conversation(page, /\[redacted\]/).waitFor();
  await enter(page, "option", /\[redacted\]/);
  await expect(messages(page).last()).toHaveAccessibleName(/\[redacted\]/);
  await expect(article(page, /^Redacted/)).toHaveCount(0);

  // In the list, but nothing of its thread could be read yet.
  server.fault("thread", { kind: "status", status: 503 });
  server.addConversation({ text: "Nobody has read this." });
  await command(page, "sync now");
  await conversation(page, /Nobody has read this/).waitFor();
  await enter(page, "option", /Nobody has read this/);
  await expect(page.getByText("Downloading older messages…")).toBeVisible();
  await expect(messages(page)).toHaveCount(0);
  await expectNoAxeViolations(page);

  await enter(page, "option", new RegExp(lastTextOf(READABLE)));
  await expect(messages(page)).toHaveCount(messagesOf(READABLE));
  await server.stop();
  await app.electron.evaluate((_electron, aheadMs) => {
    const real = Date.now;
    Date.now = () => real() + aheadMs;
  }, 30 * DAY_MS);
  await enter(page, "button", "Sync & storage");
  const card = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "Front desk" }) });
  await typeInto(page, "Remove texts after (days)", "7", { within: card });
  await enter(page, "button", "Save window", { within: card });
  await expect(card).toContainText("Texts are removed after 7 days, as typed here.");
  await page.keyboard.press("Escape");
  await enter(page, "button", /^All inboxes/);
  await expect(messages(page)).toHaveCount(messagesOf(READABLE));
  await expect(messages(page).first()).toContainText(
    /^Redacted: removed on this device on .*, when the retention window ended/,
  );
  await expect(page.getByText(/Pelican \d+ says/)).toHaveCount(0);
  await expect(page.getByText(/removed by your provider/)).toHaveCount(0);
  await expectNoAxeViolations(page);
});
