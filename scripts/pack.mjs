/**
 * `npm run pack` and `npm run pack:win`: the unpacked app, as it would be installed, into .cache/packed.
 *
 * A trial package for tests: it may stand on the registry's Electron and is therefore never handed out. Installers
 * are made by dist.mjs alone. Needs no network beyond the npm registry.
 */
import { cpSync, existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureBuilt } from "./build.mjs";
import { WINDOWS_BUILD, ensureRegistryBuild } from "./electron-download.mjs";
import { resolveElectron } from "./electron-runtime.mjs";
import { FUSES, fuseFile, writeFuses } from "./fuses.mjs";
import { ensureInstalled } from "./install.mjs";
import { cacheDir, nodeBinary, root, toolEnv, toolScript } from "./paths.mjs";
import { Failure, progress, run, runMain } from "./run.mjs";
import { clearStamp, hashTree, readStamp, writeStamp } from "./stamp.mjs";

const PACK_TIMEOUT_MS = 10 * 60_000;
const packedDir = join(cacheDir, "packed");
const sources = [
  "dist/.built",
  "electron-builder.yml",
  "electron/resources",
  "package.json",
  "scripts/after-pack.mjs",
  "scripts/fuses.mjs",
];

/** @typedef {"linux" | "mac" | "win"} Target */

/** @type {Target} */
export const ownTarget = process.platform === "darwin" ? "mac" : process.platform === "win32" ? "win" : "linux";

/**
 * The executable inside an unpacked package.
 *
 * @param {string} folder
 * @param {Target} target
 */
export function packedExecutable(folder, target) {
  if (target === "mac") return join(folder, "Threadkeep.app", "Contents", "MacOS", "Threadkeep");
  return join(folder, target === "win" ? "Threadkeep.exe" : "threadkeep");
}

/**
 * The folder with app.asar inside an unpacked package.
 *
 * @param {string} folder
 * @param {Target} target
 */
export function packedResources(folder, target) {
  return target === "mac" ? join(folder, "Threadkeep.app", "Contents", "Resources") : join(folder, "resources");
}

/** @param {Target} target */
const unpackedName = (target) => {
  const arch = process.arch === "arm64" && target !== "win" ? "-arm64" : "";
  return target === "mac" ? `mac${arch}` : `${target}${arch}-unpacked`;
};

/**
 * Packs when something changed since the last time.
 *
 * @param {Target} [target]
 * @returns {Promise<string>} the folder with the unpacked app
 */
export async function ensurePacked(target = ownTarget) {
  await ensureBuilt();
  const electron = await electronFor(target);
  const folder = join(packedDir, unpackedName(target));
  const stampFile = join(packedDir, `${unpackedName(target)}.ok`);
  const wanted = `${electron.version} ${electron.folder} ${hashTree(root, sources)}`;
  if (readStamp(stampFile) === wanted && existsSync(packedExecutable(folder, target))) return folder;

  clearStamp(stampFile);
  rmSync(folder, { recursive: true, force: true });
  const args = [
    toolScript("electron-builder"),
    "--dir",
    `--${target}`,
    `--${target === "win" ? "x64" : process.arch}`,
    "--publish=never",
    `-c.electronDist=${electron.folder}`,
    `-c.electronVersion=${electron.version}`,
    `-c.directories.output=${packedDir}`,
    // Editing the program's resources needs tools that electron-builder would fetch; a trial does without.
    ...(target === "win" ? ["-c.win.signAndEditExecutable=false"] : []),
    ...(target === "mac" ? ["-c.mac.identity=null"] : []),
  ];
  const { code, output } = await progress("Packing the app", () =>
    run(nodeBinary, args, {
      capture: true,
      env: { ...toolEnv(), CSC_IDENTITY_AUTO_DISCOVERY: "false" },
      timeoutMs: PACK_TIMEOUT_MS,
    }),
  );
  if (code !== 0) throw new Failure(`The app could not be packed:\n${output.trim()}`);
  writeStamp(stampFile, wanted);
  return folder;
}

/**
 * A copy of the packed app that differs in one fuse: Playwright attaches through the inspector.
 *
 * @param {string} folder the untouched package
 * @returns {Promise<string>} the copy's executable
 */
export async function inspectableCopy(folder) {
  const copy = join(packedDir, "inspectable");
  const stampFile = join(packedDir, "inspectable.ok");
  const wanted = readFileSync(join(packedDir, `${unpackedName(ownTarget)}.ok`), "utf8").trim();
  const executable = packedExecutable(copy, ownTarget);
  if (readStamp(stampFile) === wanted && existsSync(executable)) return executable;
  clearStamp(stampFile);
  rmSync(copy, { recursive: true, force: true });
  cpSync(folder, copy, { recursive: true, verbatimSymlinks: true });
  await writeFuses(
    fuseFile(executable),
    { ...FUSES, EnableNodeCliInspectArguments: true },
    { adHocSign: ownTarget === "mac" },
  );
  writeStamp(stampFile, wanted);
  return executable;
}

/** @param {Target} target */
async function electronFor(target) {
  if (target === "win" && process.platform !== "win32") {
    return { folder: await ensureRegistryBuild(WINDOWS_BUILD), version: WINDOWS_BUILD.version };
  }
  const { dist, version } = await resolveElectron();
  return { folder: dist, version };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await runMain(async () => {
    await ensureInstalled();
    console.log(await ensurePacked(process.argv.includes("--win") ? "win" : ownTarget));
  });
}
