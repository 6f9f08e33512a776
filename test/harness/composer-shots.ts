/** The states of writing to look at. */
import type { Page } from "playwright";
import type { Shot } from "./shot-list.ts";

const box = (page: Page) => page.getByRole("textbox", { name: "Message", exact: true });
const thread = (name: RegExp) => async (page: Page) => {
  await page.getByRole("option", { name }).click();
  await page.getByRole("log", { name: "Messages" }).waitFor();
};
const openDana = thread(/^Dana Reyes/);
const typed = (text: string) => async (page: Page) => {
  await openDana(page);
  await box(page).pressSequentially(text);
};

const STATES: readonly { readonly name: string; readonly steps: (page: Page) => Promise<void> }[] = [
  { name: "writing-thread", steps: openDana },
  { name: "writing-slash", steps: typed("Hello /r") },
  {
    name: "writing-colon",
    steps: async (page) => {
      await typed("See you at 10:30 :par")(page);
      await page.getByRole("option", { name: "party popper" }).waitFor();
    },
  },
  { name: "writing-gap", steps: typed("Hi {{contact.firstName}}, your order 12 is ready for pickup. ".repeat(2)) },
  {
    name: "writing-too-long",
    steps: async (page) => {
      await openDana(page);
      await box(page).fill("Your order is ready for pickup at the back door. ".repeat(33));
    },
  },
  { name: "writing-emoji-segments", steps: typed("Your order is ready 🎉 ".repeat(5)) },
  {
    name: "writing-crossed",
    steps: async (page) => {
      await typed("Tuesday at 9:40 works.")(page);
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: "Send anyway" }).first().waitFor();
    },
  },
  {
    name: "writing-templates",
    steps: async (page) => {
      await typed("")(page);
      await box(page).press("Control+j");
      await page.getByRole("combobox", { name: "Search saved replies" }).waitFor();
    },
  },
  {
    name: "writing-emoji",
    steps: async (page) => {
      await typed("")(page);
      await box(page).press("Control+e");
      await page.getByRole("option", { name: "grinning face", exact: true }).waitFor();
    },
  },
  {
    name: "writing-emoji-search",
    steps: async (page) => {
      await typed("")(page);
      await box(page).press("Control+e");
      await page.getByRole("searchbox", { name: "Search emoji" }).pressSequentially("heart");
      await page.getByRole("option", { name: "red heart" }).waitFor();
    },
  },
  {
    name: "writing-later",
    steps: async (page) => {
      await typed("See you then")(page);
      await box(page).press("Control+d");
      await page.getByRole("combobox", { name: "Send later" }).waitFor();
    },
  },
  {
    name: "writing-later-pick",
    steps: async (page) => {
      await typed("See you then")(page);
      await box(page).press("Control+d");
      await page.getByRole("option", { name: /Pick a date/ }).click();
      await page.getByRole("group", { name: "Date and time", exact: true }).waitFor();
    },
  },
  { name: "consent-ask", steps: thread(/^Noor Haddad/) },
  {
    name: "consent-confirmed",
    steps: async (page) => {
      await thread(/^Noor Haddad/)(page);
      await page.getByRole("checkbox", { name: "I have their permission to text them" }).press("Space");
      await page.getByRole("button", { name: "Undo" }).waitFor();
      await page.keyboard.press("Escape");
      await page.keyboard.press("i");
      await page.getByRole("button", { name: "Take back my confirmation" }).waitFor();
    },
  },
  { name: "opt-out-ask", steps: thread(/^Leila Haddad/) },
  { name: "opted-out-here", steps: thread(/^Tom Okafor/) },
  {
    name: "outbox-scheduled",
    steps: async (page) => {
      await page.getByRole("button", { name: /^Outbox/ }).click();
      await page.getByRole("heading", { name: "Scheduled" }).waitFor();
    },
  },
  {
    name: "settings-writing",
    steps: async (page) => {
      await page.keyboard.press("Control+,");
      await page.getByRole("region", { name: "Saved replies" }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: "template-dialog",
    steps: async (page) => {
      await page.keyboard.press("Control+,");
      await page.getByRole("button", { name: "New saved reply" }).click();
      await page.getByRole("textbox", { name: "Text" }).fill("Hi {{contact.firstName|there}}, we open at nine.");
    },
  },
];

export const composerShots: readonly Shot[] = STATES.flatMap(({ name, steps }) =>
  (
    [
      [1280, 800],
      [900, 600],
    ] as const
  ).map((size) => ({ name, scenario: "writing", size, rows: 40, steps })),
);
