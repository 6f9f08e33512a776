/**
 * Search as it is typed: from the key going down to the results of what then stands there painted.
 *
 * Held against the bare full-text query over the same data, plus what no window can do without: one frame echo.
 */
import { launch, launchWithData } from "../apps.ts";
import type { RunningApp } from "../apps.ts";
import type { Context } from "../context.ts";
import { install } from "../in-page.ts";
import type { Figure } from "../result.ts";
import { summarize } from "../stats.ts";
import { wordOfRank } from "../texts.ts";
import { makeDataDir } from "../apps.ts";
import { join } from "node:path";

const LIMIT = 60;

/** Words of all ranks, one to two of them, typed letter by letter. */
function typedWords(count: number): string[] {
  const words: string[] = [];
  for (let keys = 0, at = 1; keys < count; at += 1) {
    const word = at % 3 === 0 ? `${wordOfRank(at)} ${wordOfRank(at * 5)}` : wordOfRank(at * at * 17);
    words.push(word);
    keys += word.length;
  }
  return words;
}

export async function search(context: Context): Promise<Figure[]> {
  const words = typedWords(context.sizes.searches);
  const prefixes = words.flatMap((word) => [...word].map((_, end) => word.slice(0, end + 1)));
  const path = join(await makeDataDir(context, "search-bare"), "inbox.db");
  const { tookMs } = await context.job<{ tookMs: number[] }>("work/search.ts", {
    path,
    queries: prefixes.map((prefix) => prefix.trim()),
    limit: LIMIT,
  });
  const ours = await launchWithData(context, "search");
  try {
    const bare = await launch(context, "bare", context.makeFolder("search-floor"));
    try {
      await install(ours.page);
      await install(bare.page);
      const typed: number[] = [];
      const floor: number[] = [];
      for (const word of words) {
        typed.push(...(await typeWord(ours, word)));
        for (const _ of word) floor.push(await paintFloor(bare));
      }
      return figuresOf(typed, tookMs, floor);
    } finally {
      await bare.close();
    }
  } finally {
    await ours.close();
  }
}

function figuresOf(typed: readonly number[], queries: readonly number[], floor: readonly number[]): Figure[] {
  const ours = summarize(typed);
  const query = summarize(queries);
  // Each key's own least: its query, one echo, one paint.
  const limit = summarize(queries.map((ms, index) => ms + (floor[index % floor.length] ?? 0)));
  const shared = { unit: "ms", isRate: false, ours, spread: null, rivals: [] } as const;
  return [
    {
      ...shared,
      name: "search",
      title: "Search, keystroke to painted, p95",
      limitName: "the bare full-text query, one IPC echo and one painted row",
      limit,
      value: ours.p95 / limit.p95,
      goal: { kind: "at_most", value: 2, unit: "" },
      notes: [
        `The bare query alone: median ${query.median.toFixed(1)} ms, p95 ${query.p95.toFixed(1)} ms. Two frames of a 60 Hz screen are 33 ms: no window paints within twice a query of that length, so the limit holds the echo and the paint as well.`,
      ],
    },
    {
      ...shared,
      name: "search-longest",
      title: "Search, the longest wait of any keystroke",
      limitName: "",
      limit: null,
      value: ours.max,
      goal: { kind: "at_most", value: 100, unit: "ms" },
      notes: ["One-letter beginnings included; each key waits for the results of all that stands there."],
    },
  ];
}

/** Types letter by letter; each waits until the list shows the results of what stands in the box. */
async function typeWord({ page }: RunningApp, word: string): Promise<number[]> {
  const box = page.getByRole("searchbox", { name: "Search" });
  await box.click();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  const took: number[] = [];
  for (const letter of word) {
    // A space changes nothing that is searched for.
    const painted =
      letter === " "
        ? null
        : page.evaluate(() => {
            // What is seen of the results. How long the whole list is comes later, once the typing pauses.
            const stamp = () => {
              const rows = document.querySelectorAll('[aria-label="Search results"] [role="option"]');
              const empty = document.querySelector(".search-empty, .empty-state");
              return [...rows].slice(0, 8).reduce((all, row) => all + row.innerHTML, empty?.outerHTML ?? "");
            };
            const before = stamp();
            const typedBefore = (document.querySelector('input[type="search"], [role="searchbox"]') as HTMLInputElement)
              .value;
            const settled = window.benchTools.painted(() => {
              const input = document.querySelector('input[type="search"], [role="searchbox"]') as HTMLInputElement;
              return input.value !== typedBefore && stamp() !== before;
            });
            // The same results as before draw nothing: then the answer is there when nothing changes any more.
            const unchanged = new Promise<null>((resolve) => setTimeout(() => resolve(null), 1_500));
            return Promise.race([settled, unchanged]);
          });
    await page.keyboard.press(letter === " " ? "Space" : letter);
    const paintedAt = await painted;
    if (paintedAt === null) continue;
    took.push(paintedAt - (await page.evaluate(() => window.benchTools.inputAt)));
  }
  return took;
}

function paintFloor({ page }: RunningApp): Promise<number> {
  return page.evaluate(async () => {
    const rows = document.querySelector("#rows");
    if (rows === null) throw new Error("the bare window has no place for rows");
    const startedAt = performance.now();
    await window.bench.echo("query");
    rows.textContent = String(startedAt);
    return (await window.benchTools.painted(() => true)) - startedAt;
  });
}
