/** The sample inbox: an ordinary account against the embedded server, so a person can look around. */
import { conversations, expect, expectNoAxeViolations, messages, syncStatus, test } from "./fixtures.ts";
import { enter } from "./keys.ts";

test("the sample inbox fills, reads and survives a restart", async ({ app }) => {
  const page = await app.start();
  await enter(page, "button", "Explore with sample data");
  const rows = conversations(page).getByRole("option");
  await expect(rows.first()).toBeVisible();
  await expect(syncStatus(page)).toContainText("Up to date", { timeout: 20_000 });
  const size = async () => Number(await rows.first().getAttribute("aria-setsize"));
  await expect.poll(size).toBeGreaterThanOrEqual(60);
  await enter(page, "option", /./);
  await expect(messages(page).first()).toBeVisible();
  await expectNoAxeViolations(page);

  const again = await app.restart();
  await expect(conversations(again).getByRole("option").first()).toBeVisible();
  await expect(syncStatus(again)).toContainText("Up to date", { timeout: 20_000 });
});
