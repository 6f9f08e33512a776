/**
 * The built app where an unprivileged user can run it, so that Chromium's sandbox is on as it is for everybody.
 *
 * Root cannot have that sandbox. When the tests run as root on Linux, the app is copied to a world-readable folder and
 * started as `nobody`, with a home, session bus and keyring of its own; anybody else simply starts it. Must never pass
 * `--no-sandbox`. Where the system allows no user namespaces, the copy gets Chromium's own set-uid helper; where that
 * is not possible either, the app does not start and the tests fail: there is no quiet way around.
 */
import { execFile } from "node:child_process";
import { chmod, chown, copyFile, cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { electronFlags } from "../../scripts/desktop.mjs";
import { resolveElectron } from "../../scripts/electron-runtime.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);
const NOBODY = 65_534;
const AS_NOBODY = ["--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs"];

export interface Stage {
  readonly executablePath: string;
  /** The folder with package.json and dist/. */
  readonly appDir: string;
  readonly flags: readonly string[];
  /** What names the app to the program: nothing where the program is the packed app. */
  readonly appArgs: readonly string[];
  readonly env: Record<string, string>;
  /** Hands a folder to the user the app runs as. */
  own(folder: string): Promise<void>;
  dispose(): Promise<void>;
}

/** @param options.rendererDir  another page than the app's own, served by the real main process under the real policy */
export async function createStage({ rendererDir }: { rendererDir?: string } = {}): Promise<Stage> {
  // A packed app serves its own page and no other.
  const packed = process.env["THREADKEEP_PACKAGED"] === "1" && rendererDir === undefined;
  const given = packed ? process.env["THREADKEEP_ELECTRON"] : undefined;
  const executablePath = given ?? (await resolveElectron()).executablePath;
  const isRoot = process.platform === "linux" && process.getuid?.() === 0;
  const folder = await mkdtemp(join(tmpdir(), "threadkeep-stage-"));
  const appDir = join(folder, "app");
  await cp(join(root, "dist"), join(appDir, "dist"), { recursive: true });
  if (rendererDir !== undefined) {
    await rm(join(appDir, "dist", "renderer"), { recursive: true });
    await cp(rendererDir, join(appDir, "dist", "renderer"), { recursive: true });
  }
  await copyFile(join(root, "package.json"), join(appDir, "package.json"));
  const driver = join("node_modules", "better-sqlite3");
  await cp(join(root, driver), join(appDir, driver), { recursive: true, dereference: true });
  const stage = {
    appDir,
    flags: electronFlags().filter((flag) => flag !== "--no-sandbox"),
    appArgs: packed ? [] : ["."],
    dispose: () => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
  };
  if (!isRoot) return { ...stage, executablePath, env: {}, own: () => Promise.resolve() };

  await chmod(folder, 0o755);
  const home = join(folder, "home");
  const runtime = join(home, "runtime");
  await mkdir(runtime, { recursive: true, mode: 0o700 });
  const env: Record<string, string> = {
    HOME: home,
    XDG_RUNTIME_DIR: runtime,
    XDG_DATA_HOME: join(home, "data"),
    XDG_CONFIG_HOME: join(home, "config"),
    XDG_CACHE_HOME: join(home, "cache"),
    TMPDIR: "/tmp",
  };
  const cookie = process.env["XAUTHORITY"];
  if (cookie !== undefined) {
    env["XAUTHORITY"] = join(home, "xauthority");
    await copyFile(cookie, env["XAUTHORITY"]);
    await chown(env["XAUTHORITY"], NOBODY, NOBODY);
  }
  await chown(home, NOBODY, NOBODY);
  await chown(runtime, NOBODY, NOBODY);
  const electron = await readableElectron(executablePath, folder);
  return {
    ...stage,
    env,
    executablePath: await writeLauncher(folder, electron),
    own: (path) => chown(path, NOBODY, NOBODY),
  };
}

async function succeedsAsNobody(...command: readonly string[]): Promise<boolean> {
  try {
    await run("setpriv", [...AS_NOBODY, ...command]);
    return true;
  } catch {
    // Refused: the answer.
    return false;
  }
}

/** Where it lies if `nobody` may run it there and namespaces are allowed, else a copy with the set-uid helper. */
async function readableElectron(executablePath: string, folder: string): Promise<string> {
  const hasNamespaces = await succeedsAsNobody("unshare", "--user", "true");
  if (hasNamespaces && (await succeedsAsNobody("test", "-x", executablePath))) return executablePath;
  const copy = join(folder, "electron");
  await cp(dirname(executablePath), copy, { recursive: true });
  await run("chmod", ["-R", "a+rX", copy]);
  if (!hasNamespaces) await chmod(join(copy, "chrome-sandbox"), 0o4755);
  return join(copy, basename(executablePath));
}

/** Playwright puts its own arguments first: a program that takes them all and becomes Electron as `nobody`. */
async function writeLauncher(folder: string, electron: string): Promise<string> {
  const launcher = join(folder, "launch");
  const session = 'printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$0" "$@"';
  await writeFile(
    launcher,
    [
      "#!/bin/sh",
      "unset DBUS_SESSION_BUS_ADDRESS GNOME_KEYRING_CONTROL",
      // The set-uid helper needs new privileges, so this switch is not for the app itself.
      `exec setpriv ${AS_NOBODY.slice(0, -1).join(" ")} dbus-run-session -- sh -c '${session}' '${electron}' "$@"`,
      "",
    ].join("\n"),
  );
  await chmod(launcher, 0o755);
  return launcher;
}
