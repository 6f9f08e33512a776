/** The machine a run was made on, so that its figures can be judged. */
import { readFileSync } from "node:fs";
import { arch, cpus, loadavg, release, totalmem, type } from "node:os";
import { run } from "../../scripts/run.mjs";
import type { Machine } from "./result.ts";

export const loadNow = (): number => Math.round((loadavg()[0] ?? 0) * 100) / 100;

export async function describeMachine(electronPath: string): Promise<Omit<Machine, "loadAtStart" | "loadAtEnd">> {
  const script =
    "const Database = require('better-sqlite3'); const db = new Database(':memory:');" +
    "console.log([process.versions.electron, process.versions.node, db.prepare('SELECT sqlite_version() AS v').get().v].join(' '))";
  const { output } = await run(electronPath, ["-e", script], {
    capture: true,
    env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
  });
  const [electron = "?", node = "?", sqlite = "?"] = (output.trim().split("\n").at(-1) ?? "").split(" ");
  return {
    cpu: cpuName(),
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 1e9),
    kernel: `${type()} ${release()} ${arch()}`,
    node,
    electron,
    sqlite,
  };
}

function cpuName(): string {
  const told = cpus()[0]?.model.trim() ?? "";
  if (told !== "" && told !== "unknown") return told;
  if (process.platform !== "linux") return "unknown";
  return /^model name\s*: (.+)$/m.exec(readFileSync("/proc/cpuinfo", "utf8"))?.[1] ?? "unknown";
}
