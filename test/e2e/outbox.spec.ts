/** The outbox view: what could not go is found there, and is taken back or given up on purpose. */
import { connect, conversation, expect, expectNoAxeViolations, test } from "./fixtures.ts";
import { READABLE, lastTextOf } from "./world.ts";

const REPLY = "The curlew is ready at four.";

test("a refused reply stands in the outbox, can be discarded and taken back, and edited", async ({ app, server }) => {
  const page = await app.start();
  await connect(page, server);
  server.fault("send", { kind: "status", status: 453, code: "CONSENT_REQUIRED" });
  await conversation(page, lastTextOf(READABLE)).click();
  await page.getByRole("textbox", { name: "Message", exact: true }).fill(REPLY);
  await page.getByRole("button", { name: "Send", exact: true }).click();

  await page.getByRole("button", { name: /^Outbox, 1/ }).click();
  const outbox = page.getByRole("main", { name: "Outbox" });
  await expect(outbox.getByText(REPLY)).toBeVisible();
  await expectNoAxeViolations(page);

  await outbox.getByRole("button", { name: /^Discard/ }).click();
  await expect(outbox.getByText(REPLY)).toBeHidden();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(outbox.getByText(REPLY)).toBeVisible();

  await outbox.getByRole("button", { name: /^Edit/ }).click();
  await expect(page.getByRole("textbox", { name: "Message", exact: true })).toHaveValue(REPLY);
  await expect(page.getByRole("button", { name: /^Outbox/ })).toBeHidden();
  expect(server.sends).toEqual([]);
});
