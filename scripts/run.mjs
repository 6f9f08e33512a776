/**
 * Starting other programs and telling the person what takes time.
 *
 * `run` never throws for a failing program: the exit code is the answer. `Failure` is an error whose
 * message is meant for people and printed without a stack.
 */
import { spawn } from "node:child_process";
import { root, toolEnv } from "./paths.mjs";

/** @type {readonly NodeJS.Signals[]} */
const INTERRUPTS = ["SIGINT", "SIGTERM"];

/** An error with one line for the person at the keyboard. */
export class Failure extends Error {}

/**
 * Runs a program to its end.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, capture?: boolean, timeoutMs?: number, shell?: boolean }} [options]
 *   `capture` collects the output instead of showing it; `timeoutMs` ends the program and answers code 124
 * @returns {Promise<{ code: number, output: string }>} code 127 when the program does not exist
 */
export function run(command, args, options = {}) {
  const { capture = false, timeoutMs } = options;
  const ownGroup = timeoutMs !== undefined && process.platform !== "win32";
  return new Promise((resolve) => {
    let output = "";
    let timedOut = false;
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: options.env ?? toolEnv(),
      stdio: ["ignore", capture ? "pipe" : "inherit", capture ? "pipe" : "inherit"],
      shell: options.shell ?? false,
      // A group of its own, so that a timeout ends the grandchildren too.
      detached: ownGroup,
      windowsHide: true,
    });
    /** @param {NodeJS.Signals} signal */
    const end = (signal) => {
      if (!ownGroup || child.pid === undefined) return void child.kill(signal);
      try {
        process.kill(-child.pid, signal);
      } catch (error) {
        // ESRCH: it ended by itself in the meantime.
        if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
      }
    };
    const onInterrupt = () => end("SIGTERM");
    if (ownGroup) for (const signal of INTERRUPTS) process.on(signal, onInterrupt);
    /** @param {Buffer} chunk */
    const collect = (chunk) => {
      output += chunk.toString();
    };
    child.stdout?.on("data", collect);
    child.stderr?.on("data", collect);
    const timer = timeoutMs
      ? setTimeout(() => {
          timedOut = true;
          end("SIGKILL");
        }, timeoutMs)
      : undefined;
    const settle = () => {
      clearTimeout(timer);
      for (const signal of INTERRUPTS) process.off(signal, onInterrupt);
    };
    child.on("error", (error) => {
      settle();
      resolve({ code: 127, output: output + error.message });
    });
    child.on("close", (code) => {
      settle();
      resolve({ code: timedOut ? 124 : (code ?? 1), output });
    });
  });
}

/**
 * Does some work, and says so when it takes longer than a second.
 *
 * @template T
 * @param {string} what for example "Building the app"
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function progress(what, work) {
  const startedAt = Date.now();
  const timer = setTimeout(() => console.log(`${what} ...`), 1000);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    const seconds = (Date.now() - startedAt) / 1000;
    if (seconds >= 1) console.log(`${what}: ${seconds.toFixed(1)} s`);
  }
}

/**
 * Runs a command-line entry: one clear line and exit code 1 for whatever goes wrong.
 *
 * @param {() => Promise<number | void>} main
 */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    console.error(error instanceof Failure ? error.message : error);
    process.exitCode = 1;
  }
}
