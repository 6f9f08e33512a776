/** Offline: what was synced is readable after a restart, with no server anywhere. */
import {
  connect,
  conversation,
  conversations,
  expect,
  expectNoAxeViolations,
  messages,
  syncStatus,
  test,
} from "./fixtures.ts";
import { enter } from "./keys.ts";
import { CONVERSATIONS, READABLE, lastTextOf, messagesOf, textOf } from "./world.ts";

test("everything is still there after the server is gone and the app restarted", async ({ app, server }) => {
  const page = await app.start();
  await connect(page, server);
  // Threads are fetched in the background, newest first: the oldest one arrives last.
  const threadsRead = () => new Set(server.requests("thread").map(({ path }) => path)).size;
  await expect.poll(threadsRead, { timeout: 20_000 }).toBe(CONVERSATIONS);
  await server.stop();

  const again = await app.restart();
  await expect(conversation(again, lastTextOf(READABLE))).toBeVisible();
  await expect(syncStatus(again)).not.toContainText("Up to date");
  const row = conversations(again).getByRole("option").first();
  await expect(row).toHaveAttribute("aria-setsize", String(CONVERSATIONS));

  // Threads that were never opened while there was a server.
  for (const index of [READABLE, 5, 9]) {
    await enter(again, "option", new RegExp(lastTextOf(index)), { key: "Shift+Tab" });
    await expect(messages(again)).toHaveCount(messagesOf(index));
    await expect(messages(again).first()).toHaveAccessibleName(new RegExp(textOf(index, 0)));
  }
  await expectNoAxeViolations(again);
});
