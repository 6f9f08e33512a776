/** Working through the inbox with the keyboard alone: views, done, snooze, unread, pin, many at once, taking back. */
import type { Page } from "playwright/test";
import { connect, conversation, conversations, expect, expectNoAxeViolations, messages, test } from "./fixtures.ts";
import { choose, command, enter, expectFocus, focusName, openPicker, pressTwo, tabTo, tick, typeInto } from "./keys.ts";
import { CONVERSATIONS, LONG, READABLE, lastTextOf } from "./world.ts";

const rows = (page: Page) => conversations(page).getByRole("option");
const toast = (page: Page, text: string | RegExp) =>
  page.getByRole("region", { name: "Notifications" }).getByText(text, { exact: typeof text === "string" });
const heading = (page: Page, name: RegExp) => page.getByRole("heading", { level: 2, name });

/** The first row, named so that what follows does not depend on the order. */
async function focusList(page: Page): Promise<void> {
  await tabTo(page, "option", /Pelican/);
}

test("a conversation is done, taken back, and comes back when the customer writes", async ({ app, server }) => {
  const page = await app.start();
  await connect(page, server);
  await focusList(page);
  await page.keyboard.press("e");
  await expect(toast(page, "Marked done")).toBeVisible();
  await expect(conversation(page, lastTextOf(READABLE))).toHaveCount(0);
  await expect(rows(page).first()).toBeFocused();
  await page.keyboard.press("z");
  await expect(conversation(page, lastTextOf(READABLE))).toBeVisible();

  await tabTo(page, "option", new RegExp(lastTextOf(READABLE)));
  await page.keyboard.press("e");
  await pressTwo(page, "gd");
  await expect(heading(page, /^Done/)).toBeVisible();
  await expect(rows(page)).toHaveCount(1);
  await expect(conversation(page, lastTextOf(READABLE))).toBeVisible();
  await expectNoAxeViolations(page);

  server.receive(READABLE, "Pelican has one more question.");
  await command(page, "sync now");
  await expect(page.getByText("Nothing done yet")).toBeVisible();
  await pressTwo(page, "gn");
  await expect(conversation(page, "Pelican has one more question.")).toBeVisible();
});

test("snoozing until they reply, until tomorrow, and a moment of one's own", async ({ app, server }) => {
  const page = await app.start();
  await connect(page, server);
  await focusList(page);
  await openPicker(page, "s");
  const dialog = page.getByRole("dialog", { name: "Snooze" });
  await expect(dialog.getByRole("option", { name: /^Tomorrow/ })).toBeVisible();
  await expectNoAxeViolations(page);
  await page.keyboard.type("reply");
  await page.keyboard.press("Enter");
  await expect(toast(page, "Snoozed until they reply")).toBeVisible();
  await expect(conversation(page, lastTextOf(READABLE))).toHaveCount(0);

  await focusList(page);
  await openPicker(page, "s");
  await page.keyboard.type("pick");
  await page.keyboard.press("Enter");
  const pick = page.getByRole("dialog", { name: "Snooze until" });
  await expect(pick.getByRole("group", { name: "Date and time" })).toBeVisible();
  await expectNoAxeViolations(page);
  await enter(page, "button", "Snooze", { within: pick });
  await pressTwo(page, "gs");
  await expect(heading(page, /^Snoozed/)).toBeVisible();
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).last()).toHaveAccessibleName(/until they reply/);
  await expect(rows(page).first()).toHaveAccessibleName(/snoozed until .*\d/);
});

test("many conversations at once, with range, all and undo", async ({ app, server }) => {
  const page = await app.start();
  await connect(page, server);
  await focusList(page);
  await page.keyboard.press("x");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  const bar = page.getByRole("toolbar", { name: "Selection" });
  await expect(bar).toContainText("3 selected");
  await expect(conversations(page).getByRole("option", { selected: true })).toHaveCount(3);
  await expectNoAxeViolations(page);
  await page.keyboard.press("e");
  await expect(toast(page, "Marked done (3)")).toBeVisible();
  await expect(bar).toHaveCount(0);

  await focusList(page);
  await page.keyboard.press("Control+a");
  await expect(bar).toContainText(`${CONVERSATIONS - 3} selected`);
  await page.keyboard.press("e");
  await expect(page.getByText("Nothing left to do")).toBeVisible();
  await page.keyboard.press("z");
  await expect(rows(page).first()).toBeVisible();
  await page.keyboard.press("z");
  await expect(conversation(page, lastTextOf(READABLE))).toBeVisible();
});

