/** What is seen seldom: a new key, a menu, a thread that cannot be read or is not here yet, updates, too many tries. */
import type { Page } from "playwright";
import type { Shot } from "./shot-list.ts";

const row = (page: Page, index: number) => page.locator(`[role="option"][data-index="${index}"]`);
const openHelp = async (page: Page) => {
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Help" }).click();
  await page.getByRole("status", { name: "Updates" }).waitFor();
};

const STATES: readonly Omit<Shot, "size">[] = [
  {
    name: "replace-key",
    scenario: "trouble",
    async steps(page) {
      await page.getByRole("button", { name: /^Accounts/ }).click();
      await page.getByRole("button", { name: /^Replace key.*Maple Street Dental/ }).click();
      await page.getByRole("dialog").getByRole("textbox").first().waitFor();
    },
  },
  {
    name: "thread-menu",
    scenario: "inbox",
    async steps(page) {
      await row(page, 0).click();
      await page.getByRole("button", { name: "More actions" }).press("Enter");
      await page.getByRole("menuitem").first().waitFor();
    },
  },
  {
    name: "thread-failed",
    scenario: "inbox",
    async steps(page) {
      await row(page, 2).waitFor();
      await page.evaluate(() => {
        // Either may have been asked already, for a row that is likely to be opened next.
        window.fake.fail("thread.page", "disk_error");
        window.fake.fail("conversations.get", "disk_error");
      });
      await row(page, 2).click();
      await page.getByRole("button", { name: "Try again" }).waitFor();
    },
  },
  {
    name: "thread-coming",
    scenario: "inbox",
    async steps(page) {
      await row(page, 2).waitFor();
      await page.evaluate(() => {
        window.fake.thread(3).length = 0;
        window.fake.change(3 as never, { preview: { kind: "missing" } });
        window.fake.coverages.set(3 as never, { complete: false, neverFetched: true, checkedAt: null, held: 0 });
      });
      await row(page, 2).click();
      await page.getByRole("status", { name: "Loading messages" }).waitFor();
    },
  },
  {
    name: "first-sync-counting",
    scenario: "first_sync",
    async steps(page) {
      await page.evaluate(() =>
        window.fake.setSync([
          {
            accountId: 1 as never,
            phase: { kind: "syncing", first: true, done: 126, total: null },
            lastCompletedAt: null,
          },
        ]),
      );
      await page.getByRole("progressbar", { name: "First sync" }).filter({ hasText: "so far" }).waitFor();
    },
  },
  {
    name: "update-downloading",
    scenario: "update_ready",
    async steps(page) {
      await openHelp(page);
      await page.evaluate(() =>
        window.fake.push("updates.changed", { kind: "downloading", version: "0.2.0", percent: 42 }),
      );
      await page.getByRole("progressbar").waitFor();
    },
  },
  {
    name: "update-refused",
    scenario: "update_ready",
    async steps(page) {
      await openHelp(page);
      await page.evaluate(() => window.fake.push("updates.changed", { kind: "failed", reason: "refused" }));
      await page.getByRole("button", { name: "Check for updates" }).waitFor();
    },
  },
  {
    name: "lock-wait",
    scenario: "locked",
    async steps(page) {
      const field = page.getByLabel("PIN or passphrase");
      for (let tries = 0; tries < 5; tries += 1) {
        await field.fill(`111${tries}`);
        await field.press("Enter");
        // Emptied and free again: the answer is there.
        await page.waitForFunction(() => {
          const input = document.querySelector("input");
          return input?.value === "" && !input.disabled;
        });
      }
      await page.getByRole("alert").filter({ hasText: "30" }).waitFor();
    },
  },
];

export const seldomShots: readonly Shot[] = STATES.flatMap((state) =>
  [[1280, 800] as const, [900, 600] as const].map((size) => ({ ...state, size })),
);
