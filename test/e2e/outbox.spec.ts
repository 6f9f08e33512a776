/** The outbox view: what could not go is found there, and is taken back or given up on purpose. */
import { connect, expect, expectNoAxeViolations, test } from "./fixtures.ts";
import { enter, focusName, typeInto, undo } from "./keys.ts";
import { READABLE, lastTextOf } from "./world.ts";

const REPLY = "The curlew is ready at four.";

test("a refused reply stands in the outbox, can be discarded and taken back, and edited", async ({ app, server }) => {
  const page = await app.start();
  await connect(page, server);
  server.fault("send", { kind: "status", status: 453, code: "CONSENT_REQUIRED" });
  await enter(page, "option", new RegExp(lastTextOf(READABLE)));
  await typeInto(page, "Message", REPLY);
  await enter(page, "button", "Send");
  await expect.poll(() => focusName(page)).toBe('textbox "Message"');

  await page.getByRole("button", { name: /^Outbox, 1/ }).waitFor();
  await enter(page, "button", /^Outbox, 1/);
  const outbox = page.getByRole("main", { name: "Outbox" });
  await expect(outbox.getByText(REPLY)).toBeVisible();
  await expectNoAxeViolations(page);

  await enter(page, "button", /^Discard/, { within: outbox });
  await expect(outbox.getByText(REPLY)).toBeHidden();
  await undo(page);
  await expect(outbox.getByText(REPLY)).toBeVisible();

  await enter(page, "button", /^Edit/, { within: outbox });
  await expect(page.getByRole("textbox", { name: "Message", exact: true })).toHaveValue(REPLY);
  await expect(page.getByRole("textbox", { name: "Message", exact: true })).toBeFocused();
  await expect(page.getByRole("button", { name: /^Outbox/ })).toBeHidden();
  expect(server.sends).toEqual([]);
});
