/**
 * The way to the first rows stays short: what stands before the window and before the database's first answer is counted.
 *
 * Why these and not times: a time depends on the machine, and the benchmark has it (decision 22).
 */
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readSources } from "./modules.ts";
import { loadOf } from "./start.ts";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");
const sources = readSources(root, ["shared", "electron", "renderer"]);
const SCHEMAS = "zod";
/** Node's server and, behind any of them, a whole fetch client: 40 ms of every start. */
const NETWORK = ["node:http", "node:https", "node:http2"];

describe("what main loads before the window", () => {
  const { files, packages } = loadOf("electron/main.ts", sources);

  it("is found", () => {
    expect(files.has("electron/app/window.ts")).toBe(true);
    expect(packages.has("electron")).toBe(true);
  });

  it("is Electron and Node, no package and no words", () => {
    const others = [...packages].filter(([name]) => name !== "electron" && !name.startsWith("node:"));
    expect(others).toEqual([]);
    expect([...files].filter((path) => path.includes("/locales/"))).toEqual([]);
  });

  it("is little: 60 KB of our sources, where all of main has twenty times that", () => {
    const bytes = [...files].reduce((sum, path) => sum + (sources.get(path)?.length ?? 0), 0);
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(60_000);
  });
});

describe("what is loaded before the first rows", () => {
  it.each(["electron/main.ts", "electron/app/compose.ts", "electron/db/worker.ts"])(
    "%s brings no HTTP server",
    (entry) => {
      const { packages } = loadOf(entry, sources);
      expect(NETWORK.map((name) => packages.get(name)).filter((chain) => chain !== undefined)).toEqual([]);
    },
  );

  it("the database's thread has no schema library: main judges what comes in", () => {
    const { files, packages } = loadOf("electron/db/worker.ts", sources);
    expect(files.size).toBeGreaterThan(20);
    expect(packages.get(SCHEMAS)).toBeUndefined();
  });
});

describe("loadOf", () => {
  const planted = (extra: string) =>
    loadOf(
      "electron/a.ts",
      new Map([
        ["electron/a.ts", `import { b } from "./b.ts";\n${extra}`],
        ["electron/b.ts", 'import type { Z } from "zod";\nexport const b = 1;\nexport const name = "zod";\n'],
      ]),
    ).packages.get(SCHEMAS);

  it.each([
    ["a type", 'import type { Z } from "zod";'],
    ["a late one", 'const later = () => import("zod");'],
    ["a text", 'export const where = "zod";'],
  ])("leaves out %s", (_name, extra) => {
    expect(planted(extra)).toBeUndefined();
  });

  it.each([
    ["a value", 'import { z } from "zod";'],
    ["over several lines", 'import {\n  z,\n} from "zod";'],
    ["one for its effect", 'import "zod";'],
    ["one passed on", 'export { z } from "zod";'],
    ["all passed on", 'export * from "zod";'],
  ])("finds %s", (_name, extra) => {
    expect(planted(extra)).toBe("electron/a.ts");
  });
});