test("unread and pinned, also after a restart", async ({ app, server }) => {
  let page = await app.start();
  await connect(page, server);
  await tabTo(page, "option", new RegExp(lastTextOf(LONG)));
  await page.keyboard.press("p");
  await expect(rows(page).first()).toHaveAccessibleName(/pinned/);
  await expect(rows(page).first()).toBeFocused();
  await page.keyboard.press("u");
  await expect(rows(page).first()).toHaveAccessibleName(/1 unread/);
  page = await app.restart();
  await expect(rows(page).first()).toHaveAccessibleName(/pinned.*1 unread/);
  await pressTwo(page, "gu");
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole("button", { name: "Unread, 1 conversation" }).waitFor();
});

test("the palette finds every command and the sheet shows their keys", async ({ app, server }) => {
  const page = await app.start();
  await connect(page, server);
  await focusList(page);
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Command palette" });
  await expect(palette.getByRole("option").first()).toBeVisible();
  await expectNoAxeViolations(page);
  await page.keyboard.type("needs");
  await expect(palette.getByRole("option", { selected: true })).toHaveAccessibleName(/Needs reply/);
  await page.keyboard.press("Enter");
  await expect(heading(page, /^Needs reply/)).toBeVisible();
  await pressTwo(page, "gi");
  await expect(heading(page, /^All/)).toBeVisible();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toContainText("Command palette");
  await expectNoAxeViolations(page);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await expect(palette.getByRole("option").first()).toHaveAccessibleName(/Needs reply/);
});

test("keys are letters while somebody writes, and r goes to the box", async ({ app, server }) => {
  const page = await app.start();
  await connect(page, server);
  await focusList(page);
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await expect(rows(page).first()).toBeFocused();
  await page.keyboard.press("r");
  const box = page.getByRole("textbox", { name: "Message", exact: true });
  await expect(box).toBeFocused();
  await page.keyboard.type("euxz /?");
  await expect(box).toHaveValue("euxz /?");
  await expect(conversation(page, lastTextOf(READABLE)).or(messages(page)).first()).toBeVisible();
  await expect(rows(page)).not.toHaveCount(0);
  await expect(toast(page, "Marked done")).toHaveCount(0);
});

test("a contact gets a name of this device, and the panel tells the rest", async ({ app, server }) => {
  const page = await app.start();
  await connect(page, server);
  await focusList(page);
  await page.keyboard.press("Enter");
  await expect(messages(page).first()).toBeVisible();
  await command(page, "rename");
  const dialog = page.getByRole("dialog", { name: "Rename contact" });
  await typeInto(page, "Name", "Dana from the bakery", { within: dialog });
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Dana from the bakery" }).first()).toBeVisible();
  await expect(conversation(page, "Dana from the bakery")).toBeVisible();
  await focusList(page);
  await page.keyboard.press("i");
  const panel = page.getByRole("complementary", { name: "Contact details" });
  await expect(panel).toContainText("Named on this device");
  await expectNoAxeViolations(page);
  // The panel's own button, and the panel closed from inside of it.
  await enter(page, "button", "Rename contact", { within: panel });
  await dialog.waitFor();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect.poll(() => focusName(page)).toBe('button "Rename contact"');
  await page.keyboard.press("i");
  await expect(panel).toBeHidden();
  await expectFocus(page);
});

test("the menu holds the same commands", async ({ app, server }) => {
  const page = await app.start();
  await connect(page, server);
  const labels = await app.electron.evaluate(({ Menu }) =>
    (Menu.getApplicationMenu()?.items ?? []).flatMap(({ submenu }) => submenu?.items.map(({ label }) => label) ?? []),
  );
  expect(labels).toEqual(expect.arrayContaining(["Command palette", "Mark done, or reopen", "Go to Snoozed"]));
  await app.electron.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById("view_done")?.click());
  await expect(heading(page, /^Done/)).toBeVisible();
});

test("the look is chosen once and is there after a restart", async ({ app, server }) => {
  let page = await app.start();
  await connect(page, server);
  await focusList(page);
  await page.keyboard.press("Control+,");
  const card = page.getByRole("region", { name: "Appearance" });
  await tick(page, "radio", "Dark", { within: card });
  await tick(page, "radio", "Compact", { within: card });
  await choose(page, "Text size", "150 %", { within: card });
  const look = () =>
    page.evaluate(() => {
      const { colorScheme, fontSize } = getComputedStyle(document.documentElement);
      return { colorScheme, fontSize: Number.parseFloat(fontSize) };
    });
  await expect.poll(look).toEqual({ colorScheme: "dark", fontSize: 19.5 });
  // The system's own menus and dialogs, and the first paint of the next start.
  const theme = () => app.electron.evaluate(({ nativeTheme }) => nativeTheme.themeSource);
  await expect.poll(theme).toBe("dark");
  await expectNoAxeViolations(page);
  page = await app.restart();
  await expect.poll(theme).toBe("dark");
  await expect(rows(page).first()).toBeVisible();
  await expect.poll(look).toEqual({ colorScheme: "dark", fontSize: 19.5 });
});
