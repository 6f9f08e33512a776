/** Builds the harness page with vite, the way the renderer is built, into `.cache/harness`. */
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { build } from "vite";
import { reactAriaForThisWindow } from "../../scripts/react-aria-plugin.mjs";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

export async function buildHarness(): Promise<string> {
  const outDir = path("../../.cache/harness");
  await build({
    configFile: false,
    logLevel: "warn",
    root: path("."),
    base: "./",
    plugins: [react(), reactAriaForThisWindow()],
    build: { outDir, emptyOutDir: true, target: "chrome140", chunkSizeWarningLimit: 2_000 },
  });
  return outDir;
}
