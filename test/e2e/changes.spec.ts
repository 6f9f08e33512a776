/** A message that changes at the provider without moving its thread: known here before anybody opens the thread. */
import { HIGHLEVEL_LOCATION, HIGHLEVEL_TOKEN, startHighLevelServer } from "../servers/highlevel.ts";
import { conversation, conversations, expect, messages, syncNow, syncStatus, test } from "./fixtures.ts";

test("a reply that fails later at HighLevel is shown as failed, though its thread did not move", async ({ app }) => {
  await using server = await startHighLevelServer({ now: () => Date.now(), threads: 3, tie: 1 });
  const page = await app.start();
  await page.getByRole("button", { name: "Connect an account" }).first().click();
  const form = page.getByRole("dialog", { name: "Connect an account" });
  await form.getByRole("combobox", { name: "Provider" }).selectOption({ label: "HighLevel" });
  await form.getByRole("textbox", { name: "Access token", exact: true }).fill(HIGHLEVEL_TOKEN);
  await form.getByRole("textbox", { name: "Location ID", exact: true }).fill(HIGHLEVEL_LOCATION);
  await form.getByRole("textbox", { name: "API base URL" }).fill(server.url);
  await form.getByRole("button", { name: "Connect", exact: true }).click();
  await expect(form).toBeHidden();
  await expect(conversations(page).getByRole("option")).toHaveCount(3);
  await expect(syncStatus(page)).toContainText("Up to date", { timeout: 30_000 });

  const thread = server.world.threads[2]!;
  const reply = thread.messages.findLast(({ direction }) => direction === "outbound")!;
  server.world.setStatus(reply, "failed");
  const before = server.requests("export").length;
  await syncNow(page);
  await expect.poll(() => server.requests("export").length).toBeGreaterThan(before);
  // From here on no thread can be read: what is shown came before.
  server.refuse("thread", 503);
  await conversation(page, new RegExp(server.world.lastOf(thread).text)).click();
  await expect(messages(page).filter({ hasText: reply.text })).toContainText("Not delivered");
});
