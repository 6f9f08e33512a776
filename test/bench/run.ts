/**
 * The runner, inside the desktop: builds the data, runs the benchmarks one after the other, writes what they say.
 *
 * Arguments: `--quick`, `--tiny`, `--only name[,name]`, `--out folder`. Called by scripts/bench.mjs, which has built
 * the app. One that fails is told and the others go on; the exit code is 1 then, but not for a goal that was missed.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { cacheDir, nodeBinary, root, toolScript } from "../../scripts/paths.mjs";
import { run as runProgram, runMain } from "../../scripts/run.mjs";
import { BENCHES } from "./benches/index.ts";
import { chartOf } from "./chart.ts";
import { SIZES, benchDir, createContext } from "./context.ts";
import { ensureDataSet } from "./dataset.ts";
import { describeMachine, loadNow } from "./machine.ts";
import { pageOf, tableOf } from "./report.ts";
import type { Figure, Run } from "./result.ts";

const { values } = parseArgs({
  options: {
    quick: { type: "boolean" },
    tiny: { type: "boolean" },
    only: { type: "string" },
    out: { type: "string" },
    electron: { type: "string" },
    rivals: { type: "string" },
  },
});

const say = (text: string) => console.log(text);
const seconds = (since: number) => (performance.now() - since) / 1_000;

await runMain(async () => {
  const startedAt = performance.now();
  const startedOn = new Date().toISOString();
  const loadAtStart = loadNow();
  const mode = values.tiny ? "tiny" : values.quick ? "quick" : "full";
  const electronPath = values.electron ?? "";
  const wanted = values.only?.split(",") ?? BENCHES.map(({ name }) => name);
  const unknown = wanted.filter((name) => !BENCHES.some((bench) => bench.name === name));
  if (unknown.length > 0) {
    say(`No benchmark is called ${unknown.join(", ")}. There are: ${BENCHES.map(({ name }) => name).join(", ")}.`);
    return 1;
  }
  const { conversations } = SIZES[mode];
  const data = await ensureDataSet({
    conversations,
    cacheDir,
    run: async (script, input) => {
      say(`Building ${conversations.toLocaleString("en")} conversations, once ...`);
      const { output } = await runProgram(electronPath, [join(benchDir, script), JSON.stringify(input)], {
        capture: true,
        env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
      });
      return output;
    },
  });
  say(`Data: ${data.messages.toLocaleString("en")} messages (${seconds(startedAt).toFixed(0)} s).`);

  const context = createContext({ mode, data, electronPath, rivalsDir: values.rivals ?? null, say });
  const figures: Figure[] = [];
  const failed: { name: string; reason: string }[] = [];
  const stop = () => void context.dispose().then(() => process.exit(130));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  try {
    for (const bench of BENCHES.filter(({ name }) => wanted.includes(name))) {
      const benchStartedAt = performance.now();
      try {
        const found = await bench.run(context);
        figures.push(...found);
        say(`${bench.name}: ${seconds(benchStartedAt).toFixed(0)} s\n${tableOf(found)}\n`);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        failed.push({ name: bench.name, reason: reason.split("\n")[0] ?? "" });
        say(`${bench.name} FAILED after ${seconds(benchStartedAt).toFixed(0)} s: ${reason}\n`);
      }
    }
  } finally {
    await context.dispose();
  }
  const machine = { ...(await describeMachine(electronPath)), loadAtStart, loadAtEnd: loadNow() };
  const result: Run = {
    mode,
    startedAt: startedOn,
    seconds: seconds(startedAt),
    commit: await commitNow(),
    machine,
    data: { conversations, messages: data.messages },
    figures,
    failed,
  };
  await write(result);
  say(tableOf(figures));
  say(`\nTook ${Math.round(result.seconds)} s. Load ${loadAtStart} before, ${machine.loadAtEnd} after.`);
  return failed.length === 0 ? 0 : 1;
});

async function commitNow(): Promise<string> {
  const { code, output } = await runProgram("git", ["rev-parse", "--short", "HEAD"], { capture: true });
  return code === 0 ? output.trim() : "unknown";
}

/** A part of the benchmarks must not replace the page of a whole run. */
async function write(result: Run): Promise<void> {
  const isWhole = values.only === undefined && result.mode !== "tiny";
  const out = values.out ?? (isWhole ? join(root, "docs") : join(cacheDir, "bench"));
  mkdirSync(out, { recursive: true });
  const page = join(out, "benchmarks.md");
  writeFileSync(join(out, "benchmarks.json"), `${JSON.stringify(result, null, 2)}\n`);
  writeFileSync(join(out, "benchmarks.svg"), chartOf(result.figures.filter(({ rivals }) => rivals.length === 0)));
  writeFileSync(page, pageOf(result));
  await runProgram(nodeBinary, [
    toolScript("prettier"),
    "--write",
    "--log-level",
    "warn",
    page,
    join(out, "benchmarks.json"),
  ]);
  say(`Written: ${page}\n`);
}
