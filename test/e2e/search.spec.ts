/** Search and timeline in the real app, with the keyboard alone: filters, hints, holes, days, notes, names from a file. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright/test";
import type { AppDriver } from "./app-driver.ts";
import { connect, conversation, conversations, expect, expectNoAxeViolations, messages, test } from "./fixtures.ts";
import { command, enter, expectFocus, focusName, tabTo, tick, undo } from "./keys.ts";
import { LONG, READABLE, lastTextOf, textOf } from "./world.ts";

const box = (page: Page) => page.getByRole("searchbox", { name: "Search" });
const results = (page: Page) => page.getByRole("listbox", { name: "Search results" }).getByRole("option");
async function search(page: Page, text: string): Promise<void> {
  await tabTo(page, "searchbox", "Search");
  await page.keyboard.press("Control+a");
  await page.keyboard.type(text);
}

/** Opens a conversation by searching for its last text. */
async function openByKeys(page: Page, index: number): Promise<void> {
  await search(page, `"${lastTextOf(index).replace(".", "")}"`);
  await expect(results(page)).toHaveCount(1);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(messages(page).filter({ hasText: lastTextOf(index) })).toBeVisible();
  await tabTo(page, "searchbox", "Search", { key: "Shift+Tab" });
  await page.keyboard.press("Escape");
  await expect(conversations(page).getByRole("option").first()).toBeVisible();
}

test("words, phrases and filters narrow together, hints help, and what is missing is counted", async ({
  app,
  server,
}) => {
  const page = await app.start();
  await connect(page, server);
  await expect(conversations(page).getByRole("option").first()).toBeVisible();
  await page.keyboard.press("/");
  await expect(box(page)).toBeFocused();
  await page.keyboard.type('"Pelican 4 says" line');
  await expect(results(page).first()).toHaveAccessibleName(/Pelican 4 says line/);
  await expect(page.getByText("60 results so far")).toHaveCount(1);
  await expect(page.getByText("6 messages here were removed by retention or by the provider")).toBeVisible();
  await expectNoAxeViolations(page);

  await search(page, `"Pelican ${LONG} says line 7"`);
  await expect(results(page)).toHaveCount(1);
  await search(page, "pelican before:soon");
  await expect(page.getByText("“soon” is no day")).toBeVisible();
  await search(page, "pelican fron:anna");
  await expect(page.getByText("“fron:” is no filter")).toBeVisible();
  await search(page, "pelican before:2001-01-01");
  await expect(page.getByText(/^Nothing found for/)).toBeVisible();

  // A thread that could not be read is missing here, and can be asked for.
  server.fault("thread", { kind: "status", status: 503 });
  server.addConversation({ text: "A pelican nobody has read." });
  await command(page, "sync now");
  await search(page, "pelican ");
  await expect(page.getByText(/1 thread not fully downloaded/)).toBeVisible();
  await enter(page, "button", "Download now");
  await expect(page.getByText("Downloading…")).toBeVisible();
  await expectFocus(page);
  server.clearFaults();

  // The filters are buttons behind the box.
  await search(page, "pelican ");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("toolbar", { name: "Search filters" }).getByRole("button").first()).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(box(page)).toBeFocused();
  await expect(box(page)).toHaveValue("pelican has:media ");
  await expect(page.getByText(/^Nothing found for/)).toBeVisible();
});

test("who, which account, since when, unread, and a number however it is written", async ({ app, server }) => {
  const page = await app.start();
  await connect(page, server, "Clinic");
  server.receive(6, "A kingfisher by the pelican.");
  await command(page, "sync now");
  await conversation(page, /kingfisher.*1 unread|1 unread.*kingfisher/).waitFor();

  // A found conversation has no filter behind it; a number does, however it is written.
  for (const written of ["(555) 200-0004", "555 200 0004", "+1-555-200-0004", "5552000004"]) {
    await search(page, written);
    await expect(results(page).first()).toHaveAccessibleName(/\(555\) 200-0004/);
  }
  await search(page, `"line 2" from:2000005`);
  await expect(results(page)).toHaveCount(1);
  await expect(results(page).first()).toHaveAccessibleName(new RegExp(textOf(5, 2)));
  await search(page, "kingfisher from:nobody-here");
  await expect(page.getByText("No contact here matches “nobody-here”.")).toBeVisible();
  await search(page, "kingfisher account:clinic");
  await expect(results(page)).toHaveCount(1);
  await search(page, "kingfisher account:bakery");
  await expect(page.getByText("No account or number of yours matches “bakery”.")).toBeVisible();
  await search(page, "kingfisher after:2001-01-01");
  await expect(results(page)).toHaveCount(1);
  await search(page, "kingfisher after:2999-01-01");
  await expect(page.getByText(/^Nothing found for/)).toBeVisible();
  await search(page, "pelican is:unread");
  await expect(results(page)).toHaveCount(1);
  await enter(page, "option", /by the pelican/);
  await expect(messages(page).filter({ hasText: "kingfisher" })).toBeVisible();
});

test("one press of the mouse opens what was found, although the filters above it go", async ({ app, server }) => {
  const page = await app.start();
  await connect(page, server);
  await search(page, `"${lastTextOf(READABLE).replace(".", "")}"`);
  await expect(results(page)).toHaveCount(1);
  const filters = page.getByRole("toolbar", { name: "Search filters" });
  await expect(filters).toBeVisible();
  // Counted a moment after the results, and put at their end.
  await expect(page.getByText("6 messages here were removed by retention or by the provider")).toBeVisible();
  await results(page).first().click();
  await expect(messages(page).filter({ hasText: lastTextOf(READABLE) })).toBeVisible();
  await expect(filters).toBeHidden();
});

