/**
 * `npm run check:windows`: the Windows package's self-check, on Windows, or on Linux where Wine 10 or newer is.
 *
 * Under Wine windows are not drawn and Electron 42's asynchronous keyring ends the process, so the synchronous one is
 * checked there; the report says so. Where there is no such Wine, one line says that nothing was checked.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { runOnDesktop } from "./desktop.mjs";
import { ensureInstalled } from "./install.mjs";
import { ensurePacked, packedExecutable } from "./pack.mjs";
import { Failure, run, runMain } from "./run.mjs";

const OLDEST_WINE = 10;
const TIMEOUT_MS = 5 * 60_000;

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
  const report = onWindows ? await onRealWindows(program) : await underWine(program);
  for (const { name, ok, detail, ms } of report.checks) {
    console.log(`${ok ? "ok  " : "FAIL"} ${name.padEnd(12)} ${detail} (${ms} ms)`);
  }
  return report.ok ? 0 : 1;
}

/** @param {string} program */
async function onRealWindows(program) {
  return reportIn((await run(program, ["--self-check"], { capture: true, timeoutMs: TIMEOUT_MS })).output);
}

/** @param {string} program */
async function underWine(program) {
  const prefix = await mkdtemp(join(tmpdir(), "threadkeep-wine-"));
  const env = { ...process.env, WINEPREFIX: prefix, WINEDEBUG: "-all", WINEDLLOVERRIDES: "mscoree,mshtml=" };
  try {
    // Wine makes its prefix by itself; on a desktop of its own it would outlive that one and hang on its lost display.
    const args = [program, "--no-sandbox", "--disable-gpu", "--self-check=sync-keyring"];
    return reportIn((await runOnDesktop("wine", args, { env, capture: true, timeoutMs: TIMEOUT_MS })).output);
  } finally {
    await run("wineserver", ["-k"], { env, capture: true });
    await rm(prefix, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await runMain(main);
