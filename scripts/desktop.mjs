/**
 * Runs a program on a virtual Linux desktop: X server, session bus, unlocked keyring, notifications.
 *
 * The desktop lives in a temporary home of its own, so neither the person's keyring nor their running
 * session is touched. On other platforms, and inside such a desktop, the program simply runs.
 */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toolEnv } from "./paths.mjs";
import { run } from "./run.mjs";

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
  const env = toolEnv(options.env);
  if (process.platform !== "linux" || env[INSIDE]) return run(command, args, { ...options, env });

  const home = await mkdtemp(join(tmpdir(), "threadkeep-desktop-"));
  try {
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
    const session = ["sh", "-c", QUIET_BUS, SESSION, command, ...args];
    return await run("xvfb-run", ["-a", "-s", SCREEN, ...session], { ...options, env });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
