/**
 * `npm test`: set-up and every check there is, ending with one line `N passed, N failed`.
 *
 * Each static check counts as one. A later step runs even when an earlier one failed, so that one run
 * tells everything; exit code 1 when anything failed. Needs no terminal.
 */
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt } from "./build.mjs";
import { ensureDesktopPackages } from "./desktop-packages.mjs";
import { resolveElectron } from "./electron-runtime.mjs";
import { ensureInstalled } from "./install.mjs";
import { ensurePacked, inspectableCopy } from "./pack.mjs";
import { cacheDir, nodeBinary, root, toolEnv, toolScript } from "./paths.mjs";
import { Failure, run } from "./run.mjs";
import { countPlaywright, countRun, countVitest } from "./test-counts.mjs";

/** @typedef {import("./test-counts.mjs").Counts} Counts */

// Against a hang, not for speed: a slow machine may take its time.
const VITEST_TIMEOUT_MS = 20 * 60_000;
const LOOKS_TIMEOUT_MS = 15 * 60_000;
const E2E_TIMEOUT_MS = 20 * 60_000;
const reports = join(cacheDir, "test");

/** @type {Counts} */
const total = { passed: 0, failed: 0 };

/**
 * Runs one step and adds its outcome; whatever it throws is one failure.
 *
 * @param {string} name
 * @param {() => Promise<Counts>} work
 */
async function step(name, work) {
  console.log(`\n== ${name}`);
  const startedAt = Date.now();
  /** @type {Counts} */
  let counts;
  try {
    counts = await work();
  } catch (error) {
    console.error(error instanceof Failure ? error.message : error);
    counts = { passed: 0, failed: 1 };
  }
  total.passed += counts.passed;
  total.failed += counts.failed;
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  console.log(`-- ${name}: ${counts.failed === 0 ? "ok" : `${counts.failed} failed`}, ${seconds} s`);
  return counts.failed === 0;
}

/**
 * @param {string} script
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, timeoutMs?: number }} [options]
 */
const tool = (script, args, options) => run(nodeBinary, [script, ...args], { env: plainEnv(), ...options });

/** Into a file or a log, tools write without colours. */
const plainEnv = () => (process.stdout.isTTY ? toolEnv() : { ...toolEnv(), NO_COLOR: "1", FORCE_COLOR: "0" });

/**
 * @param {string} script
 * @param {readonly string[]} args
 */
const staticCheck = (script, args) => async () => {
  const { code } = await tool(script, args);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
};

/**
 * @template Report
 * @param {string} file
 * @param {(report: Report) => Counts} count
 * @param {number} exitCode
 */
function countReport(file, count, exitCode) {
  try {
    return countRun(count(JSON.parse(readFileSync(file, "utf8"))), exitCode);
  } catch (error) {
    console.error(`No readable report in ${file}: ${error instanceof Error ? error.message : String(error)}`);
    return countRun(null, exitCode);
  }
}

async function unitTests() {
  const report = join(reports, "vitest.json");
  const { code } = await tool(
    toolScript("vitest"),
    ["run", "--reporter=dot", "--reporter=json", `--outputFile.json=${report}`],
    // Hundreds of workers and processes start the same sources: read and compiled once, that is half of some tests' work.
    { env: { ...plainEnv(), NODE_COMPILE_CACHE: join(cacheDir, "compiled") }, timeoutMs: VITEST_TIMEOUT_MS },
  );
  return countReport(report, countVitest, code);
}

/** The window over invented data, state by state: nothing of it needs the app. */
async function looks() {
  const report = join(reports, "looks.json");
  const { code } = await tool(toolScript("playwright"), ["test", "-c", "test/harness"], {
    timeoutMs: LOOKS_TIMEOUT_MS,
  });
  return countReport(report, countPlaywright, code);
}

/**
 * On the packed app alone, because that is what people get; one of the tests runs the checkout's self-check.
 *
 * @param {string} folder the package
 * @param {string} executablePath of its copy that can be driven
 */
async function endToEndTests(folder, executablePath) {
  const report = join(reports, "playwright.json");
  const { code } = await tool(toolScript("playwright"), ["test", "-c", "test/e2e"], {
    env: {
      ...plainEnv(),
      THREADKEEP_ELECTRON: executablePath,
      THREADKEEP_PACKAGED: "1",
      THREADKEEP_PACK_DIR: folder,
    },
    timeoutMs: E2E_TIMEOUT_MS,
  });
  return countReport(report, countPlaywright, code);
}

const startedAt = Date.now();
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

let packed = "";
let electron = "";
const ready = await step("set-up", async () => {
  await ensureInstalled();
  await ensureDesktopPackages({ virtualDesktop: true });
  await resolveElectron();
  return { passed: 0, failed: 0 };
});
if (ready) {
  await step("format", staticCheck(toolScript("prettier"), ["--check", "--log-level", "warn", "."]));
  await step("lint", staticCheck(toolScript("oxlint"), ["--deny-warnings"]));
  await step("types", staticCheck(toolScript("typescript", "tsc"), ["-b"]));
  await step("unit, integration, property, architecture", unitTests);
  await step("every screen and state", looks);
  const built = await step("build and pack", async () => {
    await ensureBuilt();
    packed = await ensurePacked();
    electron = await inspectableCopy(packed);
    return { passed: 1, failed: 0 };
  });
  if (built) await step("end to end", () => endToEndTests(packed, electron));
}
console.log(`\n${root}: ${((Date.now() - startedAt) / 1000).toFixed(0)} s`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
