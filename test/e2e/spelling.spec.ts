/** Spelling in the composer: nothing is fetched unasked, a language is chosen and given up by keys, and the menu is ours. */
import { conversation, expect, expectNoAxeViolations, test } from "./fixtures.ts";
import { openThread } from "./composer-steps.ts";
import { tabTo, tick } from "./keys.ts";
import { READABLE, lastTextOf } from "./world.ts";

test("spelling is checked in a language chosen by keys, also after a restart, until it is turned off", async ({
  app,
  server,
}) => {
  const page = await openThread(app, server);
  // What a real session would fetch from the network is only noted down.
  await app.electron.evaluate(({ session: { defaultSession } }) => {
    const asked: (boolean | readonly string[])[] = [];
    defaultSession.setSpellCheckerEnabled = (on) => void asked.push(on);
    defaultSession.setSpellCheckerLanguages = (languages) => void asked.push(languages);
    Object.assign(globalThis, { asked });
  });
  const asked = () => app.electron.evaluate(() => (globalThis as unknown as { asked: unknown[] }).asked);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+,");
  const languages = page.getByRole("group", { name: "Languages" });
  await languages.waitFor();
  await tabTo(page, "searchbox", "Search languages", { within: languages });
  await page.keyboard.type("french");
  await tick(page, "checkbox", "French", { within: languages });
  await expect.poll(asked).toEqual([false, ["fr"], true]);
  await expectNoAxeViolations(page);
  await app.close();

  // Nothing leaves: the word list itself is no part of this.
  const again = await app.start(["--host-resolver-rules=MAP *.gvt1.com 127.0.0.1:9"]);
  await expect(conversation(again, lastTextOf(READABLE))).toBeVisible();
  const chosen = () =>
    app.electron.evaluate(({ session: { defaultSession } }) => ({
      on: defaultSession.isSpellCheckerEnabled(),
      languages: defaultSession.getSpellCheckerLanguages(),
    }));
  await expect.poll(chosen).toEqual({ on: true, languages: ["fr"] });
  await again.keyboard.press("Control+,");
  await tick(again, "checkbox", "Check spelling");
  await expect.poll(chosen).toEqual({ on: false, languages: [] });
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
