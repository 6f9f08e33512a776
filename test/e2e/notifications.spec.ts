/** What the desktop is told, by its real notification server: once, at the right thread, and not for ever. */
import type { Page } from "playwright/test";
import type { AppDriver } from "./app-driver.ts";
import { watchNotices } from "./desktop-notices.ts";
import {
  connect,
  conversation,
  expect,
  expectNoAxeViolations,
  messages,
  syncNow,
  syncStatus,
  test,
} from "./fixtures.ts";
import { enter, tabTo, tick } from "./keys.ts";
import { LONG, READABLE, lastTextOf } from "./world.ts";

const NEWS = "A kingfisher <b>sat</b> on the sign & left.";
/** Longer than news are gathered. */
const SETTLED_MS = 2_500;

/** What the window hears when the person turns to another program. */
const lookAway = (app: AppDriver) =>
  app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.emit("blur"));
const lookHere = (app: AppDriver) =>
  app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.emit("focus"));

/** Time in which something that must not happen could happen. */
const wait = (page: Page, ms: number) =>
  page.evaluate((delay) => new Promise((resolve) => setTimeout(resolve, delay)), ms);

async function startWatched(app: AppDriver, server: Parameters<typeof connect>[1]) {
  const page = await app.start();
  const notices = await watchNotices();
  await connect(page, server);
  await lookAway(app);
  await wait(page, SETTLED_MS);
  return { page, notices };
}

test("a first sync raises none, a new text exactly one, and a click opens its thread to answer", async ({
  app,
  server,
}) => {
  const { page, notices } = await startWatched(app, server);
  expect(await notices.raised()).toBe(0);

  server.receive(7, NEWS);
  await syncNow(page);
  await expect.poll(notices.visible).toBe(1);
  await syncNow(page);
  await wait(page, SETTLED_MS);
  expect(await notices.raised()).toBe(1);

  await notices.click();
  await expect(messages(page).filter({ hasText: NEWS })).toHaveCount(1);
  // Without a window manager no window is the system's focused one: what counts is where typing would go.
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
  await expect.poll(focused).toBe("Message");
  await expect.poll(notices.visible).toBe(0);
  // This provider removes texts after a time: who wrote, not what.
  const [notice] = await notices.past();
  expect(notice?.body).toBe("New message");
  expect(notice?.summary).toMatch(/555/);
  await expectNoAxeViolations(page);

  // The caret is where an answer goes.
  await page.keyboard.type("We saw it, too.");
  await page.keyboard.press("Enter");
  const sent = () => server.sends.map(({ to, text }) => [to, text]);
  await expect.poll(sent).toEqual([[server.conversation(7).contactNumber, "We saw it, too."]]);
});

test("a notification goes when its text is read, and when it is removed", async ({ app, server }) => {
  const { page, notices } = await startWatched(app, server);
  server.receive(8, NEWS);
  await syncNow(page);
  await expect.poll(notices.visible).toBe(1);
  await enter(page, "option", /kingfisher/);
  await expect.poll(notices.visible).toBe(0);

  server.receive(9, "The second one will be removed.");
  await syncNow(page);
  await expect.poll(notices.visible).toBe(1);
  server.redactMessage(9, server.messages(9).length - 1);
  await syncNow(page);
  await expect.poll(notices.visible).toBe(0);
});

test("the thread in view of a focused window raises none", async ({ app, server }) => {
  const { page, notices } = await startWatched(app, server);
  await enter(page, "option", new RegExp(lastTextOf(READABLE)));
  await lookHere(app);
  server.receive(READABLE, NEWS);
  await syncNow(page);
  await expect(messages(page).filter({ hasText: NEWS })).toHaveCount(1);
  await wait(page, SETTLED_MS);
  expect(await notices.raised()).toBe(0);
});

test("a backlog of 1,000 texts raises one", async ({ app, server }) => {
  const { notices } = await startWatched(app, server);
  await app.close();
  for (let text = 0; text < 1_000; text += 1) server.receive(5 + (text % 30), `Backlog ${text}`);
  const page = await app.start();
  await lookAway(app);
  await expect.poll(notices.visible, { timeout: 20_000 }).toBe(1);
  await expect(syncStatus(page)).toContainText("Up to date");
  await wait(page, SETTLED_MS);
  expect(await notices.raised()).toBe(1);
  await notices.putAway();
  const [notice] = await notices.past();
  expect(notice?.summary).toBe("1,000 new messages in 30 conversations");
});

test("switched off, quiet, or full text: as chosen in the window, at once", async ({ app, server }) => {
  const { page, notices } = await startWatched(app, server);
  await enter(page, "button", "Settings");
  await expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();
  await expectNoAxeViolations(page);
  await tick(page, "radio", "Sender and text");
  server.receive(10, NEWS);
  await syncNow(page);
  await expect.poll(notices.visible).toBe(1);
  await notices.putAway();
  // Notification servers read markup: what looks like some arrives as the text it is.
  expect((await notices.past())[0]?.body).toBe("A kingfisher &lt;b&gt;sat&lt;/b&gt; on the sign &amp; left.");

  const unheard = async (index: number, text: string) => {
    server.receive(index, text);
    await syncNow(page);
    await wait(page, SETTLED_MS);
    expect(await notices.raised()).toBe(1);
  };
  await tick(page, "checkbox", "Show notifications");
  await unheard(11, "Nobody is told of this one.");
  await tick(page, "checkbox", "Show notifications");

  // All day but its first minute.
  const quiet = page.getByRole("region", { name: "Quiet hours" });
  await tick(page, "checkbox", "Quiet hours", { within: quiet });
  for (const [end, time] of [
    ["From", "1201a"],
    ["To", "1200a"],
  ] as const) {
    await tabTo(page, "spinbutton", /^hour/, { within: quiet.getByRole("group", { name: end, exact: true }) });
    await page.keyboard.type(time);
  }
  await unheard(12, "Nor of this one.");
  await tick(page, "checkbox", "Quiet hours", { within: quiet, key: "Shift+Tab" });

  const muted = page.getByRole("region", { name: "Accounts that may notify" });
  await tick(page, "checkbox", "Front desk", { within: muted });
  await unheard(13, "Nor of the third.");
  await tick(page, "checkbox", "Front desk", { within: muted });
  server.receive(14, "But of this one.");
  await syncNow(page);
  await expect.poll(notices.raised).toBe(2);
});

test("waking up syncs once", async ({ app, server }) => {
  const { page } = await startWatched(app, server);
  await app.electron.evaluate(({ powerMonitor }) => powerMonitor.emit("suspend"));
  server.receive(LONG, NEWS);
  server.clearLog();
  await app.electron.evaluate(({ powerMonitor }) => powerMonitor.emit("resume"));
  await expect(conversation(page, /kingfisher/)).toBeVisible({ timeout: 15_000 });
  await wait(page, SETTLED_MS);
  expect(server.requests("conversations")).toHaveLength(1);
});
