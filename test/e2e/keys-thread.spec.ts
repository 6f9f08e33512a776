/** Everything in an open thread, with real keys only: what can be copied and opened, what is new, what is missing, pictures. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pngWith } from "../helpers/pictures.ts";
import { serve } from "../integration/providers/local-server.ts";
import { connect, conversation, expect, messages, test } from "./fixtures.ts";
import { command, enter, expectFocus, focusName, tabTo } from "./keys.ts";
import { LONG, READABLE, lastTextOf } from "./world.ts";

test("a number, a date and a link in a text, the contact's number, and an opt-out", async ({ app, server }) => {
  const page = await app.start();
  await connect(page, server);
  await app.electron.evaluate(({ shell }) => {
    const opened: string[] = [];
    shell.openExternal = (url: string) => Promise.resolve(void opened.push(url));
    Object.assign(globalThis, { opened });
  });
  const copied = () => app.electron.evaluate(({ clipboard }) => clipboard.readText());
  server.receive(READABLE, "Call +1 202 555 0143 by 2026-05-12, see https://menu.example.com/today please");
  await command(page, "sync now");
  await conversation(page, /menu\.example\.com/).waitFor();
  await enter(page, "option", /menu\.example\.com/);
  await expect(messages(page).last()).toContainText("Call");

  const last = messages(page).last();
  await enter(page, "button", "+1 202 555 0143, copy", { within: last });
  await expect.poll(copied).toBe("+1 202 555 0143");
  await expect(page.getByText("+1 202 555 0143 copied")).toBeVisible();
  await enter(page, "button", "2026-05-12, copy", { within: last });
  await expect.poll(copied).toBe("2026-05-12");
  await tabTo(page, "button", /menu\.example\.com/, { within: last });
  await expect(page.getByRole("tooltip")).toContainText("menu.example.com");
  await page.keyboard.press("Enter");
  await expect
    .poll(() => app.electron.evaluate(() => (globalThis as unknown as { opened: string[] }).opened))
    .toEqual(["https://menu.example.com/today"]);
  await command(page, "copy number");
  await expect.poll(copied).toBe(server.conversation(READABLE).contactNumber);

  // The thread's own menu: opened, walked and left by keys, back on its button.
  await enter(page, "button", "More actions");
  await enter(page, "menuitem", "Pin");
  await expect(conversation(page, /menu\.example\.com/)).toHaveAccessibleName(/pinned/);
  await expect.poll(() => focusName(page)).toBe('button "More actions"');

  const box = page.getByRole("textbox", { name: "Message", exact: true });
  await command(page, "mark as opted out");
  await expect(box).toBeDisabled();
  await command(page, "allow again");
  await expect(box).toBeEnabled();
});

test("what is new is marked and counted, what is missing is asked for", async ({ app, server }) => {
  const page = await app.start();
  await connect(page, server);
  server.receive(READABLE, "First news");
  server.receive(READABLE, "Second news");
  await command(page, "sync now");
  await conversation(page, /Second news.*2 unread|2 unread.*Second news/).waitFor();
  await enter(page, "option", /Second news/);
  await expect(page.getByRole("heading", { name: "New messages" })).toBeVisible();

  await enter(page, "option", new RegExp(lastTextOf(LONG)), { key: "Shift+Tab" });
  await expect(messages(page).filter({ hasText: lastTextOf(LONG) })).toBeInViewport();
  await tabTo(page, "log", "Messages");
  await page.keyboard.press("PageUp");
  await page.keyboard.press("PageUp");
  const newest = page.getByRole("button", { name: "Latest messages" });
  await expect(newest).toBeVisible();
  server.receive(LONG, "A heron came.");
  server.receive(LONG, "And another one.");
  await command(page, "sync now");
  await enter(page, "button", "2 new messages");
  await expect(messages(page).filter({ hasText: "And another one." })).toBeInViewport();
  await expect.poll(() => focusName(page)).toMatch(/^log "Messages"/);

  // The list says that there is more; the thread itself cannot be read.
  server.fault("thread", { kind: "status", status: 503 });
  server.receive(LONG, "The third heron.");
  await command(page, "sync now");
  await page.getByRole("button", { name: "Load missing messages" }).waitFor();
  await enter(page, "button", "Load missing messages");
  const gap = page.getByRole("group", { name: "Messages may be missing here" });
  await expect(gap.getByRole("status")).toBeVisible();
  await expectFocus(page);
  server.clearFaults();
  await expect(async () => {
    if (await gap.getByRole("button").isVisible())
      await enter(page, "button", /Try again|Load missing/, { within: gap });
    await expect(messages(page).filter({ hasText: "The third heron." })).toHaveCount(1, { timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await expect(gap).toHaveCount(0);
});

test("two pictures: fetched, looked at one after the other, made larger, saved", async ({ app, server }) => {
  const folder = await mkdtemp(join(tmpdir(), "threadkeep-picture-"));
  await using host = await serve((response) => void response.writeHead(200).end(pngWith("cormorant")));
  try {
    const page = await app.start();
    await connect(page, server);
    server.receive(READABLE, "One", { mediaUrls: [`${host.url}/one.png`] });
    server.receive(READABLE, "Two", { mediaUrls: [`${host.url}/two.png`] });
    await command(page, "sync now");
    await conversation(page, /Two/).waitFor();
    await enter(page, "option", /Two/);
    for (const name of ["one.png", "two.png"]) {
      await page.getByRole("button", { name: `Show picture: ${name}` }).waitFor();
      await enter(page, "button", `Show picture: ${name}`);
      await page.getByRole("button", { name: `Show picture: ${name}` }).waitFor({ state: "hidden" });
      await expectFocus(page);
    }
    const thumbnails = page.getByRole("button", { name: /^Open Picture from/ });
    await expect(thumbnails).toHaveCount(2);
    await tabTo(page, "log", "Messages");
    await enter(page, "button", /^Open Picture from/);
    const viewer = page.getByRole("dialog", { name: "Picture viewer" });
    await expect(viewer).toContainText("1 of 2");
    await page.keyboard.press("ArrowRight");
    await expect(viewer).toContainText("2 of 2");
    await page.keyboard.press("ArrowLeft");
    await expect(viewer).toContainText("1 of 2");

    const fit = viewer.getByRole("button", { name: "Fit to window" });
    await expect(fit).toBeDisabled();
    await page.keyboard.press("+");
    await expect(fit).toBeEnabled();
    await page.keyboard.press("-");
    await page.keyboard.press("0");
    await expect(fit).toBeDisabled();
    await enter(page, "button", "Zoom in", { within: viewer });
    await expect(fit).toBeEnabled();

    const path = join(folder, "kept.png");
    await app.electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, path);
    await enter(page, "button", "Save as…", { within: viewer });
    await expect(page.getByText("Saved", { exact: true })).toBeVisible();
    expect(await readFile(path)).toEqual(pngWith("cormorant"));
    await enter(page, "button", "Next picture", { within: viewer });
    await expect(viewer).toContainText("2 of 2");
    await page.keyboard.press("Escape");
    await expect(viewer).toBeHidden();
    await expect.poll(() => focusName(page)).toMatch(/^button "Open Picture from/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
