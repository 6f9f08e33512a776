/** The architecture rules on the real tree, and proof that each of them catches a planted offender. */
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parseModules, readSources } from "./modules.ts";
import {
  MAX_LINES,
  WARN_LINES,
  checkCycles,
  checkDirections,
  checkElectronUse,
  checkExtensions,
  checkHeader,
  checkLeftovers,
  checkLength,
  countLines,
} from "./rules.ts";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

const HEADER = "/** A planted file that breaks one rule. */\n";
const plant = (files: Record<string, string>) =>
  parseModules(new Map(Object.entries(files).map(([path, text]) => [path, HEADER + text])));

describe("the source tree", () => {
  const modules = parseModules(readSources(root, ["shared", "electron", "renderer", "scripts", "test"]));

  it("is read at all", () => {
    expect(modules.length).toBeGreaterThan(50);
    expect(modules.flatMap((module) => module.imports).length).toBeGreaterThan(100);
  });

  it.each([
    ["keeps to the import directions", checkDirections],
    ["imports electron only where it may", checkElectronUse],
    ["names files with their extension", checkExtensions],
    ["has no import cycles", checkCycles],
    ["has no file that is too long", checkLength],
    ["opens every module with a comment", checkHeader],
    ["has nothing half done or switched off", checkLeftovers],
  ])("%s", (_name, check) => {
    expect(check(modules)).toEqual([]);
  });

  it("tells which files grow long", () => {
    const long = modules.filter(({ text }) => countLines(text) > WARN_LINES);
    for (const { path, text } of long) console.warn(`${path}: ${countLines(text)} lines, aim for ${WARN_LINES}`);
    expect(WARN_LINES).toBeLessThan(MAX_LINES);
  });
});

