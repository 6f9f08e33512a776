/** Writing with the keyboard alone: saved replies, emoji, a time to send, somebody else's reply, opt-out wishes, the sending key. */
import type { Page } from "playwright/test";
import { conversation, expect, expectNoAxeViolations, messages, syncNow, test } from "./fixtures.ts";
import { box, openThread } from "./composer-steps.ts";
import { command, enter, expectFocus, focusName, openPicker, tabTo, tick, typeInto, undo } from "./keys.ts";
import { NO_CONSENT, READABLE, lastTextOf } from "./world.ts";

const TEMPLATES = [
  { id: "5b0a7c1e-0f5f-4a52-8f3f-0d1f8a5c7a01", name: "Ready", text: "Hi {{contact.firstName}}, the heron is ready." },
  { id: "5b0a7c1e-0f5f-4a52-8f3f-0d1f8a5c7a02", name: "Hours", text: "We open at nine, {{contact.firstName|friend}}." },
  ...["Prices", "Thanks", "Parking", "Address"].map((name, index) => ({
    id: `5b0a7c1e-0f5f-4a52-8f3f-0d1f8a5c7a1${index}`,
    name,
    text: `About it: ${name.toLowerCase()}.`,
  })),
];
const outbox = (page: Page) => page.getByRole("main", { name: "Outbox" });

async function writeTemplate(page: Page, name: string, text: string): Promise<void> {
  await enter(page, "button", "New saved reply");
  await page.keyboard.type(name);
  await page.keyboard.press("Tab");
  await page.keyboard.type(text);
  await enter(page, "button", "Save");
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
  await enter(page, "button", "Move up “Hours”");
  await expect(saved.getByRole("listitem")).toHaveText([/Hours/, /Ready/]);
  await expectFocus(page);
  await enter(page, "button", "Move down “Hours”");
  await expect(saved.getByRole("listitem")).toHaveText([/Ready/, /Hours/]);
  await enter(page, "button", "Move up “Hours”");
  await expect(saved.getByRole("listitem")).toHaveText([/Hours/, /Ready/]);

  // Refused in words without a name; a variable is put in where the caret stands.
  await enter(page, "button", "Edit “Ready”");
  const dialog = page.getByRole("dialog", { name: "Edit “Ready”" });
  await typeInto(page, "Name", " ", { within: dialog });
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("alert")).toBeFocused();
  await typeInto(page, "Name", "Ready", { within: dialog });
  await typeInto(page, "Text", "Hi , the heron is ready.", { within: dialog });
  await page.keyboard.press("Home");
  for (let letter = 0; letter < 3; letter += 1) await page.keyboard.press("ArrowRight");
  await enter(page, "button", "First name", { within: dialog });
  await expect(dialog.getByRole("textbox", { name: "Text" })).toBeFocused();
  await expect(dialog.getByRole("textbox", { name: "Text" })).toHaveValue(
    "Hi {{contact.firstName}}, the heron is ready.",
  );
  await enter(page, "button", "Save", { within: dialog });
  await expect(dialog).toBeHidden();
  await expect.poll(() => focusName(page)).toBe('button "Edit “Ready”"');
  await enter(page, "button", "Delete “Hours”");
  await expect(saved.getByRole("listitem")).toHaveText([/Ready/]);
  await expect.poll(() => focusName(page)).toBe('button "Edit “Ready”"');
  await undo(page);
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
  await enter(page, "option", new RegExp(lastTextOf(READABLE)));
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

  await openPicker(page, "Control+j");
  await page.keyboard.type("hours");
  await page.keyboard.press("Enter");
  await expect(box(page)).toHaveValue("We open at nine, friend.");

  // From six on they can be searched; who deletes the sixth while searching can still leave the search.
  await command(page, "manage saved replies");
  const saved = page.getByRole("region", { name: "Saved replies" });
  await expect(saved.getByRole("listitem")).toHaveCount(TEMPLATES.length);
  await tabTo(page, "searchbox", "Search saved replies");
  await page.keyboard.type("hours");
  await expect(saved.getByRole("listitem")).toHaveText([/Hours/]);
  await enter(page, "button", "Delete “Hours”");
  await expect(saved.getByText("No saved reply fits.")).toBeVisible();
  await tabTo(page, "searchbox", "Search saved replies");
  await page.keyboard.press("Escape");
  await expect(saved.getByRole("listitem")).toHaveCount(TEMPLATES.length - 1);
});

