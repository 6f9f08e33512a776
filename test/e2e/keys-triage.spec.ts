/** Everything that sorts an inbox, with real keys only: each way to snooze and its waking, each undo, many at once, and the places of the sidebar. */
import type { Page } from "playwright/test";
import { connect, conversation, conversations, expect, syncStatus, test } from "./fixtures.ts";
import { command, enter, expectFocus, focusName, openPicker, pressTwo, tabTo, typeInto, undo } from "./keys.ts";
import { CONVERSATIONS, LONG, READABLE, lastTextOf } from "./world.ts";

const DAY_MS = 86_400_000;

const rows = (page: Page) => conversations(page).getByRole("option");
const row = (index: number) => new RegExp(lastTextOf(index));
const toast = (page: Page, text: string) =>
  page.getByRole("region", { name: "Notifications" }).getByText(text, { exact: true });
const heading = (page: Page, name: RegExp) => page.getByRole("heading", { level: 2, name });

test("each way to snooze, taken back, and waking on time; unread and pin, taken back", async ({ app, server }) => {
  const page = await app.start();
  await connect(page, server);
  await tabTo(page, "option", row(0));
  await openPicker(page, "s");
  await page.keyboard.type("tomorrow");
  await page.keyboard.press("Enter");
  await expect(conversation(page, row(0))).toHaveCount(0);
  await expectFocus(page);
  await undo(page);
  await expect(toast(page, "Taken back")).toBeVisible();
  await expect(conversation(page, row(0))).toBeVisible();

  const ways = [
    [0, "snooze until later"],
    [5, "snooze until tomorrow"],
    [6, "snooze until next week"],
  ] as const;
  for (const [index, words] of ways) {
    await tabTo(page, "option", row(index));
    await command(page, words);
    await expect(conversation(page, row(index))).toHaveCount(0);
  }
  await pressTwo(page, "gs");
  await expect(heading(page, /^Snoozed/)).toBeVisible();
  await expect(rows(page)).toHaveCount(3);
  // The one that wakes first comes first.
  for (const [at, [index]] of ways.entries()) {
    await expect(rows(page).nth(at)).toHaveAccessibleName(row(index));
    await expect(rows(page).nth(at)).toHaveAccessibleName(/snoozed until .*\d/);
  }

  await app.electron.evaluate(({ powerMonitor }, aheadMs) => {
    const real = Date.now;
    Date.now = () => real() + aheadMs;
    powerMonitor.emit("resume");
  }, 2 * DAY_MS);
  await expect(rows(page).filter({ hasText: lastTextOf(0) })).toHaveCount(0);
  await expect(rows(page).filter({ hasText: lastTextOf(5) })).toHaveCount(0);
  await pressTwo(page, "gi");
  await expect(conversation(page, row(0))).toBeVisible();
  await expect(conversation(page, row(5))).toBeVisible();

  await tabTo(page, "option", row(7));
  await page.keyboard.press("u");
  await expect(conversation(page, row(7))).toHaveAccessibleName(/1 unread/);
  await undo(page);
  await expect(conversation(page, row(7))).not.toHaveAccessibleName(/unread/);
  await tabTo(page, "option", row(7));
  await page.keyboard.press("p");
  await expect(conversation(page, row(7))).toHaveAccessibleName(/pinned/);
  await page.keyboard.press("z");
  await expect(conversation(page, row(7))).not.toHaveAccessibleName(/pinned/);
  await expectFocus(page);
});

