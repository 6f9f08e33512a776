/** What the app costs while nobody looks at it: hidden in the tray, one account connected, nothing new. */
import { join } from "node:path";
import type { UnwatchedApp } from "../apps.ts";
import { makeDataDir, measureProcesses, startUnwatched } from "../apps.ts";
import type { Context } from "../context.ts";
import type { Figure } from "../result.ts";
import { summarize } from "../stats.ts";

const SETTLE_MS = 4_000;
const CATCH_UP_MS = 120_000;

export async function idle(context: Context): Promise<Figure[]> {
  const { data, sizes } = context;
  // An account that is connected and has nothing new: what an app in the tray does all day.
  const server = await context.server<{ baseUrl: string }>("work/serve.ts", {
    conversations: data.conversations,
    newestAt: data.newestAt,
    port: Number(new URL(data.baseUrl).port),
  });
  const started: UnwatchedApp[] = [];
  try {
    const dataDir = await makeDataDir(context, "idle");
    await context.job("work/freshen.ts", { path: join(dataDir, "inbox.db") });
    const ours = startUnwatched(context, "ours", dataDir);
    started.push(ours);
    await Promise.all([
      ours.logged('"event":"cache checked"', CATCH_UP_MS),
      ours.logged('"stage":"up_to_date"', CATCH_UP_MS),
    ]);
    const bare = startUnwatched(context, "bare", context.makeFolder("idle-bare"));
    started.push(bare);
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    for (const app of started) await app.ask("hide");
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    const cpuMs = async (app: UnwatchedApp) => (await measureProcesses(await app.ask("pids"))).cpuMs;
    const before = { ours: await cpuMs(ours), bare: await cpuMs(bare) };
    await new Promise((resolve) => setTimeout(resolve, sizes.idleMs));
    const after = { ours: await cpuMs(ours), bare: await cpuMs(bare) };
    const share = (kind: "ours" | "bare") => ((after[kind] - before[kind]) / sizes.idleMs) * 100;
    return [
      {
        name: "idle",
        title: `Idle in the tray for ${Math.round(sizes.idleMs / 1_000)} s`,
        unit: "% of a core",
        isRate: false,
        ours: summarize([share("ours")]),
        limitName: "a bare Electron window, hidden, over the same time",
        limit: summarize([share("bare")]),
        value: share("ours") - share("bare"),
        spread: null,
        goal: { kind: "at_most", value: 0.3, unit: "% of a core more" },
        notes: [
          "One account connected, up to date and lately swept, polled as in everyday use. CPU time of all processes, no debugger attached. The sweep for removals, due every six hours, and the one look through the file after a start are not in it.",
        ],
        rivals: [],
      },
    ];
  } finally {
    for (const app of started) await app.end();
    await server.stop();
  }
}
