/** Scrolls a thread to its very top: what is above is measured as it comes in, so one jump does not reach it. */
import type { Page } from "playwright";

export async function reachTop(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const log = document.querySelector('[role="log"]')!;
    const isThere = log.scrollTop === 0;
    log.scrollTop = 0;
    return isThere;
  });
}