test("an emoji is searched and inserted offline, and asks for a second text when it costs one", async ({
  app,
  server,
}) => {
  const page = await openThread(app, server);
  await page.keyboard.type("x".repeat(71));
  await expect(page.getByText(/texts$/)).toBeHidden();
  await page.keyboard.press("Control+e");
  await expect(page.getByRole("searchbox", { name: "Search emoji" })).toBeFocused();
  await page.keyboard.type("party popper");
  await expect(page.getByRole("option", { name: "party popper" })).toBeVisible();
  await expectNoAxeViolations(page);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(box(page)).toHaveValue(`${"x".repeat(71)}🎉`);
  await expect(page.getByText("72 characters, 2 texts")).toBeVisible();

  // Or by its name, without leaving the text. A time is no name, and Escape leaves what was typed.
  await page.keyboard.press("Escape");
  await expect(box(page)).toBeFocused();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("At 10:30 :party_po");
  const offered = page.getByRole("listbox", { name: "Emoji" });
  await expect(offered.getByRole("option", { name: "party popper" })).toHaveAttribute("aria-selected", "true");
  await expectNoAxeViolations(page);
  await page.keyboard.press("Enter");
  await expect(box(page)).toHaveValue("At 10:30 🎉");
  await page.keyboard.type(":hear");
  await expect(offered.getByRole("option")).toHaveCount(6);
  await page.keyboard.press("ArrowDown");
  const second = await offered.getByRole("option", { selected: true }).innerText();
  await page.keyboard.press("Tab");
  await expect(box(page)).toHaveValue(`At 10:30 🎉${second.split("\n")[0]}`);
  await page.keyboard.type(" :)  :smil");
  await offered.waitFor();
  await page.keyboard.press("Escape");
  await expect(offered).toBeHidden();
  await expect(box(page)).toHaveValue(/ :\) {2}:smil$/);
  expect(server.sends).toEqual([]);
});

