/** Narrow windows: three panes become two, two become one, and there is a way back by mouse and by keys. */
import { focusName } from "./keys.ts";
import { connect, conversation, conversations, expect, expectNoAxeViolations, messages, test } from "./fixtures.ts";
import { READABLE, lastTextOf } from "./world.ts";

test("list and thread share one pane in a narrow window; Escape and a button lead back to the list", async ({
  app,
  server,
}) => {
  const page = await app.start();
  await connect(page, server);
  const resize = (width: number) =>
    app.electron.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setContentSize(to, 600), width);
  const box = page.getByRole("textbox", { name: "Message" });

  await conversation(page, lastTextOf(READABLE)).click();
  await resize(900);
  await expect(conversations(page)).toBeVisible();
  await expect(box).toBeVisible();

  await resize(640);
  await expect(conversations(page)).toBeHidden();
  await expect(messages(page).last()).toBeInViewport();
  await expectNoAxeViolations(page);
  await box.press("Escape");
  await expect(conversations(page)).toBeVisible();
  await expect(box).toBeHidden();
  await expect.poll(() => focusName(page)).toMatch(/^(option|listbox)/);

  await page.keyboard.press("Enter");
  await expect(box).toBeVisible();
  // The focus went with what is seen: the next stop is in the thread, not in the hidden list.
  await expect.poll(() => focusName(page)).toMatch(/^region/);
  await page.keyboard.press("Tab");
  await expect.poll(() => focusName(page)).toBe('button "Back to the list"');
  await page.keyboard.press("Escape");
  await expect(conversations(page)).toBeVisible();

  await conversation(page, lastTextOf(READABLE)).click();
  await page.getByRole("button", { name: "Back to the list" }).click();
  await expect(conversations(page)).toBeVisible();

  await resize(1280);
  await expect(page.getByText("No conversation selected")).toBeVisible();
});

test("a window cannot be made smaller than its parts", async ({ app, server }) => {
  const page = await app.start();
  await connect(page, server);
  const [width, height] = await app.electron.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0]!;
    window.setSize(100, 100);
    return window.getMinimumSize();
  });
  expect([width, height]).toEqual([480, 400]);
  await expect.poll(() => page.evaluate(() => innerWidth >= 470)).toBe(true);
  await expect(page.getByRole("button", { name: "Settings", exact: true })).toBeAttached();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  expect(await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight)).toBe(true);
});
