/**
 * Installs the packages of package-lock.json when node_modules does not match it.
 *
 * Works from Node 20 with npm 10 or 11. Afterwards Node 24 stands in node_modules; where its own
 * install step was blocked, that is said in one line, because everything else depends on it.
 */
import { existsSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { nodeBinary, root, toolEnv } from "./paths.mjs";
import { Failure, progress, run } from "./run.mjs";
import { hashFile, readStamp, writeStamp } from "./stamp.mjs";

const lockFile = join(root, "package-lock.json");
const stampFile = join(root, "node_modules", ".threadkeep-installed");

/**
 * True when npm's own record of node_modules names the same versions as the lockfile.
 *
 * @param {Record<string, { version?: string, optional?: boolean }>} wanted `packages` of package-lock.json
 * @param {Record<string, { version?: string }>} present `packages` of node_modules/.package-lock.json
 */
export function matchesLock(wanted, present) {
  const extra = Object.keys(present).some((name) => wanted[name]?.version !== present[name]?.version);
  // Optional packages of other platforms are locked and rightly absent.
  const missing = Object.keys(wanted).some((name) => name !== "" && !wanted[name]?.optional && !present[name]);
  return !extra && !missing;
}

function nodeModulesMatch() {
  const record = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  const packagesOf = (/** @type {string} */ file) => JSON.parse(readFileSync(file, "utf8")).packages;
  return matchesLock(packagesOf(lockFile), packagesOf(record));
}

/** npm as it was started, or the one on PATH. */
function npm() {
  const script = process.env.npm_execpath;
  return script?.endsWith(".js")
    ? { command: process.execPath, before: [script], shell: false }
    : { command: "npm", before: [], shell: process.platform === "win32" };
}

/**
 * Runs npm quietly; its output is shown only when it fails.
 *
 * @param {readonly string[]} args
 * @param {{ cwd?: string, timeoutMs?: number }} [options]
 */
export function runNpm(args, options = {}) {
  const { command, before, shell } = npm();
  const env = { ...process.env, npm_config_loglevel: "error" };
  return run(command, [...before, ...args], { ...options, env, shell, capture: true });
}

/** @returns {Promise<boolean>} true when something was installed */
export async function ensureInstalled() {
  const wanted = hashFile(lockFile);
  const nodeIsThere = existsSync(nodeBinary);
  if (nodeIsThere && readStamp(stampFile) === wanted) return false;
  if (nodeIsThere && nodeModulesMatch()) {
    writeStamp(stampFile, wanted);
    return false;
  }
  // Windows cannot delete the program that is running: `npm install` leaves it in place, `npm ci` would not.
  const runsFromInside = process.platform === "win32" && process.execPath.startsWith(join(root, "node_modules") + sep);
  const verb = runsFromInside ? "install" : "ci";
  const { code, output } = await progress("Installing packages", () =>
    runNpm([verb, "--no-audit", "--no-fund", "--loglevel=error"]),
  );
  if (code !== 0) throw new Failure(`npm ${verb} failed:\n${output.trim()}`);
  await checkNode();
  writeStamp(stampFile, wanted);
  return true;
}

async function checkNode() {
  const { version } = JSON.parse(readFileSync(join(root, "node_modules", "node", "package.json"), "utf8"));
  const { code, output } = await run(nodeBinary, ["--version"], { capture: true, env: toolEnv() });
  if (code === 0 && output.trim() === `v${version}`) return;
  throw new Failure(
    `Node ${version} is not in node_modules: npm did not run the install script of the package "node". ` +
      'Run "npm rebuild node --foreground-scripts" and try again.',
  );
}
