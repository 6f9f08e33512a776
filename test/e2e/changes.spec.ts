/** A message that changes at the provider without moving its thread: known here before anybody opens the thread. */
import { HIGHLEVEL_LOCATION, HIGHLEVEL_TOKEN, startHighLevelServer } from "../servers/highlevel.ts";
import { connectByKeys } from "./connect-steps.ts";
import { conversations, expect, messages, syncNow, syncStatus, test } from "./fixtures.ts";
import { enter } from "./keys.ts";

test("a reply that fails later at HighLevel is shown as failed, though its thread did not move", async ({ app }) => {
  await using server = await startHighLevelServer({ now: () => Date.now(), threads: 3, tie: 1 });
  const page = await app.start();
  await connectByKeys(page, {
    label: "HighLevel",
    credentials: { "Access token": HIGHLEVEL_TOKEN, "Location ID": HIGHLEVEL_LOCATION },
    url: server.url,
    name: "HighLevel desk",
  });
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
  await enter(page, "option", new RegExp(server.world.lastOf(thread).text));
  await expect(messages(page).filter({ hasText: reply.text })).toContainText("Not delivered");
});
