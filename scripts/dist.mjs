/**
 * `npm run dist`: installers for this system into dist/installers, from the official Electron alone.
 *
 * Everything secret comes from the environment. CSC_LINK and friends sign for macOS and Windows; THREADKEEP_UPDATE_URL
 * with THREADKEEP_UPDATE_KEY makes a build that updates itself; without them the build is unsigned, or never updates,
 * and says so.
 */
import { join } from "node:path";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { ensureBuilt } from "./build.mjs";
import { resolveElectron } from "./electron-runtime.mjs";
import { ensureInstalled } from "./install.mjs";
import { nodeBinary, root, toolEnv, toolScript } from "./paths.mjs";
import { Failure, run, runMain } from "./run.mjs";
import { publicKeyOf, readUpdateKey, signUpdates } from "./sign-updates.mjs";

const installers = join(root, "dist", "installers");

/**
 * The registry's copy and a folder somebody named are for trials: nobody has vouched for them as a product.
 *
 * @param {{ source: string, version: string }} runtime
 * @throws {Failure}
 */
export function refuseTrialRuntime({ source, version }) {
  if (source === "official") return;
  const what = source === "registry" ? "the npm registry's copy" : "the folder in ELECTRON_OVERRIDE_DIST_PATH";
  throw new Failure(
    `Installers are made from the official Electron only, and ${what} of Electron ${version} is none. ` +
      "Run this where Electron can be downloaded; `npm run pack` makes a trial package here.",
  );
}

/**
 * What the environment decides, as options of electron-builder.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 * @returns {{ args: string[], notes: string[], key: import("node:crypto").KeyObject | null }}
 */
export function distOptions(env, platform) {
  const args = ["--publish=never"];
  const notes = [];
  const canSign = Boolean(env.CSC_LINK || env.WIN_CSC_LINK || env.CSC_NAME);
  if (platform !== "linux" && !canSign) {
    notes.push("Unsigned: CSC_LINK is not set. Windows and macOS will warn whoever installs this.");
    // Apple's chips run nothing without at least a signature of nobody.
    if (platform === "darwin") args.push("-c.mac.identity=-", "-c.mac.hardenedRuntime=false", "-c.mac.notarize=false");
  }
  const url = env.THREADKEEP_UPDATE_URL;
  const pem = env.THREADKEEP_UPDATE_KEY;
  if (Boolean(url) !== Boolean(pem)) {
    throw new Failure(
      "THREADKEEP_UPDATE_URL and THREADKEEP_UPDATE_KEY are needed together: updates are always signed.",
    );
  }
  if (!url || !pem) {
    notes.push("No updates: THREADKEEP_UPDATE_URL is not set. This build will never look for a newer one.");
    return { args, notes, key: null };
  }
  if (!url.startsWith("https://")) throw new Failure("THREADKEEP_UPDATE_URL must begin with https://.");
  const key = readUpdateKey(pem);
  const inside = "-c.extraMetadata.threadkeepUpdates";
  args.push("-c.publish.provider=generic", `-c.publish.url=${url}`);
  args.push(`${inside}.url=${url}`, `${inside}.publicKey=${publicKeyOf(key)}`);
  if (env.THREADKEEP_RELEASE_NOTES_URL) args.push(`${inside}.releaseNotesUrl=${env.THREADKEEP_RELEASE_NOTES_URL}`);
  return { args, notes, key };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await runMain(async () => {
    await ensureInstalled();
    const runtime = await resolveElectron();
    refuseTrialRuntime(runtime);
    const { args, notes, key } = distOptions(process.env, process.platform);
    await ensureBuilt();
    const env = key === null ? { ...toolEnv(), CSC_IDENTITY_AUTO_DISCOVERY: "false" } : toolEnv();
    // electron-builder fetches the official Electron of each architecture itself, and checks its hash.
    const { code } = await run(nodeBinary, [toolScript("electron-builder"), ...args], { env });
    if (code !== 0) return code;
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    if (key !== null) console.log(`Signed for updates: ${signUpdates(installers, version, key).join(", ")}`);
    for (const note of notes) console.log(note);
    console.log(installers);
    return 0;
  });
}
