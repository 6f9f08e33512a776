/** WhatsApp's 24 hours as a person meets them: shut with a word on what to do, and open again with the next message. */
import { VOBIZ_ID, VOBIZ_TOKEN, startVobizServer } from "../servers/vobiz.ts";
import { connectByKeys } from "./connect-steps.ts";
import { expect, expectNoAxeViolations, messages, test } from "./fixtures.ts";
import { command, tabTo } from "./keys.ts";

const HOUR_MS = 3_600_000;

test("a shut reply window says so and opens with the contact's next message", async ({ app }) => {
  // The contacts wrote more than a day ago.
  let agoMs = 25 * HOUR_MS;
  await using server = await startVobizServer({ now: () => Date.now() - agoMs, threads: 2, tie: 1 });
  agoMs = 0;
  const page = await app.start();
  await connectByKeys(page, {
    label: "Vobiz",
    credentials: { "Auth ID": VOBIZ_ID, "Auth token": VOBIZ_TOKEN },
    url: `${server.url}/v1/messaging`,
    name: "WhatsApp desk",
  });

  await tabTo(page, "option", /./);
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await expect(messages(page).first()).toBeVisible();
  await expect(page.getByText(/WhatsApp takes free text only within 24 hours/)).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Message", exact: true })).toBeDisabled();
  await expect(page.getByRole("button", { name: "Send", exact: true })).toBeDisabled();
  await expectNoAxeViolations(page);

  server.world.append(0, "inbound", "Are you still there?");
  await command(page, "sync now");
  await expect(messages(page).last()).toContainText("Are you still there?", { timeout: 40_000 });
  await expect(page.getByText(/WhatsApp: you can answer for 2[34] hours more/)).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Message", exact: true })).toBeEnabled();
  expect(server.requests("send")).toHaveLength(0);
});
