/** Starts a child script with one JSON argument, reads its JSON lines, and waits for how it ends. */
import { spawn } from "node:child_process";
import { join } from "node:path";

export interface ChildRun {
  /** Complete lines only: a line cut off by the kill never happened. */
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  readonly killed: boolean;
  readonly code: number | null;
}

/** @param killAfterMs  kill -9 from outside after that long; null lets the process end (or kill itself) */
export function runChild(script: string, options: object, killAfterMs: number | null = null): Promise<ChildRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, script), JSON.stringify(options)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
    const timer = killAfterMs === null ? null : setTimeout(() => child.kill("SIGKILL"), killAfterMs);
    child.once("error", reject);
    child.once("close", (code, signal) => {
      if (timer !== null) clearTimeout(timer);
      const lines = text
        .split("\n")
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      resolve({ lines, killed: signal === "SIGKILL", code });
    });
  });
}
