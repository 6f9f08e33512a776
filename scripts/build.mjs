/**
 * Builds the app into dist/ when a source changed since the last build.
 *
 * Command line: `node scripts/build.mjs [--force]`.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { ensureInstalled } from "./install.mjs";
import { writeNotices } from "./notices.mjs";
import { nodeBinary, root, toolEnv, toolScript } from "./paths.mjs";
import { Failure, progress, run, runMain } from "./run.mjs";
import { clearStamp, hashTree, readStamp, writeStamp } from "./stamp.mjs";

const stampFile = join(root, "dist", ".built");
const sources = [
  "electron",
  "renderer",
  "shared",
  "vite.config.ts",
  "package-lock.json",
  "scripts/react-aria-plugin.mjs",
  "scripts/notices.mjs",
];
const outputs = ["dist/main/main.js", "dist/main/db-worker.js", "dist/preload/preload.cjs", "dist/renderer/index.html"];

/**
 * @param {{ force?: boolean }} [options]
 * @returns {Promise<boolean>} true when something was built
 */
export async function ensureBuilt({ force = false } = {}) {
  const wanted = hashTree(root, sources);
  const complete = outputs.every((file) => existsSync(join(root, file)));
  if (!force && complete && readStamp(stampFile) === wanted) return false;
  clearStamp(stampFile);
  const { code, output } = await progress("Building the app", () =>
    run(nodeBinary, [toolScript("vite"), "build", "--app", "--logLevel", "warn"], {
      capture: true,
      env: { ...toolEnv(), NODE_ENV: "production" },
    }),
  );
  if (code !== 0) throw new Failure(`The build failed:\n${stripVTControlCharacters(output).trim()}`);
  const missing = outputs.filter((file) => !existsSync(join(root, file)));
  if (missing.length > 0) throw new Failure(`The build made no ${missing.join(", ")}.`);
  writeNotices();
  writeStamp(stampFile, wanted);
  return true;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await runMain(async () => {
    await ensureInstalled();
    const built = await ensureBuilt({ force: process.argv.includes("--force") });
    console.log(built ? "Built into dist/." : "dist/ is up to date.");
  });
}
