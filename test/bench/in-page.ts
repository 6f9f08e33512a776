/**
 * The stopwatch inside a page, and what it needs of it; installed once per page.
 *
 * "Painted" everywhere: the wanted change is in the document, and the second animation frame after it has begun.
 * An input's start is the browser's own time stamp of the event. All clocks are the page's `performance.now`.
 */
import type { Page } from "playwright";

export interface LongTask {
  readonly startTime: number;
  readonly duration: number;
}

export interface BenchTools {
  longTasks: LongTask[];
  inputAt: number;
  /** Resolves with the time at which `isThere` was true and painted. */
  painted(isThere: () => boolean): Promise<number>;
}

declare global {
  interface Window {
    benchTools: BenchTools;
  }
}

export async function install(page: Page): Promise<void> {
  await page.evaluate(() => {
    const longTasks: LongTask[] = [];
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) longTasks.push({ startTime, duration });
    }).observe({ type: "longtask", buffered: true });
    const tools: BenchTools = {
      longTasks,
      inputAt: 0,
      painted: (isThere) =>
        new Promise((resolve, reject) => {
          const late = setTimeout(() => reject(new Error("nothing was painted in 20 s")), 20_000);
          const found = () => {
            clearTimeout(late);
            requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now())));
          };
          if (isThere()) return found();
          const observer = new MutationObserver(() => {
            if (!isThere()) return;
            observer.disconnect();
            found();
          });
          observer.observe(document, { childList: true, subtree: true, characterData: true, attributes: true });
        }),
    };
    window.benchTools = tools;
    for (const type of ["mousedown", "keydown"]) {
      addEventListener(type, (event) => (tools.inputAt = event.timeStamp), { capture: true });
    }
  });
}

/**
 * When the page's own code begins, ms since the navigation. Before, its process makes the document and waits to be handed
 * what belongs to it, by a main process that is loading the rest of the app.
 */
export const codeBegins = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const [navigation] = performance.getEntriesByType("navigation");
    if (!(navigation instanceof PerformanceNavigationTiming)) throw new Error("the page was not navigated to");
    return navigation.domInteractive;
  });

/** Long tasks so far, and forgets them. */
export const takeLongTasks = (page: Page): Promise<LongTask[]> =>
  page.evaluate(async () => {
    // Entries come after their task: two frames later they are here.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    return window.benchTools.longTasks.splice(0);
  });
