/** The screens before the inbox, by keys alone: no keyring, a keyring that does not hand over the key, a damaged local copy. */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright/test";
import { connect, conversation, expect, expectNoAxeViolations, syncStatus, test } from "./fixtures.ts";
import { enter, focusName, expectFocus } from "./keys.ts";
import { scanForSecret } from "./secret-scan.ts";
import { READABLE, lastTextOf } from "./world.ts";

const NO_KEYRING = "--password-store=basic";

/** Nothing has changed meanwhile: that is said, and the keyboard stays where it was. */
async function tryInVain(page: Page, told: string): Promise<void> {
  await enter(page, "button", "Try again");
  await expect(page.getByRole("status").filter({ hasText: told })).toBeVisible();
  expect(await focusName(page)).toBe('button "Try again"');
}

test("without a keyring the app asks, works for this session, and writes nothing", async ({ app, server }) => {
  const page = await app.start([NO_KEYRING]);
  await expect(page.getByRole("button", { name: "Use for this session only" })).toBeVisible({ timeout: 15_000 });
  await expectNoAxeViolations(page);
  await tryInVain(page, "Tried again: still no keyring answers.");
  await enter(page, "button", "Use for this session only");
  await expect.poll(() => focusName(page)).toMatch(/^heading/);
  await connect(page, server);
  await expect(conversation(page, lastTextOf(READABLE))).toBeVisible();
  await app.close();

  const names = await readdir(app.dataDir);
  expect(names.filter((name) => name.startsWith("inbox.db"))).toEqual([]);
  const settings = await readFile(join(app.dataDir, "threadkeep.json"), "utf8").catch(() => "{}");
  expect((JSON.parse(settings) as { secrets?: object }).secrets ?? {}).toEqual({});
  expect(await scanForSecret(app.dataDir, server.apiKey)).toEqual([]);
  expect(await scanForSecret(app.dataDir, lastTextOf(READABLE))).toEqual([]);
});

test("a keyring without the key is told and tried again; a damaged copy is set aside, told, and built anew", async ({
  app,
  server,
}) => {
  await connect(await app.start(), server);
  await app.close();

  const shut = await app.start([NO_KEYRING]);
  await expect(shut.getByRole("heading", { name: "Your saved key cannot be read" })).toBeVisible({ timeout: 15_000 });
  await expectNoAxeViolations(shut);
  await tryInVain(shut, "Tried again: the key can still not be read.");
  await app.close();

  const path = join(app.dataDir, "inbox.db");
  const bytes = await readFile(path);
  await writeFile(path, bytes.fill(0x5a, 0, 8_192));
  const page = await app.start();
  const notice = page.getByRole("region", { name: "The local copy of your inbox was damaged, so it was set aside." });
  await expect(notice).toContainText("Nothing was deleted");
  await expectNoAxeViolations(page);
  await enter(page, "button", "Dismiss", { within: notice });
  await expect(notice).toBeHidden();
  await expectFocus(page);
  // From the provider again, with nobody asked for the key.
  await enter(page, "option", new RegExp(lastTextOf(READABLE)));
  await expect(syncStatus(page)).toContainText("Up to date");
  expect((await readdir(app.dataDir)).filter((name) => name.startsWith("inbox.db.set-aside-"))).not.toEqual([]);
});
