/**
 * The Debian packages that Electron and its virtual desktop need on Linux.
 *
 * Installed with apt-get where that is allowed without asking (root, or sudo without a password);
 * otherwise one line names the exact command. Other platforms and other package systems: nothing to do.
 */
import { Failure, progress, run } from "./run.mjs";

/** Each entry: the names one package goes by, newest distribution first. */
const RUNTIME = [
  ["libgtk-3-0t64", "libgtk-3-0"],
  ["libnss3"],
  ["libasound2t64", "libasound2"],
  ["libgbm1"],
  ["libxss1"],
  ["libsecret-1-0"],
];
const VIRTUAL_DESKTOP = [
  ["xvfb"],
  ["xauth"],
  ["dbus-x11"],
  ["gnome-keyring"],
  ["dunst"],
  ["fonts-inter"],
  ["fonts-noto-color-emoji"],
];

/**
 * The entries none of whose names is installed.
 *
 * @param {readonly (readonly string[])[]} wanted
 * @param {string} listing lines of `<name> <status abbreviation>` as dpkg-query prints them
 */
export function missingPackages(wanted, listing) {
  const installed = new Set();
  for (const line of listing.split("\n")) {
    const [name, status] = line.trim().split(/\s+/);
    if (status === "ii") installed.add(name);
  }
  return wanted.filter((names) => !names.some((name) => installed.has(name)));
}

/** @param {{ virtualDesktop: boolean }} options `virtualDesktop`: also what a display-less machine needs */
export async function ensureDesktopPackages({ virtualDesktop }) {
  if (process.platform !== "linux") return;
  const wanted = virtualDesktop ? [...RUNTIME, ...VIRTUAL_DESKTOP] : RUNTIME;
  const query = () =>
    run("dpkg-query", ["-W", "-f=${Package} ${db:Status-Abbrev}\\n", ...wanted.flat()], { capture: true });
  const listing = await query();
  if (listing.code === 127) return; // not a Debian: Electron itself names what it misses
  const missing = missingPackages(wanted, listing.output);
  if (missing.length === 0) return;

  const prefix = await adminPrefix();
  if (!prefix) {
    const names = missing.map((alternatives) => alternatives.at(-1)).join(" ");
    throw new Failure(`Desktop packages are missing. Run: sudo apt-get install -y --no-install-recommends ${names}`);
  }
  await progress("Installing desktop packages", () => install(prefix, missing));
  const left = missingPackages(wanted, (await query()).output);
  if (left.length > 0) throw new Failure(`These packages could not be installed: ${left.map((n) => n[0]).join(" ")}`);
}

/** What to put before apt-get; null when it would ask for a password. */
async function adminPrefix() {
  if (process.getuid?.() === 0) return [];
  return (await run("sudo", ["-n", "true"], { capture: true })).code === 0 ? ["sudo", "-n"] : null;
}

/**
 * @param {readonly string[]} prefix
 * @param {readonly (readonly string[])[]} missing
 */
async function install(prefix, missing) {
  let names = await availableNames(missing);
  if (names.length < missing.length) {
    await apt(prefix, ["update", "-qq"]);
    names = await availableNames(missing);
  }
  const installArgs = ["install", "-y", "-qq", "--no-install-recommends", ...names];
  if ((await apt(prefix, installArgs)).code === 0) return;
  await apt(prefix, ["update", "-qq"]); // the lists may name versions the mirror no longer has
  const { code, output } = await apt(prefix, installArgs);
  if (code !== 0) throw new Failure(`apt-get could not install ${names.join(" ")}:\n${output.trim()}`);
}

/**
 * @param {readonly string[]} prefix
 * @param {readonly string[]} args
 */
function apt(prefix, args) {
  const [command = "env", ...rest] = [...prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", ...args];
  return run(command, rest, { capture: true });
}

/**
 * The first name of each package that this distribution has.
 *
 * @param {readonly (readonly string[])[]} missing
 */
async function availableNames(missing) {
  const found = [];
  for (const names of missing) {
    for (const name of names) {
      const { code, output } = await run("apt-cache", ["show", "--no-all-versions", name], { capture: true });
      if (code !== 0 || !output.includes(`Package: ${name}\n`)) continue;
      found.push(name);
      break;
    }
  }
  return found;
}
