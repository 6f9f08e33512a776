/**
 * Reads source files into modules and their imports, for the architecture rules.
 *
 * Uses the parser of the bundler, so every form counts: static, re-export, dynamic `import()`,
 * `require()`, and `import("x").T` in types. Invariant: an import is type-only when the whole
 * statement is erased; `import { type A }` is not, it still loads the module.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { parseSync } from "vite";

export interface Import {
  /** As written. */
  readonly specifier: string;
  /** Path from the repository root for relative imports, null for packages. */
  readonly path: string | null;
  readonly typeOnly: boolean;
}

export interface Module {
  /** Path from the repository root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

type Node = Readonly<Record<string, unknown>>;

const SOURCE = /\.(ts|tsx|mjs)$/;

/** Source files under `folders`, as path -> text. */
export function readSources(root: string, folders: readonly string[]): Map<string, string> {
  const sources = new Map<string, string>();
  for (const folder of folders) {
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !SOURCE.test(entry.name)) continue;
      const path = join(entry.parentPath, entry.name);
      sources.set(posix.normalize(path.slice(root.length + 1).replaceAll("\\", "/")), readFileSync(path, "utf8"));
    }
  }
  return sources;
}

/** @throws Error when a file cannot be parsed */
export function parseModules(sources: ReadonlyMap<string, string>): Module[] {
  return [...sources].map(([path, text]) => ({ path, text, imports: importsOf(path, text) }));
}

function importsOf(path: string, text: string): Import[] {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const found: Import[] = [];
  const add = (source: unknown, typeOnly: boolean) => {
    const specifier = isNode(source) ? source["value"] : undefined;
    if (typeof specifier !== "string") return;
    const relative = specifier.startsWith(".");
    found.push({
      specifier,
      path: relative ? posix.normalize(posix.join(posix.dirname(path), specifier)) : null,
      typeOnly,
    });
  };
  visit(program, (node) => {
    switch (node["type"]) {
      case "ImportDeclaration":
        return add(node["source"], node["importKind"] === "type");
      case "ExportNamedDeclaration":
      case "ExportAllDeclaration":
        return add(node["source"], node["exportKind"] === "type");
      case "ImportExpression":
        return add(node["source"], false);
      case "TSImportType":
        return add(node["source"] ?? node["argument"], true);
      case "CallExpression": {
        const callee = node["callee"];
        const args = node["arguments"];
        if (isNode(callee) && callee["name"] === "require" && Array.isArray(args)) add(args[0], false);
        return;
      }
      default:
    }
  });
  return found;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null;
}

function visit(value: unknown, enter: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, enter);
  } else if (isNode(value)) {
    if (typeof value["type"] === "string") enter(value);
    for (const child of Object.values(value)) if (typeof child === "object") visit(child, enter);
  }
}
