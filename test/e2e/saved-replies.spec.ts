/** Saved replies with the keyboard alone: written, changed, ordered, searched and deleted in the settings, inserted in a message. */
import type { Page } from "playwright/test";
import { conversation, expect, expectNoAxeViolations, messages, test } from "./fixtures.ts";
import { box, openThread } from "./composer-steps.ts";
import { command, enter, expectFocus, focusName, openPicker, tabTo, typeInto, undo } from "./keys.ts";
import { READABLE, lastTextOf } from "./world.ts";

const TEMPLATES = [
  { id: "5b0a7c1e-0f5f-4a52-8f3f-0d1f8a5c7a01", name: "Ready", text: "Hi {{contact.firstName}}, the heron is ready." },
  { id: "5b0a7c1e-0f5f-4a52-8f3f-0d1f8a5c7a02", name: "Hours", text: "We open at nine, {{contact.firstName|friend}}." },
  ...["Prices", "Thanks", "Parking", "Address"].map((name, index) => ({
    id: `5b0a7c1e-0f5f-4a52-8f3f-0d1f8a5c7a1${index}`,
    name,
    text: `About it: ${name.toLowerCase()}.`,
  })),
];

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