test("a found text is shown where it stands, and a day leads through a long thread", async ({ app, server }) => {
  const page = await app.start();
  await connect(page, server);
  await search(page, `"${textOf(LONG, 3).replace(".", "")}"`);
  await expect(results(page)).toHaveCount(1);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(messages(page).filter({ hasText: textOf(LONG, 3) })).toBeInViewport();
  await expect(page.getByRole("log", { name: "Messages" })).toBeFocused();

  await page.keyboard.press("b");
  await expect(messages(page).filter({ hasText: lastTextOf(LONG) })).toBeInViewport();

  await page.keyboard.press("d");
  const dialog = page.getByRole("dialog", { name: "Jump to a date" });
  await expect(dialog).toBeVisible();
  await expectNoAxeViolations(page);
  for (let year = 0; year < 6; year += 1) await page.keyboard.press("Shift+PageUp");
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(messages(page).filter({ hasText: textOf(LONG, 0) })).toBeInViewport();
  await expect(page.getByText(/^Complete back to/)).toBeVisible();
});

test("a note and the last commands are there after a restart, with what was removed beside it", async ({
  app,
  server,
}) => {
  let page = await app.start();
  await connect(page, server);
  await openByKeys(page, READABLE);
  await tabTo(page, "log", "Messages");
  await command(page, "write a note");
  await expect(page.getByRole("textbox", { name: "Note" })).toBeFocused();
  await page.keyboard.type("Prefers mornings");
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await expectNoAxeViolations(page);

  page = await app.restart();
  await openByKeys(page, READABLE);
  await tabTo(page, "log", "Messages");
  await page.keyboard.press("i");
  await expect(page.getByRole("textbox", { name: "Note" })).toHaveValue("Prefers mornings");
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("listbox", { name: "Commands" });
  await expect(palette.getByRole("option").first()).toHaveAccessibleName(/Write a note/);
  await page.keyboard.press("Escape");
  // The conversation whose texts the provider has removed is the second one.
  await enter(page, "option", /removed/i);
  await expect(page.getByText(/^6 texts removed, last on /)).toBeVisible();
});

async function chooseFile(app: AppDriver, path: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, path);
}

test("names come out of a file, are given and taken back", async ({ app, server }) => {
  const folder = await mkdtemp(join(tmpdir(), "threadkeep-names-"));
  try {
    const page = await app.start();
    await connect(page, server);
    await openByKeys(page, READABLE);
    await tabTo(page, "log", "Messages");
    await page.keyboard.press("i");
    const panel = page.getByRole("complementary", { name: "Contact details" });
    const number = (await panel.getByRole("definition").first().innerText()).trim();
    await writeFile(
      join(folder, "people.csv"),
      `Name;Phone\nJoséphine Baker;${number}\nNobody;+1 202 555 0199\n`,
      "latin1",
    );
    await writeFile(join(folder, "picture.vcf"), Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0]));

    await chooseFile(app, join(folder, "picture.vcf"));
    await command(page, "import names");
    const dialog = page.getByRole("dialog", { name: "Import names from a file" });
    await expect(dialog.getByRole("button", { name: "Choose a file…" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(dialog.getByRole("alert")).toContainText("picture.vcf");

    await chooseFile(app, join(folder, "people.csv"));
    await enter(page, "button", "Choose another file…", { within: dialog });
    await expect(dialog).toContainText("2 names for 1 known contact, 1 without a match, 0 conflicts");
    await expect.poll(() => focusName(page)).toBe('button "Choose another file…"');
    await expectNoAxeViolations(page);
    // Which columns hold what is for a person to say.
    const names = dialog.getByRole("group", { name: "Name columns" });
    await tick(page, "checkbox", /^Name/, { within: names });
    await expect(dialog.getByRole("button", { name: "No name to give" })).toBeDisabled();
    await expect.poll(() => focusName(page)).toMatch(/^checkbox "Name/);
    await page.keyboard.press("Space");
    await enter(page, "button", "Give 1 name", { within: dialog });
    await expect(dialog).toBeHidden();
    await expect(conversation(page, "Joséphine Baker")).toBeVisible();
    const notices = page.getByRole("region", { name: "Notifications" });
    await expect(notices.getByText("1 contact renamed")).toBeVisible();
    await undo(page);
    await expect(conversation(page, "Joséphine Baker")).toHaveCount(0);

    const card = `BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Anaïs Nin\r\nTEL;TYPE=cell:${number}\r\nEND:VCARD\r\n`;
    await writeFile(join(folder, "people.vcf"), card);
    await chooseFile(app, join(folder, "people.vcf"));
    await command(page, "import names");
    await expect(dialog.getByRole("button", { name: "Choose a file…" })).toBeFocused();
    await page.keyboard.press("Enter");
    await dialog.getByRole("button", { name: "Give 1 name" }).waitFor();
    await enter(page, "button", "Give 1 name", { within: dialog });
    await expect(dialog).toBeHidden();
    await expect(conversation(page, "Anaïs Nin")).toBeVisible();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
