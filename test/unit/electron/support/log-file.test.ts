/** The log file: written once it may be, never past its cap, and never in the way. */
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLogFile } from "../../../../electron/support/log-file.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "log-file-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const current = () => readFileSync(join(folder, "logs", "threadkeep.log"), "utf8");

describe("createLogFile", () => {
  it("writes nothing until it is told where, then everything in order", async () => {
    const file = createLogFile();
    file.write("one");
    file.write("two");
    await file.flush();
    expect(readdirSync(folder)).toEqual([]);
    file.open(join(folder, "logs"));
    file.write("three");
    await file.flush();
    expect(current()).toBe("one\ntwo\nthree\n");
    expect(statSync(join(folder, "logs", "threadkeep.log")).mode & 0o077).toBe(0);
  });

  it("goes on in the file of the last start, and stays there", async () => {
    for (const line of ["first start", "second start"]) {
      const file = createLogFile();
      file.open(join(folder, "logs"));
      file.open(join(folder, "elsewhere"));
      file.write(line);
      await file.flush();
    }
    expect(current()).toBe("first start\nsecond start\n");
    expect(existsSync(join(folder, "elsewhere"))).toBe(false);
  });

  it("keeps two files and never more than the cap in each, however much is written", async () => {
    const maxBytes = 1_000;
    const file = createLogFile({ maxBytes });
    file.open(join(folder, "logs"));
    for (let line = 0; line < 500; line += 1) {
      file.write(`line ${line} ${"x".repeat(line % 40)}`);
      if (line % 7 === 0) await file.flush();
    }
    file.write("y".repeat(5_000));
    file.write("last");
    await file.flush();
    const names = readdirSync(join(folder, "logs")).toSorted();
    expect(names).toEqual(["threadkeep.log", "threadkeep.old.log"]);
    for (const name of names) expect(statSync(join(folder, "logs", name)).size).toBeLessThanOrEqual(maxBytes);
    expect(current()).toMatch(/last\n$/);
  });

  it("remembers the last lines, and no more than it must", () => {
    const file = createLogFile();
    for (let line = 0; line < 5_000; line += 1) file.write(`line ${line}`);
    expect(file.tail(2)).toEqual(["line 4998", "line 4999"]);
    expect(file.tail(100_000).length).toBeLessThanOrEqual(2_000);
    expect(file.tail(1_000)).toHaveLength(1_000);
  });

  it("survives a place that cannot be written to, and what it holds is still there for a report", async () => {
    writeFileSync(join(folder, "logs"), "a file where the folder should be");
    const file = createLogFile();
    file.open(join(folder, "logs"));
    file.write("lost on disk");
    await file.flush();
    expect(file.tail(1)).toEqual(["lost on disk"]);
    rmSync(join(folder, "logs"));
    file.write("found");
    await file.flush();
    expect(current()).toBe("found\n");
  });
});
