/**
 * The table of import directions: which part of the tree may import what.
 *
 * One entry per zone. A rule answers null for an allowed import and the reason for a refused one;
 * what no rule allows is refused.
 */
import type { Import, Module } from "./modules.ts";

export type Zone =
  "shared" | "renderer" | "preload" | "app" | "ipc" | "db" | "sync" | "outbox" | "provider" | "sandbox" | "support";

/** UI libraries the window may use at run time. zod is not among them: main validates, the window trusts. */
const RENDERER_PACKAGES = new Set([
  "react",
  "react-dom",
  "react-aria-components",
  "zustand",
  "virtua",
  "emojibase-data",
  "lucide-react",
  "libphonenumber-js",
  "linkify-it",
  "@internationalized/date",
]);

/** The files of sync/ and outbox/ that put the engine's store on top of the database. */
const STORE_ADAPTER = /^electron\/(sync|outbox)\/[a-z-]*store\.ts$/;

/** What sync has that the outbox uses too: the ports both stand on, and the pure delay. */
const OUTBOX_SHARES = new Set(["electron/sync/ports.ts", "electron/sync/backoff.ts"]);

export function zoneOf(path: string): Zone | null {
  const [top, second] = path.split("/");
  if (top === "shared" || top === "renderer") return top;
  if (top !== "electron") return null;
  if (path === "electron/preload.ts") return "preload";
  if (path === "electron/main.ts") return "app";
  switch (second) {
    case "app":
    case "ipc":
    case "db":
    case "sync":
    case "outbox":
    case "sandbox":
      return second;
    case "providers":
      return "provider";
    default:
      return "support"; // files directly in electron/, such as the logger
  }
}

export interface Target {
  readonly zone: Zone | null;
  readonly path: string | null;
  /** Package name, or `node:` for built-ins; null for relative imports. */
  readonly package: string | null;
}

export function targetOf(imported: Import): Target {
  if (imported.path !== null) return { zone: zoneOf(imported.path), path: imported.path, package: null };
  const { specifier } = imported;
  if (specifier.startsWith("node:")) return { zone: null, path: null, package: "node:" };
  const parts = specifier.split("/");
  const name = specifier.startsWith("@") ? parts.slice(0, 2).join("/") : parts[0];
  return { zone: null, path: null, package: name ?? specifier };
}

export interface Context {
  /** True when loading this file loads zod. */
  loadsZod(path: string): boolean;
}

type Rule = (from: Module, imported: Import, target: Target, context: Context) => boolean;

const isZone =
  (...zones: Zone[]): Rule =>
  (_from, _imported, target) =>
    target.zone !== null && zones.includes(target.zone);
const isPackage =
  (...names: string[]): Rule =>
  (_from, _imported, target) =>
    target.package !== null && names.includes(target.package);
const typesOf =
  (...zones: Zone[]): Rule =>
  (from, imported, target, context) =>
    imported.typeOnly && isZone(...zones)(from, imported, target, context);

const sharedForWindow: Rule = (_from, imported, target, context) =>
  target.zone === "shared" && (imported.typeOnly || !context.loadsZod(target.path ?? ""));

const providerFolder = (path: string) => /^electron\/providers\/([^/]+)\//.exec(path)?.[1] ?? null;

/** Its own folder and the common files; the common registry alone knows every provider. */
const ownProvider: Rule = (from, _imported, target) => {
  if (target.zone !== "provider" || target.path === null) return false;
  const theirs = providerFolder(target.path);
  return theirs === null || theirs === providerFolder(from.path) || from.path === "electron/providers/registry.ts";
};

/** Any of these makes an import legal. */
const ALLOWED: Readonly<Record<Zone, readonly Rule[]>> = {
  shared: [isZone("shared"), isPackage("zod", "i18next")],
  renderer: [
    isZone("renderer"),
    sharedForWindow,
    (_from, _imported, target) => target.package !== null && RENDERER_PACKAGES.has(target.package),
  ],
  preload: [isPackage("electron"), typesOf("shared")],
  app: [
    isZone("shared", "app", "ipc", "db", "sync", "outbox", "provider", "sandbox", "support"),
    isPackage("electron", "electron-store", "electron-updater", "file-type", "node:", "zod"),
  ],
  ipc: [isZone("shared", "ipc", "support"), typesOf("db", "sync", "outbox")],
  db: [
    isZone("shared", "db"),
    isPackage("better-sqlite3", "node:", "zod"),
    // Files of contacts are read where no window waits for them, and their numbers compared.
    isPackage("ical.js", "libphonenumber-js", "papaparse"),
  ],
  sync: [
    isZone("shared", "sync"),
    (from, _imported, target) => target.zone === "db" && STORE_ADAPTER.test(from.path),
    typesOf("support"),
  ],
  outbox: [
    isZone("shared", "outbox"),
    (_from, _imported, target) => OUTBOX_SHARES.has(target.path ?? ""),
    (from, _imported, target) => target.zone === "db" && STORE_ADAPTER.test(from.path),
    typesOf("support"),
  ],
  provider: [
    isZone("shared"),
    ownProvider,
    (_from, imported, target) => imported.typeOnly && target.path === "electron/sync/ports.ts",
    isPackage("zod", "node:"),
  ],
  sandbox: [isZone("shared", "sandbox"), isPackage("node:", "zod")],
  support: [isZone("shared", "support"), isPackage("node:")],
};

/** Null when the import is allowed, else one line that says what is wrong. */
export function judgeImport(from: Module, imported: Import, context: Context): string | null {
  const zone = zoneOf(from.path);
  if (zone === null) return null;
  const target = targetOf(imported);
  if (ALLOWED[zone].some((rule) => rule(from, imported, target, context))) return null;
  const kind = imported.typeOnly ? "types of " : "";
  return `${from.path} (${zone}) may not import ${kind}${imported.path ?? imported.specifier}`;
}
