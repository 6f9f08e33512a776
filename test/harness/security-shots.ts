/** The screens of app lock, privacy and support report, and how to get there by accessible names. */
import type { Page } from "playwright";
import type { Shot } from "./shot-list.ts";

const SIZES = [
  [1280, 800],
  [900, 600],
] as const;

async function openPrivacy(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Privacy" }).click();
  await page.getByLabel("New PIN or passphrase").waitFor();
}

async function setPin(page: Page): Promise<void> {
  await openPrivacy(page);
  await page.getByLabel("New PIN or passphrase").fill("2580");
  await page.getByLabel("Repeat it").fill("2580");
  await page.getByRole("button", { name: "Turn on the lock" }).click();
  await page.getByRole("button", { name: "Lock now" }).waitFor();
}

export const securityShots: readonly Shot[] = SIZES.flatMap((size): readonly Shot[] => [
  { name: "lock-screen", scenario: "locked", size, steps: (page) => page.getByLabel("PIN or passphrase").waitFor() },
  {
    name: "lock-refused",
    scenario: "locked",
    size,
    steps: async (page) => {
      await page.getByLabel("PIN or passphrase").fill("1111");
      await page.getByRole("button", { name: "Unlock" }).click();
      await page.getByRole("alert").waitFor();
    },
  },
  {
    name: "lock-forgotten",
    scenario: "locked",
    size,
    steps: (page) => page.getByRole("button", { name: "Forgot it?" }).click(),
  },
  { name: "privacy-off", scenario: "inbox", size, steps: openPrivacy },
  { name: "privacy-on", scenario: "inbox", size, steps: setPin },
  {
    name: "privacy-change",
    scenario: "inbox",
    size,
    steps: async (page) => {
      await setPin(page);
      await page.getByRole("button", { name: "Change PIN…" }).click();
      await page.getByRole("button", { name: "Change PIN", exact: true }).click();
      await page.getByRole("alert").waitFor();
    },
  },
  {
    name: "support-report",
    scenario: "inbox",
    size,
    steps: async (page) => {
      await page.getByRole("button", { name: "Settings" }).click();
      await page.getByRole("button", { name: "Help" }).click();
      await page.getByRole("button", { name: "Save a report for support…" }).click();
      await page.getByRole("textbox", { name: "Lines of: Log" }).waitFor();
    },
  },
]);
