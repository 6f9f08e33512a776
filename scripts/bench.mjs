/**
 * `npm run bench [-- --quick] [-- --only name]`: builds the app, fetches the rivals, runs the benchmarks on the
 * virtual desktop. Hands-off; writes docs/benchmarks.md, .json and .svg.
 *
 * The rivals have a package.json and lockfile of their own, so that nobody else has to install them.
 */
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt } from "./build.mjs";
import { ensureDesktopPackages } from "./desktop-packages.mjs";
import { runOnDesktop } from "./desktop.mjs";
import { resolveElectron } from "./electron-runtime.mjs";
import { ensureInstalled, runNpm } from "./install.mjs";
import { cacheDir, nodeBinary, root } from "./paths.mjs";
import { Failure, progress, runMain } from "./run.mjs";
import { hashFile, readStamp, writeStamp } from "./stamp.mjs";

const TIMEOUT_MS = 60 * 60_000;

/** @returns {Promise<string>} the folder whose node_modules holds the rivals */
async function ensureRivals() {
  const source = join(root, "test", "bench", "rivals");
  const folder = join(cacheDir, "bench", "rivals");
  const stampFile = join(folder, ".installed");
  const wanted = hashFile(join(source, "package-lock.json"));
  if (readStamp(stampFile) === wanted) return folder;
  mkdirSync(folder, { recursive: true });
  for (const name of ["package.json", "package-lock.json"]) copyFileSync(join(source, name), join(folder, name));
  const { code, output } = await progress("Installing the rivals", () =>
    runNpm(["ci", "--no-audit", "--no-fund", "--ignore-scripts"], { cwd: folder }),
  );
  if (code !== 0) throw new Failure(`The rivals could not be installed:\n${output.trim()}`);
  writeStamp(stampFile, wanted);
  return folder;
}

await runMain(async () => {
  await ensureInstalled();
  await ensureDesktopPackages({ virtualDesktop: true });
  const { executablePath } = await resolveElectron();
  await ensureBuilt();
  const isTiny = process.argv.includes("--tiny");
  const rivals = isTiny ? [] : ["--rivals", await ensureRivals()];
  const script = join(root, "test", "bench", "run.ts");
  const args = [script, "--electron", executablePath, ...rivals, ...process.argv.slice(2)];
  const { code } = await runOnDesktop(nodeBinary, args, { timeoutMs: TIMEOUT_MS });
  return code;
});
