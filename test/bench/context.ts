/**
 * What every benchmark is given: sizes, data, ways to run jobs and apps, and a folder that is removed at the end.
 *
 * Invariant: whatever is started through here ends with `dispose`, also when a benchmark throws.
 */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { constants, copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "../../scripts/run.mjs";
import type { DataSet } from "./dataset.ts";
import { findResult } from "./work/job.ts";

export const benchDir = fileURLToPath(new URL(".", import.meta.url));

export interface Sizes {
  /** Conversations of the data set; ten messages each. */
  readonly conversations: number;
  readonly coldStarts: number;
  readonly syncConversations: number;
  readonly syncTurns: number;
  readonly ingestMessages: number;
  readonly ingestTurns: number;
  readonly opens: number;
  readonly searches: number;
  readonly redactTexts: number;
  readonly redactTurns: number;
  readonly idleMs: number;
  readonly scrollSteps: number;
  readonly memoryTurns: number;
  /** Messages the rivals hold: what they can bear in the time. */
  readonly rivalMessages: number;
}

export const SIZES: Readonly<Record<"full" | "quick" | "tiny", Sizes>> = {
  full: {
    conversations: 100_000,
    coldStarts: 15,
    syncConversations: 20_000,
    syncTurns: 5,
    ingestMessages: 40_000,
    ingestTurns: 7,
    opens: 120,
    searches: 120,
    redactTexts: 10_000,
    redactTurns: 3,
    idleMs: 120_000,
    scrollSteps: 400,
    memoryTurns: 3,
    rivalMessages: 100_000,
  },
  quick: {
    conversations: 10_000,
    coldStarts: 5,
    syncConversations: 4_000,
    syncTurns: 3,
    ingestMessages: 10_000,
    ingestTurns: 3,
    opens: 40,
    searches: 40,
    redactTexts: 1_000,
    redactTurns: 3,
    idleMs: 15_000,
    scrollSteps: 120,
    memoryTurns: 1,
    rivalMessages: 10_000,
  },
  tiny: {
    conversations: 100,
    coldStarts: 1,
    syncConversations: 400,
    syncTurns: 1,
    ingestMessages: 400,
    ingestTurns: 1,
    opens: 2,
    searches: 2,
    redactTexts: 20,
    redactTurns: 1,
    idleMs: 500,
    scrollSteps: 5,
    memoryTurns: 1,
    rivalMessages: 200,
  },
};

export interface Context {
  readonly sizes: Sizes;
  readonly mode: keyof typeof SIZES;
  readonly data: DataSet;
  readonly electronPath: string;
  /** Null: not installed (a tiny run). */
  readonly rivalsDir: string | null;
  readonly folder: string;
  say(text: string): void;
  /** A folder of its own below `folder`. */
  makeFolder(name: string): string;
  /** A private copy of the data set's file. */
  copyData(name: string): string;
  /** Runs a script of work/ or rivals/ on Electron's Node. @throws Failure with its output when it fails */
  job<T>(script: string, input: object, options?: { timeoutMs?: number }): Promise<T>;
  /** A job that goes on until `stop`; resolves when it told its first result. */
  server<T>(script: string, input: object): Promise<T & { stop(): Promise<void> }>;
}

const JOB_TIMEOUT_MS = 10 * 60_000;

export function createContext(
  base: Pick<Context, "mode" | "data" | "electronPath" | "rivalsDir" | "say">,
): Context & { dispose(): Promise<void> } {
  const folder = mkdtempSync(join(tmpdir(), "threadkeep-bench-"));
  const running = new Set<ChildProcess>();
  let folders = 0;

  function start(script: string, input: object): ChildProcess {
    const child = spawn(base.electronPath, [join(benchDir, script), JSON.stringify(input)], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: "1", NODE_NO_WARNINGS: "1" },
      stdio: ["pipe", "pipe", "pipe"],
    });
    running.add(child);
    child.once("close", () => running.delete(child));
    return child;
  }

  const context: Context & { dispose(): Promise<void> } = {
    ...base,
    sizes: SIZES[base.mode],
    folder,
    makeFolder(name) {
      const path = join(folder, `${name}-${(folders += 1)}`);
      mkdirSync(path);
      return path;
    },
    copyData(name) {
      const path = join(context.makeFolder(name), "inbox.db");
      copyFileSync(base.data.path, path, constants.COPYFILE_FICLONE);
      return path;
    },
    job<T>(script: string, input: object, options: { timeoutMs?: number } = {}) {
      return new Promise<T>((resolve, reject) => {
        const child = start(script, input);
        let output = "";
        const collect = (chunk: Buffer) => (output += chunk.toString());
        child.stdout?.on("data", collect);
        child.stderr?.on("data", collect);
        const timer = setTimeout(() => child.kill("SIGKILL"), options.timeoutMs ?? JOB_TIMEOUT_MS);
        child.once("error", reject);
        child.once("close", (code) => {
          clearTimeout(timer);
          const result = findResult<T>(output);
          if (code === 0 && result !== null) resolve(result);
          else reject(new Failure(`${script} ended with ${code}:\n${output.slice(-2_000)}`));
        });
      });
    },
    async server<T>(script: string, input: object) {
      const child = start(script, input);
      const told = await new Promise<T>((resolve, reject) => {
        let output = "";
        child.stdout?.on("data", (chunk: Buffer) => {
          output += chunk.toString();
          const result = output.includes("\n") ? findResult<T>(output) : null;
          if (result !== null) resolve(result);
        });
        child.stderr?.on("data", (chunk: Buffer) => (output += chunk.toString()));
        child.once("close", (code) => reject(new Failure(`${script} ended with ${code}:\n${output.slice(-2_000)}`)));
      });
      return {
        ...told,
        stop: () =>
          new Promise<void>((resolve) => {
            if (child.exitCode !== null || child.signalCode !== null) return resolve();
            child.once("close", () => resolve());
            child.kill("SIGTERM");
          }),
      };
    },
    async dispose() {
      for (const child of running) child.kill("SIGKILL");
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
  return context;
}
