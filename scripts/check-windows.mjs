/**
 * `npm run check:windows`: the Windows package's self-check, on Windows, or on Linux where Wine 10 or newer is.
 *
 * Under Wine windows are not drawn and Electron 42's asynchronous keyring ends the process, so the synchronous one is
 * checked there; the report says so. Where there is no such Wine, one line says that nothing was checked. Nothing
 * stays behind: Wine's prefix is made for one check and goes with it.
 */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { runOnDesktop } from "./desktop.mjs";
import { ensureInstalled } from "./install.mjs";
import { ensurePacked, packedExecutable } from "./pack.mjs";
import { Failure, progress, run, runMain } from "./run.mjs";

const OLDEST_WINE = 10;
const TIMEOUT_MS = 5 * 60_000;
const STOP_TIMEOUT_MS = 30_000;

const WINE_READY = "threadkeep: Wine is ready";
// Electron under Wine never starts when its output is a pipe or a socket: it has to be a file. Both steps share one
// display, since the Wine of the first would hang on a display that went away.
const WINE_STEPS = `exec >>"$0" 2>&1; wine wineboot -i && echo "${WINE_READY}" && exec wine "$@"`;

/**
 * @param {string} text what `wine --version` prints
 * @returns {number} 0 when it says nothing about a version
 */
export const wineMajor = (text) => Number(/wine-(\d+)\./.exec(text)?.[1] ?? 0);

/**
 * The report among what else a program prints.
 *
 * @param {string} output
 * @returns {{ ok: boolean, checks: { name: string, ok: boolean, detail: string, ms: number }[] }}
 * @throws {Failure}
 */
export function reportIn(output) {
  const line = output.split("\n").find((text) => text.startsWith('{"ok":'));
  if (line === undefined) throw new Failure(`The self-check printed no report:\n${output.trim().slice(-2_000)}`);
  return JSON.parse(line);
}

async function main() {
  await ensureInstalled();
  const onWindows = process.platform === "win32";
  const wine = onWindows ? OLDEST_WINE : wineMajor((await run("wine", ["--version"], { capture: true })).output);
  if (wine < OLDEST_WINE) {
    const found = wine === 0 ? "there is none" : `this is Wine ${wine}`;
    console.log(`Not checked: the Windows package needs Wine ${OLDEST_WINE} or newer to run here, and ${found}.`);
    return 0;
  }
  const program = packedExecutable(await ensurePacked("win"), "win");
  const report = await progress(onWindows ? "Checking the package" : "Checking the package under Wine", () =>
    onWindows ? onRealWindows(program) : underWine(program),
  );
  for (const { name, ok, detail, ms } of report.checks) {
    console.log(`${ok ? "ok  " : "FAIL"} ${name.padEnd(12)} ${detail} (${ms} ms)`);
  }
  return report.ok ? 0 : 1;
}

/**
 * One line for a check that ran out of time, naming what did not come to its end.
 *
 * @param {string} output what Wine and the app wrote until then
 * @param {number} timeoutMs
 */
export function outOfTime(output, timeoutMs) {
  const seconds = Math.round(timeoutMs / 1000);
  if (!output.includes(WINE_READY)) return `Wine itself was not ready after ${seconds} s (wineboot -i).`;
  const report = output.includes('\n{"ok":') ? "It had printed its report." : "It had printed no report.";
  return `Wine was ready, but the Windows app did not end within ${seconds} s. ${report}`;
}

/** @param {string} program */
async function onRealWindows(program) {
  return reportIn((await run(program, ["--self-check"], { capture: true, timeoutMs: TIMEOUT_MS })).output);
}

/**
 * @param {string} program
 * @param {{ env?: NodeJS.ProcessEnv, timeoutMs?: number }} [options]
 * @returns {Promise<ReturnType<typeof reportIn>>}
 * @throws {Failure} when there is no report in time
 */
export async function underWine(program, { env: base = process.env, timeoutMs = TIMEOUT_MS } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "threadkeep-wine-"));
  const written = join(folder, "output.txt");
  const prefix = join(folder, "prefix");
  const env = { ...base, WINEPREFIX: prefix, WINEDEBUG: "-all", WINEDLLOVERRIDES: "mscoree,mshtml=" };
  try {
    await writeFile(written, "");
    const args = ["-c", WINE_STEPS, written, program, "--no-sandbox", "--disable-gpu", "--self-check=sync-keyring"];
    const { code, output } = await runOnDesktop("sh", args, { env, capture: true, timeoutMs });
    const said = `${output}\n${await readFile(written, "utf8")}`;
    if (code === 124) throw new Failure(`${outOfTime(said, timeoutMs)}\n${said.trim().slice(-2_000)}`);
    return reportIn(said);
  } finally {
    await run("wineserver", ["-k"], { env, capture: true, timeoutMs: STOP_TIMEOUT_MS });
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await runMain(main);
