/** Pictures and files in a thread, the viewer, and the reply window open and shut. */
import type { Page } from "playwright";
import type { Shot } from "./shot-list.ts";

const WIDE = [1280, 800] as const;
const SMALL = [900, 600] as const;

const open = async (page: Page) => {
  await page.locator('[role="option"][data-index="0"]').click();
  await page.getByRole("log", { name: "Messages" }).waitFor();
};
const pictures = async (page: Page) => {
  await open(page);
  await page.getByText("policy-2026.pdf").waitFor();
};

export const mediaShots: readonly Shot[] = [
  { name: "media", scenario: "pictures", size: WIDE, steps: pictures },
  { name: "media", scenario: "pictures", size: SMALL, steps: pictures },
  {
    name: "media-loading",
    scenario: "pictures",
    size: WIDE,
    async steps(page) {
      await pictures(page);
      await page.evaluate(() => void window.fake.hold("media.load"));
      await page.getByRole("button", { name: "Show picture: x-ray.jpg" }).click();
      // What is received before it is asked for counts for nothing.
      await page.getByRole("progressbar", { name: /x-ray\.jpg$/ }).waitFor();
      await page.evaluate(() => {
        const id = "00000000000000000000000000000006" as never;
        window.fake.push("media.progress", { id, receivedBytes: 1_300_000, totalBytes: 2_400_000 });
      });
      await page.getByText("1.2 MB of 2.3 MB").waitFor();
    },
  },
  {
    name: "media-failed",
    scenario: "pictures",
    size: WIDE,
    async steps(page) {
      await pictures(page);
      await page.evaluate(() => window.fake.fail("media.load", "offline"));
      await page.getByRole("button", { name: "Show picture: x-ray.jpg" }).click();
      await page.getByText("You are offline.").waitFor();
    },
  },
  ...([WIDE, SMALL] as const).map((size): Shot => ({
    name: "media-viewer",
    scenario: "pictures",
    size,
    async steps(page) {
      await pictures(page);
      await page.getByRole("button", { name: /^Open Picture from Dana Reyes/ }).click();
      await page.getByRole("dialog", { name: "Picture viewer" }).waitFor();
    },
  })),
  {
    name: "media-viewer-zoomed",
    scenario: "pictures",
    size: SMALL,
    async steps(page) {
      await pictures(page);
      await page.getByRole("button", { name: /^Open Picture from Dana Reyes/ }).click();
      for (const key of ["ArrowRight", "+", "+"]) await page.keyboard.press(key);
    },
  },
  { name: "window-shut", scenario: "window_shut", size: WIDE, steps: open },
  { name: "window-open", scenario: "window_open", size: WIDE, steps: open },
];
