/** Builds the page of hostile texts with vite, the way the renderer is built; returns its folder. */
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { build } from "vite";
import { reactAriaForThisWindow } from "../../scripts/react-aria-plugin.mjs";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

export async function buildHostilePage(): Promise<string> {
  const outDir = path("../../.cache/hostile");
  await build({
    configFile: false,
    logLevel: "warn",
    root: path("."),
    base: "./",
    plugins: [react(), reactAriaForThisWindow()],
    build: {
      outDir,
      emptyOutDir: true,
      target: "chrome140",
      chunkSizeWarningLimit: 2_000,
      rollupOptions: { input: path("hostile.html") },
    },
  });
  await rename(join(outDir, "hostile.html"), join(outDir, "index.html"));
  return outDir;
}
