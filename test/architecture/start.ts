/**
 * What a program loads before its first line runs: everything its entry imports statically, and what that imports.
 *
 * `import()` does not count: loading late is its very purpose.
 */
import { posix } from "node:path";

export interface Load {
  /** Files of ours, from the repository root. */
  readonly files: ReadonlySet<string>;
  /** Packages and built-ins, each with the chain of files that leads to it. */
  readonly packages: ReadonlyMap<string, string>;
}

const STATIC = /^(?:import|export)(?!\s+type\b)\s[^;]*?(?:from\s+)?"([^"]+)";/gm;

export function loadOf(entry: string, sources: ReadonlyMap<string, string>): Load {
  const files = new Set<string>();
  const packages = new Map<string, string>();
  const walk = (path: string, trail: readonly string[]) => {
    if (files.has(path)) return;
    files.add(path);
    const here = [...trail, path];
    for (const [statement, specifier = ""] of (sources.get(path) ?? "").matchAll(STATIC)) {
      // An export of values has no module behind it.
      if (statement.startsWith("export") && !statement.includes(" from ")) continue;
      if (specifier.startsWith(".")) walk(posix.join(posix.dirname(path), specifier), here);
      else if (!packages.has(specifier)) packages.set(specifier, here.join(" > "));
    }
  };
  walk(entry, []);
  return { files, packages };
}
