/** Writing with the keyboard alone: saved replies, emoji, a time to send, somebody else's reply, opt-out wishes, the sending key. */
import type { Page } from "playwright/test";
import { connect, conversation, expect, expectNoAxeViolations, messages, syncNow, test } from "./fixtures.ts";
import type { Server } from "./fixtures.ts";
import type { AppDriver } from "./app-driver.ts";
import { NO_CONSENT, READABLE, lastTextOf } from "./world.ts";

const box = (page: Page) => page.getByRole("textbox", { name: "Message", exact: true });
const TEMPLATES = [
  { id: "5b0a7c1e-0f5f-4a52-8f3f-0d1f8a5c7a01", name: "Ready", text: "Hi {{contact.firstName}}, the heron is ready." },
  { id: "5b0a7c1e-0f5f-4a52-8f3f-0d1f8a5c7a02", name: "Hours", text: "We open at nine, {{contact.firstName|friend}}." },
];
const outbox = (page: Page) => page.getByRole("main", { name: "Outbox" });

/** Opens the first conversation and puts the caret into its composer, by keys. */
async function openThread(app: AppDriver, server: Server): Promise<Page> {
  const page = await app.start();
  await connect(page, server);
  await conversation(page, lastTextOf(READABLE)).focus();
  await page.keyboard.press("Enter");
  await expect(messages(page).first()).toBeVisible();
  await page.keyboard.press("r");
  await expect(box(page)).toBeFocused();
  return page;
}

async function writeTemplate(page: Page, name: string, text: string): Promise<void> {
  await page.getByRole("button", { name: "New saved reply" }).press("Enter");
  await page.keyboard.type(name);
  await page.keyboard.press("Tab");
  await page.keyboard.type(text);
  await page.getByRole("button", { name: "Save", exact: true }).press("Enter");
}

test("saved replies are written, ordered, deleted and taken back in the settings, and kept", async ({
  app,
  server,
}) => {
  const page = await openThread(app, server);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+,");
  const saved = page.getByRole("region", { name: "Saved replies" });
  await writeTemplate(page, "Ready", "Hi {{contact.firstName}}, the heron is ready.");
  await writeTemplate(page, "Hours", "We open at nine, {{contact.firstName|friend}}.");
  await expect(saved.getByRole("listitem")).toHaveText([/Ready/, /Hours/]);
  await saved.getByRole("button", { name: "Move up “Hours”" }).press("Enter");
  await expect(saved.getByRole("listitem")).toHaveText([/Hours/, /Ready/]);
  await saved.getByRole("button", { name: "Delete “Hours”" }).press("Enter");
  await expect(saved.getByRole("listitem")).toHaveText([/Ready/]);
  await page.getByRole("button", { name: "Undo" }).press("Enter");
  await expect(saved.getByRole("listitem")).toHaveText([/Hours/, /Ready/]);
  await expectNoAxeViolations(page);

  await app.restart();
  await expect(conversation(app.page, lastTextOf(READABLE))).toBeVisible();
  await app.page.keyboard.press("Control+,");
  const again = app.page.getByRole("region", { name: "Saved replies" });
  await expect(again.getByRole("listitem")).toHaveText([/Hours/, /Ready/]);
});

