/**
 * Starts a child script with one JSON argument, reads its JSON lines, and waits for how it ends.
 *
 * A child that ends by itself with anything but success is an error that holds what it had to say, never a stray line
 * among the output of the tests.
 */
import { spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { join } from "node:path";

export interface ChildRun {
  /** Complete lines only: a line cut off by the kill never happened. */
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  readonly killed: boolean;
}

/** What a process writes to its stderr, so far. */
export function collect(stream: Readable): () => string {
  let text = "";
  stream.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  return () => text;
}

/** @param killAfterMs  kill -9 from outside after that long; null lets the process end (or kill itself) */
export function runChild(script: string, options: object, killAfterMs: number | null = null): Promise<ChildRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, script), JSON.stringify(options)], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const text = collect(child.stdout);
    const complaint = collect(child.stderr);
    const timer = killAfterMs === null ? null : setTimeout(() => child.kill("SIGKILL"), killAfterMs);
    child.once("error", reject);
    child.once("close", (code, signal) => {
      if (timer !== null) clearTimeout(timer);
      const killed = signal === "SIGKILL";
      if (!killed && code !== 0)
        return reject(new Error(`${script} ended with ${signal ?? code}: ${complaint().trim()}`));
      const lines = text()
        .split("\n")
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      return resolve({ lines, killed });
    });
  });
}