test("a reply for later stands in thread and outbox, survives a kill, and is canceled, put back and edited", async ({
  app,
  server,
}) => {
  const page = await openThread(app, server);
  await page.keyboard.type("Good morning, heron.");
  await openPicker(page, "Control+d");
  await page.keyboard.type("tomorrow");
  await page.keyboard.press("Enter");
  const later = messages(page).filter({ hasText: "Good morning, heron." });
  await expect(later).toHaveAccessibleName(/^Scheduled for/);
  await expect(box(page)).toBeEmpty();
  await app.kill();

  const again = await app.start();
  await again.getByRole("button", { name: /^Outbox/ }).waitFor();
  await enter(again, "button", /^Outbox/);
  await expect(
    outbox(again).getByRole("region", { name: "Scheduled" }).getByText("Good morning, heron."),
  ).toBeVisible();
  await expectNoAxeViolations(again);
  await enter(again, "button", /^Don't send/, { within: outbox(again) });
  await expect(outbox(again).getByText("Good morning, heron.")).toBeHidden();
  await undo(again);
  await expect(outbox(again).getByText("Good morning, heron.")).toBeVisible();
  await enter(again, "button", /^Edit/, { within: outbox(again) });
  await expect(box(again)).toHaveValue("Good morning, heron.");
  expect(server.sends).toEqual([]);
});

test("a date and time of one's own is checked, scheduled and sent now", async ({ app, server }) => {
  const again = await openThread(app, server);
  await again.keyboard.type("Good morning, heron.");
  await openPicker(again, "Control+d");
  await again.keyboard.type("pick");
  await again.keyboard.press("Enter");
  const when = again.getByRole("group", { name: "Date and time", exact: true });
  const year = when.getByRole("spinbutton", { name: /^year/ });
  const proposed = await year.innerText();
  await tabTo(again, "spinbutton", /^year/, { within: when });
  await again.keyboard.type("2020");
  await enter(again, "button", "Schedule");
  await expect(again.getByRole("alert")).toContainText("still to come");
  await expectNoAxeViolations(again);
  // Part by part, or a day out of the calendar.
  await tabTo(again, "spinbutton", /^year/, { within: when });
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
  await enter(again, "button", "Schedule");
  const picked = messages(again).filter({ hasText: "Good morning, heron." });
  await expect(picked).toHaveAccessibleName(/^Scheduled for/);
  // Neither attempt to schedule sent anything.
  expect(server.sends).toEqual([]);
  await enter(again, "button", "Send now", { within: picked });
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
  await enter(page, "button", "Send anyway", { within: held });
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
  await enter(page, "button", /^Discard/, { within: reply });
  await expect(reply).toBeHidden();
  await expectFocus(page);
  await undo(page);
  await expect(reply).toContainText("Somebody else replied");
  expect(server.sends).toEqual([]);
  await enter(page, "button", "Send anyway", { within: reply });
  await expect.poll(() => server.sends.map(({ text }) => text)).toEqual(["I will look into it"]);
});

test("a missing consent is asked for once, kept over a restart, seen in the history and taken back there", async ({
  app,
  server,
}) => {
  const page = await openThread(app, server);
  const gate = (shown: Page) => shown.getByRole("group", { name: "This contact has no consent on record" });
  const permit = () => tick(page, "checkbox", "I have their permission to text them", { within: gate(page) });
  await enter(page, "option", new RegExp(lastTextOf(NO_CONSENT)));
  await expect(gate(page)).toBeVisible();
  await expectNoAxeViolations(page);
  await permit();
  await expect(gate(page)).toBeHidden();
  await expect(page.getByText(/^Confirmed here by a person on/)).toBeVisible();
  await expect(box(page)).toBeFocused();
  await undo(page);
  await expect(gate(page)).toBeVisible();
  await permit();
  await expect(gate(page)).toBeHidden();

  await app.restart();
  const again = app.page;
  await enter(again, "option", new RegExp(lastTextOf(NO_CONSENT)));
  await expect(box(again)).toBeVisible();
  await expect(gate(again)).toBeHidden();
  await again.keyboard.press("i");
  const panel = again.getByRole("complementary");
  await expect(panel.getByText("you confirmed on this device that they agreed")).toHaveCount(2);
  await expectNoAxeViolations(again);
  await enter(again, "button", "Take back my confirmation", { within: panel });
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
  await enter(page, "button", "Not an opt-out", { within: ask });
  await expect(ask).toBeHidden();
  await expectFocus(page);
  await undo(page);
  await enter(page, "button", "Mark as opted out", { within: ask });
  await expect(box(page)).toBeDisabled();
  await expect(page.getByText("Someone marked this contact as opted out on this device.")).toBeVisible();
  await app.restart();
  const again = app.page;
  await enter(again, "option", /please stop texting me/);
  await expect(box(again)).toBeDisabled();
  await expectNoAxeViolations(again);
  await enter(again, "button", "Allow texts again");
  await expect(box(again)).toBeEnabled();
  expect(server.sends).toEqual([]);
});

test("Enter sends or begins a line, as chosen", async ({ app, server }) => {
  const page = await openThread(app, server);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+,");
  await tick(page, "radio", "Ctrl+Enter");
  await enter(page, "button", "All");
  await tabTo(page, "option", new RegExp(lastTextOf(READABLE)));
  await page.keyboard.press("r");
  await expect(box(page)).toBeFocused();
  await page.keyboard.type("one");
  await page.keyboard.press("Enter");
  await page.keyboard.type("two");
  await expect(box(page)).toHaveValue("one\ntwo");
  await page.keyboard.press("Control+Enter");
  await expect.poll(() => server.sends.map(({ text }) => text)).toEqual(["one\ntwo"]);
});
