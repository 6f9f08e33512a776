/** Writing with the keyboard alone: emoji, a time to send, somebody else's reply, opt-out wishes, the sending key. */
import type { Page } from "playwright/test";
import { conversation, expect, expectNoAxeViolations, messages, syncNow, test } from "./fixtures.ts";
import { box, openThread } from "./composer-steps.ts";
import { enter, expectFocus, openPicker, tabTo, tick, undo } from "./keys.ts";
import { NO_CONSENT, READABLE, lastTextOf } from "./world.ts";

const outbox = (page: Page) => page.getByRole("main", { name: "Outbox" });

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
  // A part that stands empty is no date, though there was a whole one before.
  for (let digit = 0; digit < proposed.length; digit += 1) await again.keyboard.press("Backspace");
  await expect(year).toHaveAttribute("data-placeholder", "true");
  await enter(again, "button", "Schedule");
  await expect(again.getByRole("alert")).toContainText("Choose a date and a time.");
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
  await enter(again, "button", "Cancel", { within: picked });
  await expect(picked).toBeHidden();
  await expectFocus(again);
  await undo(again);
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
