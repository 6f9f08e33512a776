/**
 * What a person's hands may do that a store cannot see: a key held down, a word being composed, a dialog whose thread goes
 * away, an undo pressed after one went on. The real window over the fake bridge, one window for all.
 */
import type { Page } from "playwright/test";
import { expect } from "playwright/test";
import type { CallName } from "../../shared/ipc.ts";
import { FAKE_NOW } from "../fakes/fake-bridge.ts";
import { test } from "./fixtures.ts";
import { present, renew } from "./harness-app.ts";

const size = [1280, 800] as const;
const show = (page: Page, scenario: string) => present(page, { name: scenario, scenario, size }, "light");
const row = (page: Page, index: number) => page.locator(`[role="option"][data-index="${index}"]`);
const box = (page: Page) => page.getByRole("textbox", { name: "Message", exact: true });
const countOf = (page: Page, name: CallName) => page.evaluate((one) => window.fake.countOf(one), name);
/** Two frames: what is put off until the next one has happened. */
const soon = (page: Page) =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

async function hold(page: Page, key: string): Promise<void> {
  for (let times = 0; times < 4; times += 1) {
    await page.keyboard.down(key);
    await soon(page);
  }
  await page.keyboard.up(key);
}

/** As an input method has it: the key is about the word it makes. */
const composeWith = (page: Page, key: string) =>
  page.evaluate((pressed) => {
    const event = { key: pressed, bubbles: true, cancelable: true, isComposing: true };
    document.activeElement!.dispatchEvent(new KeyboardEvent("keydown", event));
  }, key);

