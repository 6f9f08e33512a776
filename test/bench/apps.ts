/**
 * Our app on the benchmarks' data, and the bare window, started as a person would or under Playwright.
 *
 * The data's key and account are sealed by the app's own keyring, so what is opened is what a person's app opens.
 * Invariant: no started process outlives the run.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { _electron } from "playwright";
import type { ElectronApplication, Page } from "playwright";
import { electronFlags } from "../../scripts/desktop.mjs";
import { root } from "../../scripts/paths.mjs";
import { Failure } from "../../scripts/run.mjs";
import { benchDir } from "./context.ts";
import type { Context } from "./context.ts";
import { OWN_KEY } from "./texts.ts";

const START_TIMEOUT_MS = 60_000;
const ACTION_TIMEOUT_MS = 30_000;
const CLOSE_TIMEOUT_MS = 20_000;
const KEY_HEX = "0b".repeat(32);
const ACCOUNT_UID = "00000000-0000-4000-8000-00000000be7c";
const bareDir = join(benchDir, "bare", "app");

export type Kind = "ours" | "bare";

export interface RunningApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  close(): Promise<void>;
}

const target = (kind: Kind) => (kind === "ours" ? root : bareDir);
/** Two windows stand on one screen: neither may be slowed down for being behind the other. */
const AWAKE = ["--disable-backgrounding-occluded-windows", "--disable-renderer-backgrounding"];
const argsFor = (kind: Kind, dataDir: string) => [
  ...electronFlags(),
  ...AWAKE,
  `--user-data-dir=${dataDir}`,
  target(kind),
];

/** Electron sometimes dies while the debugger attaches to a busy machine: nothing was measured yet, so again. */
const LAUNCH_TRIES = 3;

export async function launch(context: Context, kind: Kind, dataDir: string): Promise<RunningApp> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await launchOnce(context, kind, dataDir);
    } catch (error) {
      if (attempt === LAUNCH_TRIES) throw error;
      context.say(`(${kind} did not start, try ${attempt})`);
    }
  }
}

async function launchOnce(context: Context, kind: Kind, dataDir: string): Promise<RunningApp> {
  const app = await _electron.launch({
    executablePath: context.electronPath,
    cwd: root,
    args: argsFor(kind, dataDir),
    timeout: START_TIMEOUT_MS,
  });
  try {
    const page = await app.firstWindow({ timeout: START_TIMEOUT_MS });
    page.setDefaultTimeout(ACTION_TIMEOUT_MS);
    return { app, page, close: () => closeApp(app) };
  } catch (error) {
    app.process().kill("SIGKILL");
    throw error;
  }
}

/** Quits as a person would; one that does not end by itself is ended. */
async function closeApp(app: ElectronApplication): Promise<void> {
  const late = setTimeout(() => app.process().kill("SIGKILL"), CLOSE_TIMEOUT_MS);
  try {
    await app.close();
  } finally {
    clearTimeout(late);
  }
}

let sealed: Promise<string> | null = null;

/** The settings file of an app that has the data's key and account; the same keyring reads it all run long. */
function sealSecrets(context: Context): Promise<string> {
  sealed ??= (async () => {
    const dataDir = context.makeFolder("seal");
    const { app, close } = await launch(context, "ours", dataDir);
    const account = {
      uid: ACCOUNT_UID,
      provider: "agentmessage",
      name: "Bench",
      baseUrl: context.data.baseUrl,
      credentials: { apiKey: OWN_KEY },
      sampleAnchorAt: null,
    };
    const secrets = await app.evaluate(
      async ({ safeStorage }, texts) => {
        const out: Record<string, string> = {};
        for (const [name, text] of Object.entries(texts)) {
          out[name] = (await safeStorage.encryptStringAsync(text)).toString("base64");
        }
        return out;
      },
      { "database-key": KEY_HEX, [`account:${ACCOUNT_UID}`]: JSON.stringify(account) },
    );
    await close();
    return JSON.stringify({ secrets, window: null, toldOfTray: true });
  })();
  return sealed;
}

/** A data folder with a private copy of the data set, ready to be opened. */
export async function makeDataDir(context: Context, name: string): Promise<string> {
  const dbPath = context.copyData(name);
  const dataDir = join(dbPath, "..");
  await writeFile(join(dataDir, "threadkeep.json"), await sealSecrets(context), { mode: 0o600 });
  return dataDir;
}

export const listRows = (page: Page) => page.getByRole("listbox", { name: "Conversations" }).getByRole("option");

/** The app with its list of cached rows on the screen. A keyring that a busy machine kept waiting is asked again. */
export async function launchWithData(context: Context, name: string): Promise<RunningApp> {
  return launchAgain(context, await makeDataDir(context, name));
}