test("a saved reply is found after a slash, by button and key, and never goes out with a hole in it", async ({
  app,
  server,
}) => {
  const page = await openThread(app, server);
  await page.evaluate((templates) => window.threadkeep.invoke("templates.save", { templates }), TEMPLATES);
  await page.reload();
  await conversation(page, lastTextOf(READABLE)).focus();
  await page.keyboard.press("Enter");
  await expect(messages(page).first()).toBeVisible();
  await page.keyboard.press("r");
  await expect(box(page)).toBeFocused();
  await page.keyboard.type("/rea");
  await expect(page.getByRole("option", { name: /^Ready/ })).toHaveAttribute("aria-selected", "true");
  await expectNoAxeViolations(page);
  await page.keyboard.press("Enter");
  await expect(box(page)).toHaveValue("Hi {{contact.firstName}}, the heron is ready.");
  await expect(page.getByText("{{contact.firstName}} is not filled in. Replace it, then send.")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(box(page)).toHaveValue(/heron/);
  expect(server.sends).toEqual([]);
  // The open variable is selected: typing replaces it.
  await page.keyboard.type("Dana");
  await page.keyboard.press("Enter");
  await expect.poll(() => server.sends.map(({ text }) => text)).toEqual(["Hi Dana, the heron is ready."]);

  await page.keyboard.press("Control+j");
  await page.keyboard.type("hours");
  await page.keyboard.press("Enter");
  await expect(box(page)).toHaveValue("We open at nine, friend.");
});

test("an emoji is searched and inserted offline, and asks for a second text when it costs one", async ({
  app,
  server,
}) => {
  const page = await openThread(app, server);
  await page.keyboard.type("x".repeat(71));
  await expect(page.getByText(/texts$/)).toBeHidden();
  await page.keyboard.press("Control+e");
  await page.getByRole("searchbox", { name: "Search emoji" }).waitFor();
  await page.keyboard.type("party popper");
  await expect(page.getByRole("option", { name: "party popper" })).toBeVisible();
  await expectNoAxeViolations(page);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(box(page)).toHaveValue(`${"x".repeat(71)}🎉`);
  await expect(page.getByText("72 characters, 2 texts")).toBeVisible();
});

test("a reply for later stands in thread and outbox, survives a kill, and is canceled, put back and edited", async ({
  app,
  server,
}) => {
  const page = await openThread(app, server);
  await page.keyboard.type("Good morning, heron.");
  await page.keyboard.press("Control+d");
  await page.keyboard.type("tomorrow");
  await page.keyboard.press("Enter");
  const later = messages(page).filter({ hasText: "Good morning, heron." });
  await expect(later).toHaveAccessibleName(/^Scheduled for/);
  await expect(box(page)).toBeEmpty();
  await app.kill();

  const again = await app.start();
  await again.getByRole("button", { name: /^Outbox/ }).press("Enter");
  await expect(
    outbox(again).getByRole("region", { name: "Scheduled" }).getByText("Good morning, heron."),
  ).toBeVisible();
  await expectNoAxeViolations(again);
  await outbox(again)
    .getByRole("button", { name: /^Don't send/ })
    .press("Enter");
  await expect(outbox(again).getByText("Good morning, heron.")).toBeHidden();
  await again.getByRole("button", { name: "Undo" }).press("Enter");
  await expect(outbox(again).getByText("Good morning, heron.")).toBeVisible();
  await outbox(again).getByRole("button", { name: /^Edit/ }).press("Enter");
  await expect(box(again)).toHaveValue("Good morning, heron.");
  expect(server.sends).toEqual([]);
});

test("a date and time of one's own is checked, scheduled and sent now", async ({ app, server }) => {
  const again = await openThread(app, server);
  await again.keyboard.type("Good morning, heron.");
  await box(again).press("Control+d");
  await again.keyboard.type("pick");
  await again.keyboard.press("Enter");
  const when = again.getByRole("group", { name: "Date and time", exact: true });
  const year = when.getByRole("spinbutton", { name: /^year/ });
  const proposed = await year.innerText();
  await year.focus();
  await again.keyboard.type("2020");
  await again.getByRole("button", { name: "Schedule", exact: true }).press("Enter");
  await expect(again.getByRole("alert")).toContainText("still to come");
  await expectNoAxeViolations(again);
  // Part by part, or a day out of the calendar.
  await year.focus();
  await again.keyboard.type(proposed);
  await again.keyboard.press("Alt+ArrowDown");
  await expect(again.getByRole("grid")).toBeVisible();
  await expectNoAxeViolations(again);
  const day = when.getByRole("spinbutton", { name: /^day/ });
  const before = await day.innerText();
  await again.keyboard.press("ArrowRight");
  await again.keyboard.press("Enter");
  await expect(again.getByRole("grid")).toBeHidden();
  await expect(day).not.toHaveText(before);
  await again.getByRole("button", { name: "Schedule", exact: true }).press("Enter");
  const picked = messages(again).filter({ hasText: "Good morning, heron." });
  await expect(picked).toHaveAccessibleName(/^Scheduled for/);
  // Neither attempt to schedule sent anything.
  expect(server.sends).toEqual([]);
  await picked.getByRole("button", { name: "Send now" }).press("Enter");
  await expect.poll(() => server.sends.map(({ text }) => text)).toEqual(["Good morning, heron."]);
});

test("somebody else's reply holds this one back without taking the keyboard, until it is meant all the same", async ({
  app,
  server,
}) => {
  const page = await openThread(app, server);
  await page.keyboard.type("I will look into it");
  await page.keyboard.press("Control+s");
  await expect(conversation(page, /Draft: I will look into it/)).toBeVisible();
  server.sendElsewhere(READABLE, "Done already. Ana");
  await syncNow(page);
  await expect(messages(page).filter({ hasText: "Done already. Ana" })).toHaveCount(1);
  await page.keyboard.press("Enter");
  const held = page.getByRole("alert").filter({ hasText: "Someone else replied" });
  await expect(held).toContainText("Done already. Ana");
  await expect(box(page)).toBeFocused();
  await expectNoAxeViolations(page);
  expect(server.sends).toEqual([]);
  await page.keyboard.type(", promised");
  await held.getByRole("button", { name: "Send anyway" }).press("Enter");
  await expect.poll(() => server.sends.map(({ text }) => text)).toEqual(["I will look into it, promised"]);
  await expect(held).toBeHidden();
});

test("a reply written as the computer went to sleep sees what a colleague wrote meanwhile, and is given up with undo", async ({
  app,
  server,
}) => {
  const page = await openThread(app, server);
  await app.electron.evaluate(({ powerMonitor }) => void powerMonitor.emit("suspend"));
  await page.keyboard.type("I will look into it");
  await page.keyboard.press("Enter");
  const reply = messages(page).filter({ hasText: "I will look into it" });
  await expect(reply).toHaveAccessibleName(/^Queued/);
  server.sendElsewhere(READABLE, "Done already. Ana");
  await app.electron.evaluate(({ powerMonitor }) => void powerMonitor.emit("resume"));
  await expect(messages(page).filter({ hasText: "Done already. Ana" })).toHaveCount(1);
  await expect(reply).toContainText("Somebody else replied");
  await expectNoAxeViolations(page);
  await reply.getByRole("button", { name: /^Discard/ }).press("Enter");
  await expect(reply).toBeHidden();
  await page.getByRole("button", { name: "Undo" }).press("Enter");
  await expect(reply).toContainText("Somebody else replied");
  expect(server.sends).toEqual([]);
  await reply.getByRole("button", { name: "Send anyway" }).press("Enter");
  await expect.poll(() => server.sends.map(({ text }) => text)).toEqual(["I will look into it"]);
});

test("a missing consent is asked for once, kept over a restart, seen in the history and taken back there", async ({
  app,
  server,
}) => {
  const page = await openThread(app, server);
  const gate = (shown: Page) => shown.getByRole("group", { name: "This contact has no consent on record" });
  const permission = (shown: Page) =>
    gate(shown).getByRole("checkbox", { name: "I have their permission to text them" });
  await conversation(page, lastTextOf(NO_CONSENT)).click();
  await expect(gate(page)).toBeVisible();
  await expectNoAxeViolations(page);
  await permission(page).press("Space");
  await expect(gate(page)).toBeHidden();
  await expect(box(page)).toBeFocused();
  await page.getByRole("button", { name: "Undo" }).press("Enter");
  await expect(gate(page)).toBeVisible();
  await permission(page).press("Space");
  await expect(gate(page)).toBeHidden();

  await app.restart();
  const again = app.page;
  await conversation(again, lastTextOf(NO_CONSENT)).click();
  await expect(box(again)).toBeVisible();
  await expect(gate(again)).toBeHidden();
  await again.keyboard.press("i");
  const panel = again.getByRole("complementary");
  await expect(panel.getByText("you confirmed on this device that they agreed")).toHaveCount(2);
  await expectNoAxeViolations(again);
  await panel.getByRole("button", { name: "Take back my confirmation" }).press("Enter");
  await expect(gate(again)).toBeVisible();
});

test("a text that may ask to stop is shown to a person, whose decision blocks sending and can be taken back", async ({
  app,
  server,
}) => {
  const page = await openThread(app, server);
  server.receive(READABLE, "please stop texting me");
  await syncNow(page);
  await expect(conversation(page, /may be asking to stop/)).toHaveCount(1);
  const ask = page.getByRole("group", { name: "This text may ask for no more messages" });
  await expect(ask).toBeVisible();
  await expectNoAxeViolations(page);
  await ask.getByRole("button", { name: "Not an opt-out" }).press("Enter");
  await expect(ask).toBeHidden();
  await page.getByRole("button", { name: "Undo" }).press("Enter");
  await ask.getByRole("button", { name: "Mark as opted out" }).press("Enter");
  await expect(box(page)).toBeDisabled();
  await expect(page.getByText("Someone marked this contact as opted out on this device.")).toBeVisible();
  await app.restart();
  const again = app.page;
  await conversation(again, /please stop texting me/).click();
  await expect(box(again)).toBeDisabled();
  await expectNoAxeViolations(again);
  await again.getByRole("button", { name: "Allow texts again" }).press("Enter");
  await expect(box(again)).toBeEnabled();
  expect(server.sends).toEqual([]);
});

test("Enter sends or begins a line, as chosen", async ({ app, server }) => {
  const page = await openThread(app, server);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+,");
  await page.getByRole("radio", { name: "Ctrl+Enter" }).press("Space");
  await page.getByRole("button", { name: /^All$/ }).press("Enter");
  await conversation(page, lastTextOf(READABLE)).focus();
  await page.keyboard.press("r");
  await expect(box(page)).toBeFocused();
  await page.keyboard.type("one");
  await page.keyboard.press("Enter");
  await page.keyboard.type("two");
  await expect(box(page)).toHaveValue("one\ntwo");
  await page.keyboard.press("Control+Enter");
  await expect.poll(() => server.sends.map(({ text }) => text)).toEqual(["one\ntwo"]);
});

test("no word list is fetched unasked, and the menu in a text is ours", async ({ app, server }) => {
  const page = await openThread(app, server);
  await page.keyboard.type("mispelled wrods");
  const isChecked = await app.electron.evaluate(({ session }) => session.defaultSession.isSpellCheckerEnabled());
  expect(isChecked).toBe(false);
  const labels = await app.electron.evaluate(({ BrowserWindow, Menu }) => {
    const seen: string[] = [];
    const build = Menu.buildFromTemplate;
    Menu.buildFromTemplate = (items) => {
      seen.push(...items.map((item) => ("label" in item ? (item.label ?? "") : "")));
      return Object.assign(build([]), { popup: () => undefined });
    };
    const facts = {
      isEditable: true,
      selectionText: "",
      misspelledWord: "wrods",
      dictionarySuggestions: ["words"],
      editFlags: { canCut: true, canCopy: true, canPaste: true, canSelectAll: true },
    };
    BrowserWindow.getAllWindows()[0]?.webContents.emit("context-menu", {}, facts);
    Menu.buildFromTemplate = build;
    return seen;
  });
  expect(labels.filter(Boolean)).toEqual(["words", "Add to dictionary", "Cut", "Copy", "Paste", "Select all"]);
});
