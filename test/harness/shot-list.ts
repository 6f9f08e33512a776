/** The screens and states to look at, and how to get there by accessible names. */
import type { Page } from "playwright";
import { composerShots } from "./composer-shots.ts";
import { dateShots } from "./date-shots.ts";
import { fileShots } from "./file-shots.ts";
import { mediaShots } from "./media-shots.ts";
import { reachTop } from "./reach-top.ts";
import { searchShots } from "./search-shots.ts";
import { seldomShots } from "./seldom-shots.ts";

export interface Shot {
  readonly name: string;
  readonly scenario: string;
  readonly size: readonly [number, number];
  readonly rows?: number;
  readonly schemes?: readonly ("light" | "dark")[];
  /** BCP 47; American English where none is named. */
  readonly locale?: string;
  readonly steps?: (page: Page) => Promise<void>;
}

const WIDE = [1280, 800] as const;
const SMALL = [900, 600] as const;
const NARROW = [640, 720] as const;

const row = (page: Page, index: number) => page.locator(`[role="option"][data-index="${index}"]`);
const open = (index: number) => async (page: Page) => {
  await row(page, index).click();
  await page.getByRole("log", { name: "Messages" }).waitFor();
};

const openStorage = async (page: Page) => {
  await page.getByRole("button", { name: "Sync & storage" }).click();
  await page.getByRole("heading", { name: "Maple Street Dental" }).waitFor();
};

/** From the first row of the list, by keys alone. */
const press =
  (...keys: readonly string[]) =>
  async (page: Page) => {
    await row(page, 0).focus();
    for (const key of keys) await page.keyboard.press(key);
  };

