/** Cold start: from before the process exists to the first cached rows painted. */
import { makeDataDir, timeColdStart } from "../apps.ts";
import type { Context } from "../context.ts";
import type { Figure } from "../result.ts";
import { interleave, pairedSpread, summarize } from "../stats.ts";

export async function coldStart(context: Context): Promise<Figure[]> {
  const oursDir = await makeDataDir(context, "cold");
  const bareDir = context.makeFolder("cold-bare");
  const runOurs = () => timeColdStart(context, "ours", oursDir);
  const runBare = () => timeColdStart(context, "bare", bareDir);
  await runOurs();
  await runBare();
  const { ours, theirs } = await interleave(context.sizes.coldStarts, runOurs, runBare);
  const [mine, limit] = [summarize(ours), summarize(theirs)];
  return [
    {
      name: "cold-start",
      title: "Cold start to first cached rows painted",
      unit: "ms",
      isRate: false,
      ours: mine,
      limitName: "a bare Electron window painting one line",
      limit,
      value: mine.median / limit.median,
      spread: pairedSpread(ours, theirs),
      goal: { kind: "at_most", value: 1.5, unit: "" },
      notes: ["No debugger attached. The files are in the system's cache, as after a restart of the app."],
      rivals: [],
    },
  ];
}