describe("planted offenders", () => {
  const domain = {
    "shared/domain.ts": 'import { z } from "zod";\nexport const Id = z.int();\nexport type Id = number;',
  };
  const errors = { "shared/errors.ts": "export const code = 1;" };

  it.each([
    ["shared with a Node built-in", "shared/a.ts", 'import "node:fs";'],
    ["shared with the renderer", "shared/a.ts", 'import type { A } from "../renderer/a.ts";'],
    ["shared with an unknown package", "shared/a.ts", 'import "lodash";'],
    ["renderer with electron", "renderer/a.ts", 'import type { App } from "electron";'],
    ["renderer with main's code", "renderer/a.ts", 'import type { A } from "../electron/db/a.ts";'],
    ["renderer with a Node built-in", "renderer/a.ts", 'import "node:path";'],
    ["renderer with zod", "renderer/a.ts", 'import { z } from "zod";'],
    ["renderer with a zod file at run time", "renderer/a.ts", 'import { Id } from "../shared/domain.ts";'],
    ["renderer with an inline type import", "renderer/a.ts", 'import { type Id } from "../shared/domain.ts";'],
    ["renderer with zod behind another file", "renderer/a.ts", 'import { b } from "../shared/behind.ts";'],
    ["renderer with a dynamic import", "renderer/a.ts", 'void import("../shared/domain.ts");'],
    ["renderer re-exporting a zod file", "renderer/a.ts", 'export * from "../shared/domain.ts";'],
    ["preload with a zod file at run time", "electron/preload.ts", 'import { Id } from "../shared/domain.ts";'],
    ["preload with code at run time", "electron/preload.ts", 'import { code } from "../shared/errors.ts";'],
    ["app with the renderer", "electron/app/a.ts", 'import "../../renderer/a.ts";'],
    ["main with the renderer", "electron/main.ts", 'import "../renderer/a.ts";'],
    ["ipc with a provider", "electron/ipc/a.ts", 'import type { P } from "../providers/http.ts";'],
    ["ipc with code of the database", "electron/ipc/a.ts", 'import { open } from "../db/open.ts";'],
    ["ipc with electron", "electron/ipc/a.ts", 'import { app } from "electron";'],
    ["db with sync", "electron/db/a.ts", 'import { step } from "../sync/machine.ts";'],
    ["db with electron", "electron/db/a.ts", 'import type { App } from "electron";'],
    ["sync with a Node built-in", "electron/sync/a.ts", 'import { setTimeout } from "node:timers/promises";'],
    ["sync with the database outside its adapter", "electron/sync/a.ts", 'import { open } from "../db/open.ts";'],
    ["sync with a provider", "electron/sync/a.ts", 'import { fetchJson } from "../providers/http.ts";'],
    ["outbox with the sync machine", "electron/outbox/a.ts", 'import { step } from "../sync/machine.ts";'],
    ["outbox with electron", "electron/outbox/a.ts", 'const { app } = require("electron");'],
    ["a provider with another", "electron/providers/quo/a.ts", 'import { map } from "../twilio/map.ts";'],
    ["a provider with the database", "electron/providers/quo/a.ts", 'import type { Db } from "../../db/open.ts";'],
    ["a provider with code of the ports", "electron/providers/quo/a.ts", 'import { x } from "../../sync/ports.ts";'],
    ["the sandbox with a provider", "electron/sandbox/a.ts", 'import { map } from "../providers/twilio/map.ts";'],
    ["the logger with electron", "electron/log.ts", 'type A = import("electron").App;'],
  ])("%s", (_name, path, text) => {
    const behind = { "shared/behind.ts": 'export { Id as b } from "./domain.ts";' };
    expect(checkDirections(plant({ ...domain, ...errors, ...behind, [path]: text }))).toHaveLength(1);
  });

  it.each([
    ["renderer with types of a zod file", "renderer/a.ts", 'import type { Id } from "../shared/domain.ts";'],
    ["renderer with a zod-free file", "renderer/a.ts", 'import { code } from "../shared/errors.ts";'],
    ["preload with types", "electron/preload.ts", 'import type { Id } from "../shared/domain.ts";'],
    [
      "a provider with types of the ports",
      "electron/providers/quo/a.ts",
      'import type { P } from "../../sync/ports.ts";',
    ],
    ["the store adapter with the database", "electron/sync/inbox-store.ts", 'import { open } from "../db/open.ts";'],
    ["db with its driver", "electron/db/a.ts", 'import Database from "better-sqlite3";'],
  ])("but not: %s", (_name, path, text) => {
    expect(checkDirections(plant({ ...domain, ...errors, [path]: text }))).toEqual([]);
  });

  it("electron outside its folder", () => {
    expect(checkElectronUse(plant({ "electron/sync/a.ts": 'import { app } from "electron";' }))).toHaveLength(1);
    expect(checkElectronUse(plant({ "test/unit/shared/a.ts": 'import { app } from "electron";' }))).toHaveLength(1);
    expect(checkElectronUse(plant({ "electron/app/a.ts": 'import { app } from "electron";' }))).toEqual([]);
  });

  it("an import without extension", () => {
    expect(checkExtensions(plant({ "shared/a.ts": 'import "./b";' }))).toHaveLength(1);
  });

  it("a cycle, once, but not a cycle of types", () => {
    const cycle = {
      "shared/a.ts": 'import "./b.ts";',
      "shared/b.ts": 'import "./c.ts";',
      "shared/c.ts": 'import "./a.ts";',
    };
    expect(checkCycles(plant(cycle))).toEqual(["shared/a.ts -> shared/b.ts -> shared/c.ts -> shared/a.ts is a cycle"]);
    const types = { "shared/a.ts": 'import type { B } from "./b.ts";', "shared/b.ts": 'import "./a.ts";' };
    expect(checkCycles(plant(types))).toEqual([]);
  });

  it("a file that is too long", () => {
    expect(checkLength(plant({ "shared/a.ts": "export {};\n".repeat(MAX_LINES) }))).toHaveLength(1);
    expect(checkLength(plant({ "shared/a.ts": "export {};\n".repeat(MAX_LINES - 1) }))).toEqual([]);
  });

  it("a module without its opening comment", () => {
    const bare = (text: string) => parseModules(new Map([["electron/db/a.ts", text]]));
    expect(checkHeader(bare("export {};"))).toHaveLength(1);
    expect(checkHeader(bare("/** Rows. */\nexport {};"))).toHaveLength(1);
    expect(checkHeader(bare("/** Rows of the messages table as they are read. */\nexport {};"))).toEqual([]);
  });

  it.each(["// TODO later", "// @ts-ignore", "it.skip('x', () => {});", "try { a(); } catch {}", "x as any;"])(
    "a leftover: %s",
    (text) => {
      expect(checkLeftovers(plant({ "shared/a.ts": text }))).toHaveLength(1);
    },
  );
});