export const shots: readonly Shot[] = [
  ...composerShots,
  ...fileShots,
  { name: "inbox", scenario: "inbox", size: WIDE, steps: open(0) },
  { name: "inbox", scenario: "inbox", size: SMALL, steps: open(0) },
  { name: "nothing-open", scenario: "inbox", size: WIDE, steps: (page) => row(page, 0).waitFor() },
  { name: "failed-reply", scenario: "inbox", size: WIDE, steps: open(1) },
  { name: "rtl-thread", scenario: "inbox", size: WIDE, steps: open(4) },
  { name: "opted-out", scenario: "inbox", size: WIDE, steps: open(5) },
  {
    name: "unknown-outcome",
    scenario: "inbox",
    size: WIDE,
    steps: async (page) => {
      await open(6)(page);
      await page.getByRole("button", { name: "Send again anyway" }).click();
      await page
        .getByRole("textbox", { name: "Message" })
        .fill("Hello, this is a text to somebody without a consent record. ".repeat(4));
    },
  },
  {
    name: "redactions",
    scenario: "inbox",
    size: WIDE,
    steps: async (page) => {
      await open(0)(page);
      await page.getByRole("log", { name: "Messages" }).press("Home");
      await page.getByText("Complete back to").waitFor();
      await reachTop(page);
    },
  },
  ...mediaShots,
  ...searchShots,
  ...dateShots,
  ...seldomShots,
  {
    name: "search",
    scenario: "inbox",
    size: WIDE,
    steps: async (page) => {
      await row(page, 0).waitFor();
      await page.keyboard.press("/");
      await page.getByRole("searchbox", { name: "Search" }).fill("appoint");
      await page.getByRole("listbox", { name: "Search results" }).waitFor();
    },
  },
  {
    name: "search-none",
    scenario: "inbox",
    size: SMALL,
    steps: async (page) => {
      await page.getByRole("searchbox", { name: "Search" }).fill("zzzzqqq");
      await page.getByText("Nothing found").waitFor();
    },
  },
  {
    name: "welcome",
    scenario: "welcome",
    size: WIDE,
    steps: (page) => page.getByRole("button", { name: "Connect an account" }).waitFor(),
  },
  {
    name: "welcome",
    scenario: "welcome",
    size: SMALL,
    steps: (page) => page.getByRole("button", { name: "Connect an account" }).waitFor(),
  },
  {
    name: "connect",
    scenario: "welcome",
    size: WIDE,
    steps: async (page) => {
      await page.getByRole("button", { name: "Connect an account" }).click();
      await page.getByLabel("API key", { exact: true }).waitFor();
    },
  },
  {
    name: "connect-error",
    scenario: "welcome",
    size: SMALL,
    steps: async (page) => {
      await page.evaluate(() => window.fake.fail("accounts.connect", "scope_missing", { scope: "conversations:read" }));
      await page.getByRole("button", { name: "Connect an account" }).click();
      await page.getByLabel("API key", { exact: true }).fill("am_live_wrong");
      await page.getByRole("button", { name: "Connect", exact: true }).click();
      await page.getByRole("alert").waitFor();
    },
  },
  {
    name: "accounts",
    scenario: "trouble",
    size: WIDE,
    steps: (page) => page.getByRole("button", { name: /^Accounts/ }).click(),
  },
  {
    name: "accounts-undo",
    scenario: "trouble",
    size: SMALL,
    steps: async (page) => {
      await page.getByRole("button", { name: /^Accounts/ }).click();
      await page.getByRole("button", { name: "Rename Maple Street Dental" }).click();
      await page.getByRole("button", { name: "Disconnect Sample practice" }).click();
    },
  },
  {
    name: "sync-details",
    scenario: "trouble",
    size: WIDE,
    steps: async (page) => {
      await page.getByRole("status", { name: "Sync status" }).getByRole("button").click();
      await page.getByRole("dialog", { name: "Sync details" }).waitFor();
    },
  },
  { name: "two-accounts", scenario: "two_accounts", size: WIDE, steps: open(2) },
  { name: "two-accounts", scenario: "two_accounts", size: SMALL, steps: open(2) },
  {
    name: "first-sync",
    scenario: "first_sync",
    size: WIDE,
    steps: (page) => page.getByRole("progressbar", { name: "First sync" }).waitFor(),
  },
  { name: "empty", scenario: "empty", size: WIDE, steps: (page) => page.getByText("No conversations yet").waitFor() },
  {
    name: "failed-list",
    scenario: "failed_list",
    size: SMALL,
    steps: (page) => page.getByText("could not be read").waitFor(),
  },
  {
    name: "failed-outbox",
    scenario: "failed_list",
    size: WIDE,
    steps: async (page) => {
      await page.keyboard.press("g");
      await page.keyboard.press("o");
      await page.getByText("The outbox could not be read.").waitFor();
    },
  },
  {
    name: "failed-accounts",
    scenario: "failed_accounts",
    size: SMALL,
    steps: (page) => page.getByRole("alert").waitFor(),
  },
  ...[WIDE, SMALL].flatMap((size): Shot[] => [
    { name: "storage", scenario: "storage", size, steps: openStorage },
    {
      name: "storage-records",
      scenario: "storage",
      size,
      steps: async (page) => {
        await openStorage(page);
        await page.getByText("3 records could not be read").click();
        await page.getByRole("textbox", { name: "Remove texts after (days)" }).first().fill("0");
        await page.getByRole("button", { name: "Save window" }).first().click();
        await page.getByRole("alert").waitFor();
        await page.getByRole("button", { name: "Rebuild Harbor Bike Repair" }).click();
      },
    },
    { name: "disk-full", scenario: "disk_full", size, steps: open(0) },
  ]),
  {
    name: "disk-error-at-start",
    scenario: "disk_error_at_start",
    size: SMALL,
    steps: (page) => page.getByText("Opening your inbox").waitFor(),
  },
  { name: "set-aside", scenario: "set_aside", size: WIDE, steps: open(0) },
  {
    name: "starting",
    scenario: "starting",
    size: SMALL,
    steps: (page) => page.getByText("Opening your inbox").waitFor(),
  },
  {
    name: "migrating",
    scenario: "migrating",
    size: SMALL,
    steps: (page) => page.getByRole("progressbar", { name: "Getting your inbox ready" }).waitFor(),
  },
  { name: "no-keyring", scenario: "no_keyring", size: WIDE },
  { name: "vault-failed", scenario: "vault_failed", size: SMALL },
  { name: "future", scenario: "future", size: SMALL },
  ...[WIDE, SMALL].flatMap((size): Shot[] => [
    {
      name: "about",
      scenario: "update_ready",
      size,
      steps: async (page) => {
        await page.getByRole("button", { name: "Settings" }).click();
        await page.getByRole("button", { name: "Help" }).click();
        await page.getByRole("status", { name: "Updates" }).waitFor();
      },
    },
    {
      name: "about-licences",
      scenario: "update_ready",
      size,
      steps: async (page) => {
        await page.getByRole("button", { name: "Settings" }).click();
        await page.getByRole("button", { name: "Help" }).click();
        await page.getByRole("button", { name: "Open-source licences" }).click();
        await page.getByText("zod").waitFor();
      },
    },
  ]),
  { name: "failed", scenario: "failed", size: SMALL },
  ...[WIDE, SMALL].flatMap((size): Shot[] => [
    {
      name: "outbox",
      scenario: "inbox",
      size,
      steps: async (page) => {
        await page.getByRole("button", { name: /^Outbox/ }).click();
        await page.getByRole("heading", { name: "Outbox" }).waitFor();
      },
    },
    {
      name: "notification-settings",
      scenario: "two_accounts",
      size,
      steps: async (page) => {
        await page.getByRole("button", { name: "Settings" }).click();
        await page.getByRole("button", { name: "Notifications" }).click();
        await page.getByRole("checkbox", { name: "Show notifications" }).waitFor();
      },
    },
  ]),
  ...[WIDE, SMALL].flatMap((size): readonly Shot[] => [
    { name: "needs-reply", scenario: "inbox", size, steps: press("g", "n") },
    { name: "nothing-done", scenario: "inbox", size, steps: press("g", "d") },
    { name: "selection", scenario: "two_accounts", size, steps: press("x", "Shift+ArrowDown", "Shift+ArrowDown") },
    { name: "undo-toast", scenario: "inbox", size, steps: press("e") },
    { name: "palette", scenario: "inbox", size, steps: press("Control+k", "s", "n") },
    { name: "shortcuts", scenario: "inbox", size, steps: press("?") },
    { name: "snooze", scenario: "inbox", size, steps: press("s") },
    { name: "contact-panel", scenario: "inbox", size, steps: press("Enter", "i") },
    { name: "appearance", scenario: "inbox", size, steps: press("Control+,") },
    { name: "rename", scenario: "inbox", size, steps: press("Control+k", "r", "e", "n", "a", "m", "e", "Enter") },
  ]),
  { name: "narrow-list", scenario: "inbox", size: NARROW, steps: (page) => row(page, 0).waitFor() },
  { name: "narrow-thread", scenario: "inbox", size: NARROW, steps: open(0) },
  { name: "zoomed", scenario: "inbox", size: [640, 400], steps: open(0) },
  {
    name: "hundred-thousand",
    scenario: "many",
    rows: 100_000,
    size: WIDE,
    schemes: ["light"],
    steps: async (page) => {
      await row(page, 0).click();
      await page.keyboard.press("End");
      await page.locator('[data-index="99999"]:not(.row-placeholder)').waitFor();
    },
  },
];
