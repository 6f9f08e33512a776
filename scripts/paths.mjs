/**
 * Where things are: repository root, cache folder, the Node that runs the tools.
 *
 * No dependencies and Node 20 syntax only, like every file in this folder: they run before `npm ci`.
 */
import { readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const cacheDir = join(root, ".cache");

const onWindows = process.platform === "win32";

/** Node 24 from the registry package `node`: SQLite's driver crashes on Node 20. */
export const nodeBinary = join(root, "node_modules", "node", "bin", onWindows ? "node.exe" : "node");

/**
 * The environment for every program we start: our tools, and with them Node 24, come first.
 *
 * @param {NodeJS.ProcessEnv} [base]
 * @returns {NodeJS.ProcessEnv}
 */
export function toolEnv(base = process.env) {
  const env = { ...base };
  const key = Object.keys(env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  const first = [dirname(nodeBinary), join(root, "node_modules", ".bin")];
  const rest = (env[key] ?? "").split(delimiter).filter((entry) => !first.includes(entry));
  env[key] = [...first, ...rest].join(delimiter);
  return env;
}

/**
 * The script behind a package's command, to be run with `nodeBinary` (no shell shims in between).
 *
 * @param {string} packageName
 * @param {string} [command] defaults to the package's own name
 */
export function toolScript(packageName, command = packageName) {
  const folder = join(root, "node_modules", packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const relative = typeof bin === "string" ? bin : bin?.[command];
  if (!relative) throw new Error(`package ${packageName} has no command ${command}`);
  return join(folder, relative);
}
