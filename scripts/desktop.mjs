/**
 * Runs a program on a virtual Linux desktop: X server, session bus, unlocked keyring, notifications.
 *
 * The desktop lives in a temporary home of its own, so neither the person's keyring nor their running
 * session is touched. On other platforms, and inside such a desktop, the program simply runs.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { toolEnv } from "./paths.mjs";
import { Failure, run } from "./run.mjs";

const INSIDE = "THREADKEEP_VIRTUAL_DESKTOP";
const SCREEN = "-screen 0 1920x1200x24";
// The keyring's password guards nothing: the keyring is deleted with the desktop.
const SESSION = [
  "exec 2>&3 3>&-",
  "printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1",
  "dunst >/dev/null 2>&1 &",
  '"$@"',
].join("\n");

// The bus daemon complains about limits it does not need: only the program itself may write to stderr.
const QUIET_BUS = 'exec 3>&2 2>/dev/null; exec dbus-run-session -- sh -c "$0" desktop "$@"';

const DESKTOP = "xvfb-run";
const TELL_AND_STAY =
  'console.log(JSON.stringify(process.env)); process.stdin.on("end", () => process.exit()).resume()';

/** True when a window can be shown to a person. */
export function hasDisplay(env = process.env, platform = process.platform) {
  return platform !== "linux" || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/** What Electron needs on its command line here: root cannot have Chromium's sandbox, tests need a known keyring. */
export function electronFlags() {
  if (process.platform !== "linux") return [];
  const flags = ["--password-store=gnome-libsecret", "--ozone-platform=x11"];
  return process.getuid?.() === 0 ? ["--no-sandbox", ...flags] : flags;
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, capture?: boolean, timeoutMs?: number }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export async function runOnDesktop(command, args, options = {}) {
  if (!makesDesktops(options.env)) return run(command, args, { ...options, env: toolEnv(options.env) });
  const desktop = await prepare(options.env);
  try {
    return await run(DESKTOP, [...desktop.args, command, ...args], { ...options, env: desktop.env });
  } finally {
    await desktop.remove();
  }
}

/** False on other platforms and inside such a desktop: there everything shares the one there is. */
export function makesDesktops(env = process.env, platform = process.platform) {
  return platform === "linux" && !env[INSIDE];
}

/**
 * A desktop for programs that this process starts itself. It ends with `close`, and with this process, however that
 * ends.
 *
 * @returns {Promise<{ env: Record<string, string>, close(): Promise<void> }>} what those programs need in their environment
 */
export async function openDesktop() {
  if (!makesDesktops()) return { env: {}, close: () => Promise.resolve() };
  const desktop = await prepare();
  const child = spawn(DESKTOP, [...desktop.args, process.execPath, "-e", TELL_AND_STAY], {
    env: desktop.env,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = (async () => {
    try {
      await once(child, "close");
    } finally {
      await desktop.remove();
    }
  })();
  const close = async () => {
    child.stdin.end();
    await ended;
  };
  const lines = createInterface({ input: child.stdout });
  const [told] = await Promise.race([once(lines, "line"), ended.then(() => [null])]);
  if (told === null) throw new Failure("The virtual desktop did not start: see the lines above.");
  return { env: JSON.parse(told), close };
}

/**
 * @param {NodeJS.ProcessEnv} [base]
 * @returns {Promise<{ args: readonly string[], env: NodeJS.ProcessEnv, remove(): Promise<void> }>} the program and its
 *   arguments follow `args`
 */
async function prepare(base) {
  const env = toolEnv(base);
  const home = await mkdtemp(join(tmpdir(), "threadkeep-desktop-"));
  const runtimeDir = join(home, "runtime");
  await mkdir(runtimeDir, { mode: 0o700 });
  for (const name of ["WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "GNOME_KEYRING_CONTROL"]) delete env[name];
  Object.assign(env, {
    [INSIDE]: "1",
    XDG_DATA_HOME: join(home, "data"),
    XDG_CONFIG_HOME: join(home, "config"),
    XDG_CACHE_HOME: join(home, "cache"),
    XDG_RUNTIME_DIR: runtimeDir,
    XDG_SESSION_TYPE: "x11",
  });
  return {
    args: ["-a", "-s", SCREEN, "sh", "-c", QUIET_BUS, SESSION],
    env,
    remove: () => rm(home, { recursive: true, force: true }),
  };
}
