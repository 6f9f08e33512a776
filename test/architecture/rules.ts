/**
 * The architecture rules, as functions from modules to complaints.
 *
 * Each complaint is one line that begins with the file's path. The rules judge what they are given,
 * so that planted offenders can be judged by the very same code.
 */
import type { Module } from "./modules.ts";
import { judgeImport, targetOf, zoneOf } from "./zones.ts";
import type { Context } from "./zones.ts";

export const WARN_LINES = 250;
export const MAX_LINES = 350;

/** The table of zones.ts, for every import of every module. */
export function checkDirections(modules: readonly Module[]): string[] {
  const context: Context = { loadsZod: createZodFinder(modules) };
  return modules.flatMap((from) => from.imports.flatMap((imported) => judgeImport(from, imported, context) ?? []));
}

/** A file loads zod when it, or anything it imports at run time, does. */
function createZodFinder(modules: readonly Module[]): (path: string) => boolean {
  const byPath = new Map(modules.map((module) => [module.path, module]));
  const known = new Map<string, boolean>();
  const loadsZod = (path: string): boolean => {
    const before = known.get(path);
    if (before !== undefined) return before;
    known.set(path, false); // cycles end here
    const answer = (byPath.get(path)?.imports ?? []).some(
      (imported) => !imported.typeOnly && (imported.specifier === "zod" || loadsZod(imported.path ?? "")),
    );
    known.set(path, answer);
    return answer;
  };
  return loadsZod;
}

/** `electron` itself belongs to its own folder; tests may drive it from e2e only, or beside electron/app. */
export function checkElectronUse(modules: readonly Module[]): string[] {
  const mayUse = /^(electron\/(app\/|main\.ts|preload\.ts)|test\/e2e\/|test\/unit\/electron\/app\/|scripts\/)/;
  return modules.flatMap(({ path, imports }) =>
    imports.some((imported) => targetOf(imported).package === "electron") && !mayUse.test(path)
      ? [`${path} imports electron, which only electron/app, main.ts and preload.ts may`]
      : [],
  );
}

/** Relative imports name the file itself, so that the sources run under plain Node. */
export function checkExtensions(modules: readonly Module[]): string[] {
  return modules.flatMap(({ path, imports }) =>
    imports.flatMap(({ specifier, path: target }) =>
      target !== null && !/\.(ts|tsx|mjs|json|css|svg|png)(\?\w+)?$/.test(specifier)
        ? [`${path} imports ${specifier} without its extension`]
        : [],
    ),
  );
}

/** Cycles over run-time imports; each cycle is told once, from its smallest path. */
export function checkCycles(modules: readonly Module[]): string[] {
  const edges = new Map(
    modules.map(({ path, imports }) => [
      path,
      imports.flatMap(({ path: target, typeOnly }) => (target === null || typeOnly ? [] : [target])),
    ]),
  );
  const found = new Set<string>();
  const done = new Set<string>();
  const walk = (path: string, trail: readonly string[]) => {
    const start = trail.indexOf(path);
    if (start >= 0) return void found.add(describeCycle(trail.slice(start)));
    if (done.has(path)) return;
    for (const next of edges.get(path) ?? []) walk(next, [...trail, path]);
    done.add(path);
  };
  for (const { path } of modules) walk(path, []);
  return [...found].toSorted();
}

function describeCycle(cycle: readonly string[]): string {
  const smallest = cycle.toSorted()[0] ?? "";
  const at = cycle.indexOf(smallest);
  const turned = [...cycle.slice(at), ...cycle.slice(0, at)];
  return `${turned.join(" -> ")} -> ${smallest} is a cycle`;
}

export function countLines(text: string): number {
  return text.trimEnd().split("\n").length;
}

export function checkLength(modules: readonly Module[]): string[] {
  return modules.flatMap(({ path, text }) => {
    const lines = countLines(text);
    return lines > MAX_LINES ? [`${path} has ${lines} lines, more than ${MAX_LINES}`] : [];
  });
}

/** Every source module opens with a comment of at least one sentence. */
export function checkHeader(modules: readonly Module[]): string[] {
  return modules.flatMap(({ path, text }) => {
    if (zoneOf(path) === null && !path.startsWith("scripts/")) return [];
    const header = /^(#!.*\n)?\s*(\/\*\*[\s\S]*?\*\/|(\/\/.*\n)+)/.exec(text)?.[2] ?? "";
    const words = header.match(/[A-Za-z]{2,}/g) ?? [];
    return words.length >= 4 ? [] : [`${path} does not open with a comment that says what it is`];
  });
}

/** Words that mark a check as switched off or a job as half done. */
export function checkLeftovers(modules: readonly Module[]): string[] {
  const bad = /\b(TODO|FIXME|XXX|HACK)\b|@ts-(ignore|nocheck|expect-error)|(oxlint|eslint)-disable|\bas any\b/;
  const off = /\b(it|test|describe)\.(skip|only|fixme|todo)\b|waitForTimeout/;
  const silent = /catch *(\([^)]*\))? *\{\s*\}/;
  return modules.flatMap(({ path, text }) => {
    if (path.startsWith("test/architecture/")) return []; // this very file
    const hit = bad.exec(text) ?? off.exec(text) ?? silent.exec(text);
    return hit ? [`${path} contains ${hit[0].replace(/\s+/g, " ")}`] : [];
  });
}
