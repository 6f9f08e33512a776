/** A draft is there as typed: after a power cut while the caret is in the box, and after quitting in the middle of a word. */
import { connect, conversation, expect, test } from "./fixtures.ts";
import { enter } from "./keys.ts";
import { LONG, READABLE, lastTextOf } from "./world.ts";

test("what was typed survives a power cut with the caret still in the box, and a quit at once", async ({
  app,
  server,
}) => {
  const page = await app.start();
  await connect(page, server);
  await enter(page, "option", new RegExp(lastTextOf(READABLE)));
  await page.keyboard.press("r");
  const box = page.getByRole("textbox", { name: "Message", exact: true });
  await expect(box).toBeFocused();
  await page.keyboard.type("Half a thought");
  // Stored by the pause alone: the row tells, and the box was never left.
  await expect(conversation(page, /Draft: Half a thought/)).toBeVisible();
  await expect(box).toBeFocused();
  await app.kill();

  const again = await app.start();
  await conversation(again, /Draft: Half a thought/).waitFor();
  await enter(again, "option", /Draft: Half a thought/);
  const second = again.getByRole("textbox", { name: "Message", exact: true });
  await expect(second).toHaveValue("Half a thought");
  await enter(again, "option", new RegExp(lastTextOf(LONG)), { key: "Shift+Tab" });
  await again.keyboard.press("r");
  await expect(second).toBeFocused();
  await again.keyboard.type("Cut off in the mid");
  // No pause, no other control: the window goes with the last letter.
  await app.close();

  const third = await app.start();
  await conversation(third, /Draft: Cut off in the mid/).waitFor();
  await enter(third, "option", /Draft: Cut off in the mid/);
  await expect(third.getByRole("textbox", { name: "Message", exact: true })).toHaveValue("Cut off in the mid");
  await enter(third, "option", /Draft: Half a thought/, { key: "Shift+Tab" });
  await expect(third.getByRole("textbox", { name: "Message", exact: true })).toHaveValue("Half a thought");
});
