/** Files in a draft, what was not taken, and files of replies that are on their way. */
import type { Page } from "playwright";
import { reachTop } from "./reach-top.ts";
import type { Shot } from "./shot-list.ts";

const WIDE = [1280, 800] as const;
const SMALL = [900, 600] as const;

const open = async (page: Page) => {
  await page.locator('[role="option"][data-index="0"]').click();
  await page.getByRole("list", { name: "Attached files" }).waitFor();
};

const STATES: readonly (Pick<Shot, "name" | "steps"> & Partial<Shot>)[] = [
  { name: "files-draft", steps: open },
  {
    name: "files-draft-arabic",
    locale: "ar",
    steps: (page) => page.locator('[role="option"][data-index="0"]').click(),
  },
  {
    name: "files-refused",
    async steps(page) {
      await open(page);
      await page.getByRole("button", { name: "Attach files" }).click();
      await page
        .getByText(/was not attached/)
        .first()
        .waitFor();
    },
  },
  {
    name: "files-drop",
    async steps(page) {
      await open(page);
      await page.getByRole("log", { name: "Messages" }).evaluate((log) => {
        const data = new DataTransfer();
        data.items.add(new File(["x"], "a.png", { type: "image/png" }));
        log.dispatchEvent(new DragEvent("dragenter", { dataTransfer: data, bubbles: true, cancelable: true }));
      });
      await page.getByText("Drop files to attach them").waitFor();
    },
  },
  {
    // A provider that never tells of removals: said at the thread's beginning and in the panel.
    name: "files-silent-provider",
    async steps(page) {
      await open(page);
      await page.getByRole("log", { name: "Messages" }).focus();
      await page.keyboard.press("Control+Home");
      await page.getByText("Complete back to").waitFor();
      await reachTop(page);
      await page.getByRole("button", { name: "Contact details" }).click();
      await page.getByText("Removals at the provider").scrollIntoViewIfNeeded();
    },
  },
  {
    name: "files-outbox",
    async steps(page) {
      await page.locator('[role="option"][data-index="0"]').click();
      await page.getByRole("button", { name: /^Outbox/ }).click();
      await page.getByRole("heading", { name: "To Dana Reyes" }).first().waitFor();
    },
  },
];

export const fileShots: readonly Shot[] = STATES.flatMap((shot) =>
  [WIDE, SMALL].map((size) => ({ scenario: "files", size, ...shot })),
);
