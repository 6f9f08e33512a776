/**
 * Twenty starts at once on one data folder: one app, one open cache, every link delivered once.
 *
 * A second program, loaded into each of them by Electron's own `-r`, only prints what the app is told.
 */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { electronFlags } from "../../scripts/desktop.mjs";
import { resolveElectron } from "../../scripts/electron-runtime.mjs";
import { expect, test } from "./fixtures.ts";

const STARTS = 20;
const root = fileURLToPath(new URL("../..", import.meta.url));
const SPY = `
const { app } = require("electron");
app.on("second-instance", (_event, argv) => process.stderr.write("SECOND " + argv.at(-1) + "\\n"));
`;

test("of twenty starts at once one stays, opens the cache once, and hears every other", async ({}) => {
  // Chromium waits up to 20 seconds for a busy first instance, more than once.
  test.setTimeout(240_000);
  const folder = await mkdtemp(join(tmpdir(), "threadkeep-starts-"));
  // A packed app loads nothing with `-r`: the built one stands for it.
  const { executablePath } = await resolveElectron();
  const spy = join(folder, "spy.cjs");
  await writeFile(spy, SPY);
  const outputs = Array.from({ length: STARTS }, () => "");
  const started: ChildProcess[] = [];
  try {
    for (let index = 0; index < STARTS; index += 1) {
      const child = spawn(
        executablePath,
        [
          "-r",
          spy,
          ...electronFlags(),
          `--user-data-dir=${join(folder, "data")}`,
          ".",
          `threadkeep://open/${index + 1}`,
        ],
        { cwd: root, stdio: ["ignore", "pipe", "pipe"] },
      );
      for (const stream of [child.stdout, child.stderr]) {
        stream.on("data", (chunk: Buffer) => {
          outputs[index] += chunk.toString();
        });
      }
      started.push(child);
    }
    const running = () => started.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
    await expect.poll(() => running().length, { timeout: 120_000, intervals: [200] }).toBe(1);
    const survivor = started.indexOf(running()[0]!);
    const heard = () => outputs[survivor]!.match(/SECOND \S+/g) ?? [];
    // It hears of the others only once Electron is ready, which nineteen starts beside it can put off.
    await expect.poll(() => heard().length, { timeout: 60_000 }).toBe(STARTS - 1);
    await expect.poll(() => outputs[survivor], { timeout: 60_000 }).toContain('"stage":"ready"');

    const expected = Array.from({ length: STARTS }, (_, index) => index)
      .filter((index) => index !== survivor)
      .map((index) => `SECOND threadkeep://open/${index + 1}`);
    expect(heard().toSorted()).toEqual(expected.toSorted());
    // A cache that is opened says so; nobody else did, and nobody found it damaged or locked.
    expect(outputs.join("").match(/"stage":"ready"/g)).toHaveLength(1);
    expect(outputs.join("")).not.toMatch(/cache not opened|set aside|damaged/);
    for (const [index, { exitCode }] of started.entries()) if (index !== survivor) expect(exitCode).toBe(0);
  } finally {
    await test.info().attach("output", { body: outputs.join("\n--\n"), contentType: "text/plain" });
    for (const child of started) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const exited = once(child, "exit");
      child.kill("SIGTERM");
      await exited;
    }
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
});
