/**
 * One build for the four programs of the app: renderer, main, preload and database worker.
 *
 * `vite build --app` builds all four; vitest reads the `test` section of the same file. The preload
 * must come out as one CommonJS file because a sandboxed preload cannot be an ES module. Only
 * `electron` and the SQLite driver (a native add-on) stay outside the bundles.
 */
import { builtinModules } from "node:module";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { reactAriaForThisWindow } from "./scripts/react-aria-plugin.mjs";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const external = ["electron", "better-sqlite3", ...builtinModules, ...builtinModules.map((name) => `node:${name}`)];

/**
 * The settings store brings a schema checker (220 KB) that ours never asks for: its file is judged by `settings-file.ts`.
 * Left out of the bundle; whoever gave the store a schema all the same would hear of it.
 */
const withoutSchemaChecker = {
  name: "without-schema-checker",
  enforce: "pre" as const,
  resolveId: (source: string) =>
    source === "ajv/dist/2020.js" || source === "ajv-formats" ? "\0no-schema-checker" : null,
  load: (id: string) =>
    id === "\0no-schema-checker"
      ? `const refuse = () => { throw new Error("this build has no schema checker"); };
         export { refuse as Ajv2020 };
         export default { default: refuse };`
      : null,
};

/** A Node-side program: no browser transforms, sources readable in stack traces. */
const nodeProgram = (entry: Record<string, string>, outDir: string, format: "es" | "cjs") => ({
  consumer: "server" as const,
  resolve: { noExternal: true as const, external },
  build: {
    outDir: path(outDir),
    emptyOutDir: true,
    minify: false,
    sourcemap: true,
    target: "node24",
    rollupOptions: {
      input: entry,
      external,
      output: { format, entryFileNames: format === "cjs" ? "[name].cjs" : "[name].js" },
    },
  },
});

export default defineConfig({
  root: path("renderer"),
  base: "./",
  plugins: [react(), reactAriaForThisWindow(), withoutSchemaChecker],
  environments: {
    client: {
      build: {
        outDir: path("dist/renderer"),
        emptyOutDir: true,
        target: "chrome140",
        sourcemap: true,
        chunkSizeWarningLimit: 2_000, // read from disk, not from a network
      },
    },
    main: nodeProgram(
      { main: path("electron/main.ts"), "db-worker": path("electron/db/worker.ts") },
      "dist/main",
      "es",
    ),
    preload: nodeProgram({ preload: path("electron/preload.ts") }, "dist/preload", "cjs"),
  },
  builder: {
    async buildApp(builder) {
      for (const name of ["client", "main", "preload"]) await builder.build(builder.environments[name]!);
    },
  },
  test: {
    root: path("."),
    // Every core: the kill tests wait for processes more than they compute.
    maxWorkers: "100%",
    // A guard against hanging, no statement about speed: many tests start processes or threads, on machines of any load.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: "unit", include: ["test/unit/**/*.test.{ts,tsx}"] } },
      { extends: true, test: { name: "architecture", include: ["test/architecture/**/*.test.ts"] } },
      { extends: true, test: { name: "integration", include: ["test/integration/**/*.test.ts"] } },
      { extends: true, test: { name: "property", include: ["test/property/**/*.test.ts"] } },
    ],
  },
});