/** The same in a data folder that has been started in before. */
export async function launchAgain(context: Context, dataDir: string): Promise<RunningApp> {
  for (let attempt = 1; ; attempt += 1) {
    const running = await launch(context, "ours", dataDir);
    try {
      await listRows(running.page).first().waitFor();
      return running;
    } catch (error) {
      const shown = await running.page.evaluate(() => document.body.innerText).catch(() => "");
      context.say(`(no list, try ${attempt}; the window says: ${shown.slice(0, 200).replaceAll(/\s+/g, " ")})`);
      await running.close();
      if (attempt === LAUNCH_TRIES) throw error;
    }
  }
}

/** Starts a process as a person would, with a probe that speaks over stdin and stdout. */
function spawnWith(context: Context, probe: string, kind: Kind, dataDir: string) {
  const child = spawn(context.electronPath, ["-r", join(benchDir, "bare", probe), ...argsFor(kind, dataDir)], {
    cwd: root,
    stdio: ["pipe", "pipe", "pipe"],
  });
  let output = "";
  const listeners = new Set<() => void>();
  const read = (chunk: Buffer) => {
    output += chunk.toString();
    for (const listener of listeners) listener();
  };
  child.stdout.on("data", read);
  child.stderr.on("data", read);
  const exited = once(child, "exit").then(() => {
    for (const listener of listeners) listener();
  });
  return {
    write: (line: string) => child.stdin.write(`${line}\n`),
    /** Resolves with what `find` makes of the output so far, once that is something. */
    until<T>(find: (output: string) => T | null, what: string, timeoutMs: number): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        const fail = (how: string) => reject(new Failure(`${what}: ${how}:\n${output.slice(-1_000)}`));
        const look = () => {
          const found = find(output);
          if (found === null && child.exitCode === null && child.signalCode === null) return;
          clearTimeout(timer);
          listeners.delete(look);
          if (found === null) fail(`the app ended with ${child.exitCode ?? child.signalCode}`);
          else resolve(found);
        };
        const timer = setTimeout(() => {
          listeners.delete(look);
          fail(`not within ${timeoutMs} ms`);
        }, timeoutMs);
        listeners.add(look);
        look();
      });
    },
    async end(): Promise<void> {
      child.kill("SIGTERM");
      const late = setTimeout(() => child.kill("SIGKILL"), CLOSE_TIMEOUT_MS);
      await exited;
      clearTimeout(late);
    },
  };
}

/** Starts a process and waits for its first painted row; ms from before the process to that. */
export async function timeColdStart(context: Context, kind: Kind, dataDir: string): Promise<number> {
  const startedAt = performance.timeOrigin + performance.now();
  const child = spawnWith(context, "probe.cjs", kind, dataDir);
  try {
    const find = (output: string) => /bench-painted:([\d.]+)\n/.exec(output)?.[1] ?? null;
    return Number(await child.until(find, "first painted row", START_TIMEOUT_MS)) - startedAt;
  } finally {
    await child.end();
  }
}

/** An app without a debugger: what it does it does as on a person's desk. */
export interface UnwatchedApp {
  /** Answers with the app's processes. */
  ask(what: "hide" | "pids"): Promise<number[]>;
  /** Resolves when these words stand in its log. */
  logged(words: string, timeoutMs: number): Promise<void>;
  end(): Promise<void>;
}

export function startUnwatched(context: Context, kind: Kind, dataDir: string): UnwatchedApp {
  const child = spawnWith(context, "hide-probe.cjs", kind, dataDir);
  let asked = 0;
  return {
    async ask(what) {
      const turn = asked;
      asked += 1;
      child.write(what);
      const find = (output: string) => [...output.matchAll(/bench-pids:(\[.*\])\n/g)][turn]?.[1] ?? null;
      return JSON.parse(await child.until(find, what, ACTION_TIMEOUT_MS)) as number[];
    },
    async logged(words, timeoutMs) {
      await child.until((output) => (output.includes(words) ? true : null), words, timeoutMs);
    },
    end: child.end,
  };
}

interface ProcessUse {
  /** Resident memory that only this process has, bytes. */
  readonly privateBytes: number;
  /** CPU time of user and system so far, ms. */
  readonly cpuMs: number;
}

const CLOCK_TICKS_PER_S = 100;

/** The zygotes are none of them, the main process is. */
export const pidsOf = (app: ElectronApplication): Promise<number[]> =>
  app.evaluate(({ app: electron }) => electron.getAppMetrics().map(({ pid }) => pid));

/** The processes together, from the kernel's own account. */
export async function measureProcesses(pids: readonly number[]): Promise<ProcessUse> {
  let privateBytes = 0;
  let cpuMs = 0;
  for (const pid of pids) {
    const smaps = await readFile(`/proc/${pid}/smaps_rollup`, "utf8");
    for (const [, kb] of smaps.matchAll(/^Private_(?:Clean|Dirty): +(\d+) kB$/gm)) privateBytes += Number(kb) * 1_024;
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    cpuMs += ((Number(fields[11]) + Number(fields[12])) * 1_000) / CLOCK_TICKS_PER_S;
  }
  return { privateBytes, cpuMs };
}
