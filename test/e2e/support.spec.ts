/** The support report from the window: every line can be read before it is saved, parts can be left out, nothing private is in it. */
import { readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, expect, expectNoAxeViolations, test } from "./fixtures.ts";
import { enter, focusName, reach, tick } from "./keys.ts";
import { READABLE, lastTextOf } from "./world.ts";

test("a jump to the last section of the settings moves the page alone, not the window; the licences there can be read", async ({
  app,
  server,
}) => {
  const page = await app.start();
  await connect(page, server);
  await page.keyboard.press("Control+,");
  await enter(page, "button", "Help");
  await expect(page.getByRole("heading", { name: "Help" })).toBeInViewport();
  await expect(page.getByRole("heading", { name: "Help" })).toBeFocused();
  await expect(page.getByRole("button", { name: "All", exact: true })).toBeInViewport();
  expect(
    await page.evaluate(() => [document.documentElement.scrollHeight - window.innerHeight, window.scrollY]),
  ).toEqual([0, 0]);

  await enter(page, "button", "Open-source licences");
  const licences = page.getByRole("dialog", { name: "Open-source licences" });
  await reach(page, licences.getByText("zustand", { exact: true }), "the licence of zustand");
  await expectNoAxeViolations(page);
  await page.keyboard.press("Enter");
  await expect(licences.getByText(/Permission is hereby granted/).filter({ visible: true })).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(licences).toBeHidden();
  await expect.poll(() => focusName(page)).toBe('button "Open-source licences"');
});

test("a report is shown line by line, saved without the parts left out, and holds no text, name, number or key", async ({
  app,
  server,
}) => {
  const path = join(tmpdir(), `threadkeep-report-${process.pid}.txt`);
  const page = await app.start();
  await connect(page, server, "Maple Street Dental");
  await page.keyboard.press("Control+,");
  await enter(page, "button", "Save a report for support…");
  const dialog = page.getByRole("dialog", { name: "Report for support" });
  await expect(dialog.getByRole("textbox", { name: "Lines of: Storage" })).toHaveValue(/schema version: \d+/);
  await expectNoAxeViolations(page);
  const shown = await dialog
    .getByRole("textbox")
    .evaluateAll((all) => all.map((box) => (box as HTMLTextAreaElement).value).join("\n"));
  await tick(page, "checkbox", "Log", { within: dialog });
  await app.electron.evaluate(({ dialog: system }, filePath) => {
    system.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
  await enter(page, "button", "Save report…", { within: dialog });
  await expect(dialog.getByText("The report was saved.")).toBeVisible();
  // It can be pressed again, for another place.
  await expect.poll(() => focusName(page)).toBe('button "Save report…"');
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect.poll(() => focusName(page)).toBe('button "Save a report for support…"');

  try {
    const saved = await readFile(path, "utf8");
    expect(saved).toMatch(/account-[0-9a-f]{6} · agentmessage · ok/);
    expect(saved).toContain("[app]");
    expect(saved).not.toContain("[log]");
    for (const line of saved.split("\n").filter((one) => /^[a-z ]+: /.test(one))) expect(shown).toContain(line);
    const number = server.conversation(READABLE).contactNumber;
    for (const text of [saved, shown]) {
      for (const secret of [
        server.apiKey,
        lastTextOf(READABLE),
        "Maple Street",
        "Pelican",
        number,
        number.slice(-7),
        server.baseUrl,
      ]) {
        expect(text).not.toContain(secret);
      }
    }
  } finally {
    await rm(path, { force: true });
  }
});
