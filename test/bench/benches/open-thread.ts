/**
 * Opening a cached thread: from the mouse button going down to its messages painted.
 *
 * The limit paints the very same rows with the same styles in a bare window, after one echo of the same data
 * over Electron's IPC. Both windows stand open; clicks go to them in turns.
 */
import { launch, launchWithData } from "../apps.ts";
import type { RunningApp } from "../apps.ts";
import type { Context } from "../context.ts";
import { install } from "../in-page.ts";
import type { Figure } from "../result.ts";
import { interleave, summarize } from "../stats.ts";

declare global {
  interface Window {
    /** In the bare window only. */
    readonly bench: { echo(payload: unknown): Promise<unknown> };
    benchRows: { html: string; payload: string };
    benchPainted: Promise<number>;
  }
}

const WARM_UP = 5;
const MAX_MISSED = 3;

export async function openThread(context: Context): Promise<Figure[]> {
  const ours = await launchWithData(context, "open");
  try {
    const bare = await launch(context, "bare", context.makeFolder("open-bare"));
    try {
      return [await measure(context, ours, bare)];
    } finally {
      await bare.close();
    }
  } finally {
    await ours.close();
  }
}

async function measure(context: Context, ours: RunningApp, bare: RunningApp): Promise<Figure> {
  await install(ours.page);
  await install(bare.page);
  let at = 0;
  // Never the same thread twice: the window keeps the last few.
  let missed = 0;
  /** A click that a busy machine lost is told, and the next row clicked: it is no time of ours. */
  const openNext = async (): Promise<number> => {
    for (;;) {
      at = (at + 1) % context.sizes.conversations;
      try {
        return await clickRow(ours, at);
      } catch (error) {
        missed += 1;
        if (missed > MAX_MISSED) throw error;
      }
    }
  };
  await clickRow(ours, 0);
  for (let turn = 0; turn < WARM_UP; turn += 1) await openNext();
  await handOver(ours, bare);
  for (let turn = 0; turn < WARM_UP; turn += 1) await paintBare(bare);
  const samples = await interleave(context.sizes.opens, openNext, () => paintBare(bare));
  const [mine, limit] = [summarize(samples.ours), summarize(samples.theirs)];
  return {
    name: "open-thread",
    title: "Open a cached thread, click to painted, p95",
    unit: "ms",
    isRate: false,
    ours: mine,
    limitName: "IPC echo of the same data and painting the same rows",
    limit,
    value: mine.p95 / limit.p95,
    spread: null,
    goal: { kind: "at_most", value: 2, unit: "" },
    notes: [
      "Each thread is opened for the first time; a real mouse click. The ratio is of the two p95.",
      ...(missed === 0 ? [] : [`${missed} clicks opened nothing in 20 s and were made again on the next row.`]),
    ],
    rivals: [],
  };
}

const ROW_HEIGHT = 64;

/** Clicks a row of the list and waits until its thread stands there. */
async function clickRow({ page }: RunningApp, index: number): Promise<number> {
  await page.evaluate(
    (top) => {
      let scroller = document.querySelector('[role="listbox"][aria-label="Conversations"]');
      while (scroller !== null && scroller.scrollHeight <= scroller.clientHeight + 1) scroller = scroller.parentElement;
      scroller?.scrollTo({ top, behavior: "instant" });
    },
    Math.max(0, index - 3) * ROW_HEIGHT,
  );
  const row = page.getByRole("listbox", { name: "Conversations" }).locator(`[role="option"][data-index="${index}"]`);
  await page.evaluate(() => {
    const title = () => document.querySelector(".thread-title")?.textContent ?? "";
    const before = title();
    const isOpen = () =>
      title() !== before && document.querySelector('[role="log"] article, [role="log"] [role="article"]') !== null;
    window.benchPainted = window.benchTools.painted(isOpen);
  });
  // Waits until the row stands still; the stopwatch starts with the button itself.
  await row.click();
  return page.evaluate(async () => (await window.benchPainted) - window.benchTools.inputAt);
}

/** Gives the bare window the rows as our window drew them, its styles, and the data behind them. */
async function handOver(ours: RunningApp, bare: RunningApp): Promise<void> {
  const drawn = await ours.page.evaluate(() => ({
    html: document.querySelector('[role="log"][aria-label="Messages"]')?.outerHTML ?? "",
    css: [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText)).join("\n"),
  }));
  if (drawn.html === "") throw new Error("no thread is open");
  await bare.page.evaluate(({ html, css }) => {
    const style = document.createElement("style");
    style.textContent = css;
    document.head.append(style);
    window.benchRows = { html, payload: html.replaceAll(/<[^>]+>/g, " ") };
  }, drawn);
}

function paintBare({ page }: RunningApp): Promise<number> {
  return page.evaluate(async () => {
    const rows = document.querySelector("#rows");
    if (rows === null) throw new Error("the bare window has no place for rows");
    rows.replaceChildren();
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const startedAt = performance.now();
    await window.bench.echo(window.benchRows.payload);
    rows.innerHTML = window.benchRows.html;
    return (await window.benchTools.painted(() => true)) - startedAt;
  });
}
