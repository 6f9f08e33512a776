/**
 * The app as a test sees it: start, restart on the same data folder, close, kill.
 *
 * Invariants: every driver has a data folder of its own, removed at the end; no process outlives its test.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { _electron } from "playwright/test";
import type { ElectronApplication, Page } from "playwright/test";
import { electronFlags } from "../../scripts/desktop.mjs";
import { resolveElectron } from "../../scripts/electron-runtime.mjs";
import type { Stage } from "./unprivileged.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const START_TIMEOUT_MS = 20_000;
/** Recording every frame slows every step: on by `THREADKEEP_TRACE=1`, when a failure needs it. */
export const KEEPS_TRACE = process.env["THREADKEEP_TRACE"] === "1";

/** `THREADKEEP_ELECTRON` is then the packed app itself. */
export const IS_PACKAGED = process.env["THREADKEEP_PACKAGED"] === "1";

/** `THREADKEEP_LATE=<seed>`: see late-answers.cjs. The packed app loads nothing from outside. */
const LATE = process.env["THREADKEEP_LATE"] === undefined ? [] : ["-r", join(root, "test/e2e/late-answers.cjs")];

const plainEnv = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

export interface AppDriver {
  readonly dataDir: string;
  readonly isRunning: boolean;
  /** The window of the running app. @throws when it is not running */
  readonly page: Page;
  readonly electron: ElectronApplication;
  /** What the main process wrote to stdout and stderr so far, over all starts. */
  readonly output: string;
  /** Starts the app and waits for its first window. */
  start(extraArgs?: readonly string[]): Promise<Page>;
  /** Quits like a person would. */
  close(): Promise<void>;
  /** Ends every process of the app at once, as a power cut would. */
  kill(): Promise<void>;
  /** Makes the main process crash by itself, as a fault in native code would. */
  crash(): Promise<void>;
  restart(): Promise<Page>;
  /** Ends the app if it runs, and removes the data folder. */
  dispose(): Promise<void>;
}

export interface PlainRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program of ours to its end, without Playwright and without a window. */
export async function runPlain(
  executablePath: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<PlainRun> {
  const child = spawn(executablePath, [...electronFlags(), ...args], { cwd: root, env: { ...process.env, ...env } });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr };
}

/** @param stage  another place and user to run it as */
export async function createAppDriver(stage: Stage | null = null): Promise<AppDriver> {
  const executablePath =
    stage?.executablePath ?? process.env["THREADKEEP_ELECTRON"] ?? (await resolveElectron()).executablePath;
  const dataDir = await mkdtemp(join(tmpdir(), "threadkeep-e2e-"));
  await stage?.own(dataDir);
  let running: { app: ElectronApplication; page: Page } | null = null;
  let output = "";

  const current = () => {
    if (!running) throw new Error("the app is not running");
    return running;
  };

  const driver: AppDriver = {
    dataDir,
    get isRunning() {
      return running !== null;
    },
    get page() {
      return current().page;
    },
    get electron() {
      return current().app;
    },
    get output() {
      return output;
    },
    async start(extraArgs = []) {
      if (running) throw new Error("the app runs already");
      const app = await _electron.launch({
        executablePath,
        cwd: stage?.appDir ?? root,
        // Playwright otherwise turns Chromium's sandbox off on Linux, for whoever runs it.
        ...(stage === null ? {} : { chromiumSandbox: true, env: { ...plainEnv(), ...stage.env } }),
        args: [
          ...(stage?.flags ?? electronFlags()),
          `--user-data-dir=${dataDir}`,
          ...(stage?.appArgs ?? (IS_PACKAGED ? [] : [...LATE, "."])),
          ...extraArgs,
        ],
        timeout: START_TIMEOUT_MS,
      });
      askAgainWhereDropped(app);
      for (const stream of [app.process().stdout, app.process().stderr]) {
        stream?.on("data", (chunk: Buffer) => (output += chunk.toString()));
      }
      if (KEEPS_TRACE) await app.context().tracing.start({ screenshots: true, snapshots: true });
      const page = await app.firstWindow({ timeout: START_TIMEOUT_MS });
      running = { app, page };
      return page;
    },
    async close() {
      const { app } = current();
      running = null;
      await app.close();
    },
    async kill() {
      const { app } = current();
      running = null;
      const main = app.process();
      const closed = app.waitForEvent("close");
      const exited = main.exitCode === null ? once(main, "exit") : Promise.resolve();
      main.kill("SIGKILL");
      await Promise.all([exited, closed]);
    },
    async crash() {
      const { app } = current();
      running = null;
      const main = app.process();
      const closed = app.waitForEvent("close");
      const exited = main.exitCode === null ? once(main, "exit") : Promise.resolve();
      // It never answers.
      void app.evaluate(() => process.crash()).catch(() => undefined);
      await Promise.all([exited, closed]);
    },
    async restart() {
      await driver.close();
      return driver.start();
    },
    async dispose() {
      if (running) await driver.close();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
  return driver;
}

const DROPPED = /promise was garbage collected/;
const MOST_TRIES = 3;

/** While an app starts, its inspector sometimes drops a question it was about to answer: then it is asked once more. */
function askAgainWhereDropped(app: ElectronApplication): void {
  const ask = app.evaluate.bind(app) as (...question: unknown[]) => Promise<unknown>;
  const askAgain = async (...question: unknown[]): Promise<unknown> => {
    for (let turn = 1; ; turn += 1) {
      try {
        return await ask(...question);
      } catch (error) {
        if (turn === MOST_TRIES || !DROPPED.test(String(error))) throw error;
      }
    }
  };
  app.evaluate = askAgain as typeof app.evaluate;
}
