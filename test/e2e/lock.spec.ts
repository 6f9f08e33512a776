/** The app lock from the window: set, locked, opened, forgotten; while it is on the window knows nothing and sync goes on. */
import type { Page } from "playwright/test";
import type { AppDriver } from "./app-driver.ts";
import { countInHeap } from "./heap.ts";
import { connect, conversation, expect, expectNoAxeViolations, syncStatus, test } from "./fixtures.ts";
import { choose, enter, focusName, tick, typeInto } from "./keys.ts";
import { READABLE, lastTextOf } from "./world.ts";

const PIN = "harbour 2580";
const NEXT_PIN = "heron 1470";

const lockScreen = (page: Page) => page.getByRole("heading", { name: "Threadkeep is locked" });

async function openSettings(page: Page): Promise<void> {
  await page.keyboard.press("Control+,");
  await expect(page.getByRole("heading", { name: "Settings", exact: true })).toBeVisible();
}

async function turnOn(page: Page): Promise<void> {
  await openSettings(page);
  const privacy = page.getByRole("region", { name: "App lock and screen" });
  await typeInto(page, "New PIN or passphrase", PIN, { within: privacy });
  await typeInto(page, "Repeat it", `${PIN}x`, { within: privacy });
  await enter(page, "button", "Turn on the lock", { within: privacy });
  await expect(privacy.getByRole("alert")).toContainText("not the same");
  await typeInto(page, "Repeat it", PIN, { within: privacy });
  await enter(page, "button", "Turn on the lock", { within: privacy });
  await expect(privacy.getByRole("button", { name: "Lock now" })).toBeVisible();
}

async function unlock(page: Page, pin: string): Promise<void> {
  await typeInto(page, "PIN or passphrase", pin);
  await enter(page, "button", "Unlock");
}

/** When the lock goes on, the process that held the texts ends: only then is there a page to look at. */
async function locked(app: AppDriver, by: () => Promise<unknown>): Promise<void> {
  const pid = () =>
    app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.getOSProcessId());
  const before = await pid();
  await by();
  await expect.poll(pid).not.toBe(before);
  await expect(lockScreen(app.page)).toBeVisible();
  const isAlive = () =>
    app.electron.evaluate(
      ({ app: { getAppMetrics } }, old) => getAppMetrics().some(({ pid: one }) => one === old),
      before,
    );
  await expect.poll(isAlive).toBe(false);
}

test("locks by command, shows and keeps nothing, goes on syncing, and opens for the PIN alone", async ({
  app,
  server,
}) => {
  test.setTimeout(90_000); // it writes down the window's memory twice
  const page = await app.start();
  await connect(page, server);
  expect(await countInHeap(app, lastTextOf(READABLE))).toBeGreaterThan(0);
  await turnOn(page);
  await locked(app, () => page.keyboard.press("Control+l"));
  await expectNoAxeViolations(page);
  await expect(page.getByRole("listbox")).toHaveCount(0);
  expect(await page.evaluate(() => document.title)).toBe("Threadkeep");
  expect(await countInHeap(app, lastTextOf(READABLE))).toBe(0);
  const answers = await page.evaluate(async () => {
    const { invoke } = window.threadkeep;
    const told = [
      await invoke("accounts.list"),
      await invoke("conversations.counts"),
      await invoke("search.holes", { query: "Pelican" }),
      await invoke("support.report"),
      await invoke("lock.setPin", { current: null, next: null }),
    ];
    return told.map((answer) => (answer.ok ? "told" : answer.error.code));
  });
  expect(answers).toEqual(["locked", "locked", "locked", "locked", "locked"]);

  // The work goes on behind it.
  server.receive(7, "A cormorant came while it was locked.");
  server.clearLog();
  await app.electron.evaluate(({ powerMonitor }) => powerMonitor.emit("resume"));
  await expect.poll(() => server.requests("conversations").length, { timeout: 20_000 }).toBeGreaterThan(0);

  await unlock(page, "wrong");
  await expect(page.getByRole("alert")).toContainText("not the right one");
  await unlock(page, PIN);
  await expect(conversation(page, /cormorant/)).toBeVisible();
  await expect(syncStatus(page)).toContainText("Up to date");
});

test("is locked again after a restart and by sleep; too many tries wait; a forgotten PIN is taken off with a key", async ({
  app,
  server,
}) => {
  const first = await app.start();
  await connect(first, server);
  await turnOn(first);
  const page = await app.restart();
  await expect(lockScreen(page)).toBeVisible();
  await unlock(page, PIN);
  await expect(conversation(page, lastTextOf(READABLE))).toBeVisible();
  await locked(app, () => app.electron.evaluate(({ powerMonitor }) => powerMonitor.emit("suspend")));

  for (let count = 0; count < 5; count += 1) {
    await unlock(page, `wrong ${count}`);
    await expect(page.getByRole("alert")).toBeVisible();
  }
  await expect(page.getByRole("alert")).toContainText("Too many tries");
  await expect(page.getByRole("button", { name: "Unlock" })).toBeDisabled();

  // A restart does not shorten the wait; the test's clock does.
  const again = await app.restart();
  await expect(again.getByRole("alert")).toContainText("Too many tries");
  await app.electron.evaluate(() => {
    const real = Date.now;
    Date.now = () => real() + 31_000;
  });
  const opened = again;
  await opened.reload();
  await expect(lockScreen(opened)).toBeVisible();
  await enter(opened, "button", "Forgot it?");
  await typeInto(opened, "Key of a connected account", server.apiKey);
  await enter(opened, "button", "Take off the lock");
  await expect(conversation(opened, lastTextOf(READABLE))).toBeVisible();

  // Everything else about the lock, and where the keyboard is after each.
  await turnOn(opened);
  const privacy = opened.getByRole("region", { name: "App lock and screen" });
  const focus = () => focusName(opened);
  await expect.poll(focus).toBe('button "Change PIN…"');
  await choose(opened, "Lock when idle", "After 5 minutes", { within: privacy });
  await tick(opened, "checkbox", "Lock when the computer goes to sleep", { within: privacy });
  const settings = () => opened.evaluate(() => window.threadkeep.invoke("settings.get"));
  await expect
    .poll(settings)
    .toMatchObject({ value: { settings: { privacy: { lockIdleMinutes: 5, lockOnSleep: false } } } });
  await enter(opened, "button", "Change PIN…", { within: privacy, key: "Shift+Tab" });
  await expect(privacy.getByRole("textbox", { name: "Current PIN or passphrase" })).toBeFocused();
  await enter(opened, "button", "Cancel", { within: privacy });
  await expect.poll(focus).toBe('button "Change PIN…"');
  await opened.keyboard.press("Enter");
  await typeInto(opened, "Current PIN or passphrase", PIN, { within: privacy });
  await typeInto(opened, "New PIN or passphrase", NEXT_PIN, { within: privacy });
  await typeInto(opened, "Repeat it", NEXT_PIN, { within: privacy });
  await opened.keyboard.press("Enter");
  await expect(privacy.getByRole("status")).toContainText("The PIN was changed.");
  await expect.poll(focus).toBe('button "Change PIN…"');
  await enter(opened, "button", "Turn off the lock…", { within: privacy });
  await opened.keyboard.type(NEXT_PIN);
  await opened.keyboard.press("Enter");
  await expect(privacy.getByRole("status")).toContainText("The lock is off.");
  await expect.poll(focus).toBe('button "Turn on the lock"');
});
