/** The window at full data size: scrolling the whole list, long tasks of everyday work, memory. */
import { launch, launchAgain, launchWithData, makeDataDir, measureProcesses, pidsOf } from "../apps.ts";
import type { Context } from "../context.ts";
import { codeBegins, install, takeLongTasks } from "../in-page.ts";
import type { LongTask } from "../in-page.ts";
import type { Figure } from "../result.ts";
import { summarize } from "../stats.ts";

const LONG_MS = 50;
const long = (tasks: readonly LongTask[]) => tasks.filter(({ duration }) => duration > LONG_MS).length;
const describe = (tasks: readonly LongTask[]) =>
  tasks.length === 0 ? "none" : tasks.map(({ duration }) => `${Math.round(duration)} ms`).join(", ");

export async function scroll(context: Context): Promise<Figure[]> {
  const running = await launchWithData(context, "scroll");
  const { page } = running;
  try {
    await install(page);
    await takeLongTasks(page);
    const { frames, nodes, total } = await page.evaluate(async (steps) => {
      const list = document.querySelector('[role="listbox"][aria-label="Conversations"]');
      if (list === null) throw new Error("there is no list");
      let scroller: Element = list;
      while (scroller.scrollHeight <= scroller.clientHeight + 1 && scroller.parentElement !== null) {
        scroller = scroller.parentElement;
      }
      const height = scroller.scrollHeight - scroller.clientHeight;
      const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
      const gaps: number[] = [];
      let most = 0;
      let last = await frame();
      for (let step = 1; step <= steps; step += 1) {
        // Most frames scroll a little, as a wheel does; every tenth jumps, as the scroll bar does.
        if (step % 10 === 0) scroller.scrollTop = (height * step) / steps;
        else scroller.scrollTop += 240;
        const now = await frame();
        gaps.push(now - last);
        last = now;
        most = Math.max(most, list.querySelectorAll('[role="option"]').length);
      }
      return { frames: gaps, nodes: most, total: height };
    }, context.sizes.scrollSteps);
    if (total < 1_000) throw new Error("the list does not scroll");
    const tasks = await takeLongTasks(page);
    const shared = { isRate: false, spread: null, rivals: [] } as const;
    return [
      {
        ...shared,
        name: "scroll",
        title: "Scroll the whole list: long tasks over 50 ms",
        unit: "ms a frame",
        ours: summarize(frames),
        limitName: "60 frames/s",
        limit: summarize([1_000 / 60]),
        value: long(tasks),
        goal: { kind: "at_most", value: 0, unit: "long tasks" },
        notes: [`${frames.length} frames from top to end. Long tasks: ${describe(tasks)}.`],
      },
      {
        ...shared,
        name: "scroll-nodes",
        title: "Scroll the whole list: rows in the document",
        unit: "row nodes",
        ours: summarize([nodes]),
        limitName: "",
        limit: null,
        value: nodes,
        goal: { kind: "at_most", value: 200, unit: "row nodes" },
        notes: [`The most at any frame, of ${context.sizes.conversations.toLocaleString("en")} rows.`],
      },
    ];
  } finally {
    await running.close();
  }
}

const VIEWS = ["Needs reply", "Unread", "Snoozed", "Done", "All", "Settings", "Accounts", "Sync & storage"];

export async function longTasks(context: Context): Promise<Figure[]> {
  // As after the first start on a computer: the page's compiled code is kept.
  const dataDir = await makeDataDir(context, "trace");
  const first = await launchAgain(context, dataDir);
  await install(first.page);
  const compiling = await takeLongTasks(first.page);
  await first.close();
  const running = await launchAgain(context, dataDir);
  const { page } = running;
  const found: { what: string; tasks: LongTask[] }[] = [];
  let early: LongTask[] = [];
  try {
    await install(page);
    const begins = await codeBegins(page);
    const start = await takeLongTasks(page);
    early = start.filter(({ startTime, duration }) => startTime + duration <= begins);
    found.push({ what: "first rows", tasks: start.filter((task) => !early.includes(task)) });
    const note = async (what: string) => void found.push({ what, tasks: await takeLongTasks(page) });
    for (const view of VIEWS) {
      const button = page.getByRole("button", { name: view, exact: false }).first();
      if ((await button.count()) === 0) continue;
      await button.click();
      await page.evaluate(() => window.benchTools.painted(() => true));
    }
    await page.getByRole("button", { name: /^All/ }).first().click();
    const rows = page.getByRole("listbox", { name: "Conversations" }).getByRole("option");
    await rows.first().waitFor();
    await note("view switches");
    // Row 0 has the longest thread there is.
    for (const at of [0, 1, 4, 2, 5, 3]) {
      await rows.nth(at).click();
      await page.getByRole("log", { name: "Messages" }).getByRole("article").first().waitFor();
      await page.evaluate(() => window.benchTools.painted(() => true));
    }
    await note("opening threads");
    const box = page.getByRole("textbox", { name: "Message", exact: true });
    await box.click();
    await box.pressSequentially("Your bicycle is ready, you can pick it up today until six.");
    await note("typing in the composer");
    await page.getByRole("searchbox", { name: "Search" }).click();
    await page.keyboard.type("thanks please");
    await page.getByRole("listbox", { name: "Search results" }).getByRole("option").first().waitFor();
    await page.evaluate(() => window.benchTools.painted(() => true));
    await note("search");
  } finally {
    await running.close();
  }
  const all = found.flatMap(({ tasks }) => tasks);
  return [
    {
      name: "long-tasks",
      title: "Everyday work at full data size: long tasks over 50 ms in the window",
      unit: "ms",
      isRate: false,
      ours: summarize(all.length === 0 ? [0] : all.map(({ duration }) => duration)),
      limitName: "",
      limit: null,
      value: long(all),
      spread: null,
      goal: { kind: "at_most", value: 0, unit: "long tasks" },
      notes: [
        `${found.map(({ what, tasks }) => `${what}: ${describe(tasks)}`).join("; ")}.`,
        `The second start of a new installation. Not counted: its first one, which compiles the page's code (this time ${describe(compiling)}), and what the page's process does before the page's own code begins, with nothing on the screen yet (this time ${describe(early)}).`,
      ],
      rivals: [],
    },
  ];
}

const MB = 1_024 * 1_024;
const SETTLE_MS = 4_000;

export async function memory(context: Context): Promise<Figure[]> {
  const samples = { ours: [] as number[], bare: [] as number[] };
  for (let turn = 0; turn < context.sizes.memoryTurns; turn += 1) {
    const ours = await launchWithData(context, "memory");
    const bare = await launch(context, "bare", context.makeFolder("memory-bare"));
    try {
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      samples.ours.push((await measureProcesses(await pidsOf(ours.app))).privateBytes / MB);
      samples.bare.push((await measureProcesses(await pidsOf(bare.app))).privateBytes / MB);
    } finally {
      await bare.close();
      await ours.close();
    }
  }
  const [ours, limit] = [summarize(samples.ours), summarize(samples.bare)];
  return [
    {
      name: "memory",
      title: "Memory of the whole app, list open",
      unit: "MB",
      isRate: false,
      ours,
      limitName: "a bare Electron window",
      limit,
      value: ours.median - limit.median,
      spread: null,
      goal: { kind: "at_most", value: 120, unit: "MB more" },
      notes: ["Private memory of all processes, as the kernel counts it."],
      rivals: [],
    },
  ];
}
