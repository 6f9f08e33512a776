/** Builds the harness page with vite, the way the renderer is built, into `.cache/harness`, when a source changed. */
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { build } from "vite";
import { reactAriaForThisWindow } from "../../scripts/react-aria-plugin.mjs";
import { clearStamp, hashTree, readStamp, writeStamp } from "../../scripts/stamp.mjs";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const SOURCES = [
  "package-lock.json",
  "renderer",
  "scripts/react-aria-plugin.mjs",
  "shared",
  "test/fakes",
  "test/harness",
];

export async function ensureHarness(): Promise<void> {
  const outDir = path("../../.cache/harness");
  const stampFile = `${outDir}.ok`;
  const wanted = hashTree(path("../../"), SOURCES);
  if (readStamp(stampFile) === wanted) return;
  clearStamp(stampFile);
  await build({
    configFile: false,
    logLevel: "warn",
    root: path("."),
    base: "./",
    plugins: [react(), reactAriaForThisWindow()],
    build: { outDir, emptyOutDir: true, target: "chrome140", chunkSizeWarningLimit: 2_000 },
  });
  writeStamp(stampFile, wanted);
}
