/** The lockfile: everything from the registry, everything with a hash, nothing that runs at install unless named. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { nodeBinary, toolScript } from "../../../scripts/paths.mjs";
import { run } from "../../../scripts/run.mjs";

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly inBundle?: boolean;
  readonly hasInstallScript?: boolean;
}

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`../../../${name}`, import.meta.url), "utf8"));
const { packages } = read("package-lock.json") as { packages: Record<string, Locked> };
const manifest = read("package.json") as {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  allowScripts: Record<string, boolean>;
};

const RULES = ["--type", "npm", "--allowed-hosts", "npm", "--validate-https", "--validate-integrity"];
const REGISTRY = "https://registry.npmjs.org/";

/** One line for each entry that is not a plain package of the registry. `resolved` may be absent: npm then asks the registry. */
export function faultsIn(locked: Readonly<Record<string, Locked>>): string[] {
  return Object.entries(locked).flatMap(([path, { resolved, integrity, link, inBundle }]) => {
    if (path === "" || inBundle) return [];
    if (link) return [`${path} is a link`];
    if (resolved !== undefined && !resolved.startsWith(REGISTRY)) return [`${path} comes from ${resolved}`];
    return /^sha512-[A-Za-z0-9+/]{86}==/.test(integrity ?? "") ? [] : [`${path} has no sha512`];
  });
}

describe("the lockfile", () => {
  it("passes lockfile-lint, which refuses a planted host", async () => {
    const lint = (path: string) =>
      run(nodeBinary, [toolScript("lockfile-lint"), "--path", path, ...RULES], { capture: true });
    expect(await lint("package-lock.json")).toMatchObject({ code: 0 });
    const folder = mkdtempSync(join(tmpdir(), "threadkeep-lock-"));
    try {
      const integrity = `sha512-${"a".repeat(86)}==`;
      const evil = { version: "1.0.0", resolved: "https://evil.example.test/zod.tgz", integrity };
      const path = join(folder, "package-lock.json");
      writeFileSync(path, JSON.stringify({ lockfileVersion: 3, packages: { "": {}, "node_modules/zod": evil } }));
      expect(await lint(path)).toMatchObject({ code: 1 });
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 60_000);

  it("takes everything from the registry, with its hash", () => {
    expect(Object.keys(packages).length).toBeGreaterThan(100);
    expect(faultsIn(packages)).toEqual([]);
  });

  it("would refuse another host, a repository, a link and a missing hash", () => {
    const integrity = `sha512-${"a".repeat(86)}==`;
    const bad = {
      "node_modules/host": { resolved: "https://registry.npmjs.org.evil.test/x.tgz", integrity },
      "node_modules/git": { resolved: "git+ssh://git@example.test/x.git#1", integrity },
      "node_modules/plain": { resolved: "http://registry.npmjs.org/x.tgz", integrity },
      "node_modules/link": { link: true },
      "node_modules/none": { version: "1.0.0" },
      "node_modules/weak": { integrity: "sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=" },
    };
    expect(faultsIn(bad)).toHaveLength(6);
    expect(faultsIn({ "node_modules/good": { resolved: `${REGISTRY}x/-/x-1.0.0.tgz`, integrity } })).toEqual([]);
  });

  it("pins every direct dependency to one version", () => {
    for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
      expect(version, name).toMatch(/^(npm:[@\w/-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/);
    }
  });

  it("lets one package run a script at install: the Node that everything else runs on", () => {
    expect(Object.keys(manifest.allowScripts).filter((name) => manifest.allowScripts[name])).toEqual(["node"]);
  });
});