test.describe("hands", () => {
  test.afterEach(({ harness }) => renew(harness));

  test("a form that goes after its rows have come leads the keyboard to them", async ({ harness: page }) => {
    await show(page, "welcome");
    await page.getByRole("button", { name: "Connect an account" }).click();
    await page.getByRole("textbox", { name: "API key", exact: true }).fill("am_live_anything");
    await page.getByLabel("Account name").fill("Front desk");
    await page.evaluate(() => {
      const { invoke } = window.fake.bridge;
      const late = new Promise<void>((done) => Object.assign(window, { letGo: done }));
      // Main has connected, and says so; its answer takes longer.
      window.fake.bridge.invoke = (async (name: CallName, input: never) => {
        if (name !== "accounts.connect") return invoke(name, input);
        const outcome = await invoke("accounts.connectSample");
        await late;
        return outcome;
      }) as typeof invoke;
    });
    await page.getByRole("button", { name: "Connect", exact: true }).press("Enter");
    await row(page, 0).waitFor({ state: "attached" });
    await page.evaluate(() => (window as unknown as { letGo: () => void }).letGo());
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(row(page, 0)).toBeFocused();
  });

  test("a found text that comes late leaves the search its keys", async ({ harness: page }) => {
    await show(page, "inbox");
    const search = page.getByRole("searchbox", { name: "Search" });
    await search.fill("crown");
    const hit = page.getByRole("listbox", { name: "Search results" }).getByRole("option").first();
    await hit.focus();
    await page.evaluate(() => Object.assign(window, { letGo: window.fake.hold("thread.page") }));
    await hit.press("Enter");
    await search.focus();
    await page.evaluate(() => (window as unknown as { letGo: () => void }).letGo());
    await expect(page.locator('[data-target="true"]')).toBeVisible();
    await soon(page);
    await expect(search).toBeFocused();
  });

  test("Enter held down on a conversation opens it and does not send its draft", async ({ harness: page }) => {
    await show(page, "inbox");
    await row(page, 0).focus();
    for (let steps = 0; steps < 3; steps += 1) await page.keyboard.press("ArrowDown");
    await hold(page, "Enter");
    await expect(box(page)).toHaveValue("Thanks for asking! The crown would be");
    // A row that is open already leads to its text, as a saved reply does that is chosen with the key.
    await hold(page, "Enter");
    await expect(box(page)).toBeFocused();
    expect(await countOf(page, "outbox.send")).toBe(0);
  });

  test("a command's key held down acts once, and moving in the list goes on", async ({ harness: page }) => {
    await show(page, "inbox");
    await row(page, 0).focus();
    await hold(page, "j");
    await expect(row(page, 4)).toBeFocused();
    await hold(page, "e");
    await expect.poll(() => countOf(page, "triage.apply")).toBe(1);
    await expect(page.getByText("Marked done")).toBeVisible();
    expect(await countOf(page, "triage.apply")).toBe(1);
  });

  test("keys of an input method stay in the text", async ({ harness: page }) => {
    await show(page, "inbox");
    await row(page, 0).click();
    await box(page).focus();
    await composeWith(page, "Escape");
    await soon(page);
    await expect(box(page)).toBeFocused();
    await page.getByRole("searchbox", { name: "Search" }).focus();
    for (const key of ["ArrowDown", "Escape"]) {
      await composeWith(page, key);
      await soon(page);
      await expect(page.getByRole("searchbox", { name: "Search" })).toBeFocused();
    }
    await page.getByRole("button", { name: /^Accounts/ }).click();
    await page.getByRole("button", { name: /^Rename/ }).click();
    await page.getByRole("textbox", { name: "Account name" }).waitFor();
    await composeWith(page, "Escape");
    await soon(page);
    await expect(page.getByRole("textbox", { name: "Account name" })).toBeFocused();
  });

  test("a dialog of the composer goes with its thread, and the keys work on", async ({ harness: page }) => {
    await show(page, "inbox");
    await row(page, 0).click();
    await box(page).press("Control+j");
    const picker = page.getByRole("combobox", { name: "Search saved replies" });
    await picker.waitFor();
    // Its notification was pressed.
    await page.evaluate(() => window.fake.navigate(window.fake.row(5)!.id));
    await expect(picker).toBeHidden();
    await expect(page.getByRole("heading", { level: 2, name: "نور حداد" })).toBeVisible();

    // One that cannot be read has no composer to show it.
    await page.evaluate(() => window.fake.fail("conversations.get", "disk_error"));
    await row(page, 8).click();
    await page.getByRole("button", { name: "Try again" }).waitFor();
    await page.keyboard.press("Control+j");
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("combobox", { name: "Command" })).toBeVisible();
  });

  test("in a narrow window the way to a thread that cannot be answered ends in the thread", async ({
    harness: page,
  }) => {
    await present(page, { name: "narrow", scenario: "inbox", size: [640, 720] }, "light");
    await page.getByRole("button", { name: /^Outbox/ }).click();
    await page.getByRole("button", { name: "Open the conversation with Dana Reyes" }).focus();
    // Its notification was pressed.
    await page.evaluate(() => window.fake.navigate(window.fake.row(6)!.id));
    await expect(page.getByRole("region", { name: "Conversation", exact: true })).toBeFocused();
  });

  test("in a narrow window every way to the list leads past the thread that hides it", async ({ harness: page }) => {
    await present(page, { name: "narrow", scenario: "inbox", size: [640, 720] }, "light");
    const list = page.getByRole("listbox", { name: "Conversations" });
    const thread = page.getByRole("region", { name: "Conversation", exact: true });
    const open = async () => {
      await row(page, 0).click();
      await expect(list).toBeHidden();
      await thread.focus();
    };
    for (const keys of [["g", "i"], ["/"], ["Escape"]]) {
      await open();
      for (const key of keys) await page.keyboard.press(key);
      await expect(list).toBeVisible();
      await expect(keys[0] === "/" ? page.getByRole("searchbox") : row(page, 0)).toBeFocused();
    }
    await open();
    await page.getByRole("button", { name: /^All inboxes/ }).click();
    await expect(list).toBeVisible();
    // A thread beside the list stays.
    await row(page, 0).click();
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.getByRole("button", { name: /^All inboxes/ }).click();
    await expect(page.getByRole("heading", { level: 2, name: "Dana Reyes" })).toBeVisible();
  });

  test("undo of a discarded text reaches the box of its thread, also after one went away", async ({
    harness: page,
  }) => {
    await show(page, "writing");
    const dana = page.getByRole("option", { name: /^Dana Reyes/ });
    await dana.click();
    await box(page).fill("Tuesday at 9:40 works.");
    await box(page).press("Enter");
    await page.getByRole("button", { name: "Discard", exact: true }).click();
    await expect(box(page)).toHaveValue("");
    await page.getByRole("option", { name: /^Leila Haddad/ }).click();
    await page.getByRole("heading", { level: 2, name: "Leila Haddad" }).waitFor();
    await dana.click();
    await page.getByRole("heading", { level: 2, name: "Dana Reyes" }).waitFor();
    await box(page).fill("Or on Friday?");
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(box(page)).toHaveValue("Tuesday at 9:40 works.\nOr on Friday?");
    await expect
      .poll(() => page.evaluate(() => window.fake.drafts.get(1)))
      .toBe("Tuesday at 9:40 works.\nOr on Friday?");
  });

  test("the menu of a thread copies the number of that thread, whatever is selected", async ({ harness: page }) => {
    await show(page, "inbox");
    await page.evaluate(() => {
      Object.defineProperty(navigator, "clipboard", {
        value: { writeText: async (text: string) => void window.violations.push(text) },
      });
    });
    await row(page, 0).click();
    await row(page, 4).click({ modifiers: ["Control"] });
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Copy number" }).click();
    const numbers = () => page.evaluate(() => [window.violations.at(-1), window.fake.row(1)!.contactNumber]);
    await expect.poll(async () => (await numbers())[0]).toBeDefined();
    const [copied, number] = await numbers();
    expect(copied).toBe(number);
  });

  test("accounts that cannot be read are said to be so", async ({ harness: page }) => {
    await show(page, "failed_accounts");
    await expect(page.getByRole("alert")).toContainText("disk");
  });

  test("an outbox that cannot be read does not look empty", async ({ harness: page }) => {
    await show(page, "failed_list");
    await page.keyboard.press("g");
    await page.keyboard.press("o");
    await page.getByRole("heading", { level: 1, name: "Outbox" }).waitFor();
    await expect(page.getByText("The outbox could not be read.")).toBeVisible();
    await expect(page.getByText("Nothing is waiting")).toBeHidden();
    await page.evaluate(() => window.fake.fail("outbox.list", null));
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByText("Nothing is waiting")).toBeVisible();
  });

  test("a reply that was refused after its thread was left is told of", async ({ harness: page }) => {
    await show(page, "inbox");
    await row(page, 0).click();
    await page.evaluate(() => Object.assign(window, { letGo: window.fake.hold("outbox.send") }));
    await box(page).fill("See you then.");
    await box(page).press("Enter");
    await row(page, 2).click();
    await expect(box(page)).toHaveValue("");
    await page.evaluate(() => window.fake.fail("outbox.send", "opted_out"));
    await page.evaluate(() => (window as unknown as { letGo: () => void }).letGo());
    await expect(page.getByText("To Dana Reyes: The contact has opted out.")).toBeVisible();
    await page.getByRole("button", { name: "Open", exact: true }).click();
    await expect(box(page)).toHaveValue("See you then.");
  });

  test("a file dialog that was left without a file leaves the import as it is shown", async ({ harness: page }) => {
    await show(page, "inbox");
    await page.keyboard.press("Control+k");
    await page.keyboard.type("import names");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Choose a file" }).click();
    await page.getByLabel("Numbers without a country code are from").selectOption("ES");
    await page.evaluate(() => window.fake.setPicked({ kind: "none" }));
    await page.getByRole("button", { name: "Choose another file" }).click();
    await page.getByRole("button", { name: /^Give/ }).click();
    const applied = () =>
      page.evaluate(() => window.fake.calls.find(({ name }) => name === "contacts.importApply")?.input);
    await expect.poll(applied).toMatchObject({ choices: { country: "ES" } });

    // Names that could not be taken back are not passed over in silence.
    await page.evaluate(() => window.fake.fail("contacts.importUndo", "disk_full"));
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByText("The disk is full")).toBeVisible();
  });

  test("a wait of the lock begins with its own length", async ({ harness: page }) => {
    // The lock stood there for ten minutes when the tries began.
    await page.clock.setFixedTime(FAKE_NOW - 600_000);
    await show(page, "locked");
    const pin = page.getByLabel("PIN or passphrase");
    await pin.waitFor();
    await page.clock.setFixedTime(FAKE_NOW);
    await page.evaluate(() => {
      const said = () => document.querySelector('[role="alert"]')?.textContent;
      new MutationObserver(() => window.violations.push(said() ?? "")).observe(document.body, {
        childList: true,
        subtree: true,
        characterData: true,
      });
    });
    for (let tries = 0; tries < 5; tries += 1) {
      await pin.fill("0000");
      await pin.press("Enter");
      await expect(pin).toHaveValue("");
    }
    await expect(page.getByRole("alert")).toContainText(" 30 seconds");
    const waits = await page.evaluate(() => window.violations.filter((words) => words.startsWith("Too many")));
    expect([...new Set(waits)]).toEqual([expect.stringContaining(" 30 seconds")]);
  });
});