test("the bar of a selection, reached by Tab: pin, unread, snooze, clear; no press loses the place", async ({
  app,
  server,
}) => {
  const page = await app.start();
  await connect(page, server);
  const bar = page.getByRole("toolbar", { name: "Selection" });
  const selectThree = async () => {
    await tabTo(page, "option", /Pelican/);
    await page.keyboard.press("Home");
    await page.keyboard.press("x");
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("Shift+ArrowDown");
    await expect(bar).toContainText("3 selected");
  };
  const press = (name: string) => enter(page, "button", name, { key: "Shift+Tab", within: bar });

  await selectThree();
  await press("Clear selection");
  await expect(bar).toHaveCount(0);
  await expectFocus(page);
  await selectThree();
  await press("Pin");
  await expect(toast(page, "Pinned (3)")).toBeVisible();
  await expect(rows(page).filter({ visible: true }).first()).toHaveAccessibleName(/pinned/);
  await expectFocus(page);
  await selectThree();
  await press("Mark unread");
  await expect(toast(page, "Marked unread (3)")).toBeVisible();
  await page.getByRole("button", { name: "Unread, 3 conversations" }).waitFor();
  await selectThree();
  await press("Snooze");
  await page.getByRole("dialog", { name: "Snooze" }).waitFor();
  await page.keyboard.type("reply");
  await page.keyboard.press("Enter");
  await expect(toast(page, "Snoozed until they reply (3)")).toBeVisible();
  await page.getByRole("button", { name: "Snoozed, 3 conversations" }).waitFor();
  await expectFocus(page);
  await undo(page);
  await page.getByRole("button", { name: "Unread, 3 conversations" }).waitFor();
  await expect(rows(page).first()).toHaveAttribute("aria-setsize", String(CONVERSATIONS));
  await selectThree();
  await command(page, "clear selection");
  await expect(bar).toHaveCount(0);
});

test("an account, one of its numbers, and every place that has a key", async ({ app, server }) => {
  const page = await app.start();
  await connect(page, server, "Clinic");
  const size = (count: number) => expect(rows(page).first()).toHaveAttribute("aria-setsize", String(count));
  await enter(page, "button", /^Clinic/);
  await expect(heading(page, /Clinic/)).toBeVisible();
  await size(CONVERSATIONS);
  // Every fifth conversation is of the second number.
  await enter(page, "button", /^\(555\) 000-1002/);
  await size(CONVERSATIONS / 5);
  await expect(rows(page).first()).toHaveAccessibleName(row(LONG));
  await enter(page, "option", row(LONG));
  const box = page.getByRole("textbox", { name: "Message", exact: true });
  await expect(box).toHaveAccessibleDescription(/From \(555\) 000-1002 to \(555\) 200-0004/);
  await typeInto(page, "Message", "From the second line");
  await page.keyboard.press("Enter");

  await expectFocus(page);
  await enter(page, "button", "Front desk", { key: "Shift+Tab" });
  await size(CONVERSATIONS - CONVERSATIONS / 5);
  await enter(page, "option", row(READABLE));
  await expect(box).toHaveAccessibleDescription(/From Front desk to \(555\) 200-0000/);
  await typeInto(page, "Message", "From the front desk");
  await page.keyboard.press("Enter");
  await expect
    .poll(() => server.sends.map(({ from, to, text }) => [from.slice(-4), to.slice(-4), text]))
    .toEqual([
      ["1002", "0004", "From the second line"],
      ["1001", "0000", "From the front desk"],
    ]);
  await enter(page, "button", /^All inboxes/);
  await size(CONVERSATIONS);

  // Each says where one is: its title has the keyboard, or its list.
  await tabTo(page, "option", /Pelican/);
  const list = /^(option|listbox)/;
  const places = [
    ["go", /^heading "Outbox"/],
    ["ga", /^heading "Accounts"/],
    ["gy", /^heading "Sync & storage"/],
    ["gt", /^heading "Writing"/],
    ["gi", list],
    ["gn", /^heading "Needs reply"/],
    ["gu", /^heading "Unread"/],
    ["gi", list],
  ] as const;
  const focus = () => focusName(page);
  for (const [keys, place] of places) {
    await pressTwo(page, keys);
    await expect.poll(focus, { message: `focus after ${keys}` }).toMatch(place);
  }
  await expect(heading(page, /^All/)).toBeVisible();
  const commands = [
    ["go to sync", /^heading "Sync & storage"/],
    ["notification settings", /^heading "Notifications"/],
    ["privacy and lock", /^heading "Privacy"/],
    ["help: support", /^heading "Help"/],
    ["go to accounts", /^heading "Accounts"/],
    ["go to all", list],
  ] as const;
  for (const [words, place] of commands) {
    await command(page, words);
    await expect.poll(focus, { message: `focus after ${words}` }).toMatch(place);
  }
  await command(page, "appearance: dark");
  await expect.poll(() => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe("dark");
  await expectFocus(page);
  await enter(page, "button", /./, { within: syncStatus(page) });
  await expect(page.getByRole("dialog", { name: "Sync details" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog", { name: "Sync details" })).toBeHidden();
  await expectFocus(page);
});
