/** `npm run sbom`: the list of everything the app is made of, in CycloneDX, into dist/sbom.json. */
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureInstalled } from "./install.mjs";
import { nodeBinary, root, toolEnv, toolScript } from "./paths.mjs";
import { Failure, run, runMain } from "./run.mjs";

/**
 * @param {string} file
 * @returns {Promise<{ bomFormat: string, specVersion: string, components: { name: string, version: string, purl?: string }[] }>}
 */
export async function writeSbom(file) {
  // Nearly everything is bundled and thereby a development dependency of npm's: all of it is listed.
  const args = ["--output-format", "JSON", "--output-reproducible", "--package-lock-only", "--output-file", file];
  const script = toolScript("@cyclonedx/cyclonedx-npm", "cyclonedx-npm");
  const { code, output } = await run(nodeBinary, [script, ...args], { capture: true, env: toolEnv() });
  if (code !== 0) throw new Failure(`The list could not be made:\n${output.trim()}`);
  return JSON.parse(readFileSync(file, "utf8"));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await runMain(async () => {
    await ensureInstalled();
    mkdirSync(join(root, "dist"), { recursive: true });
    const file = join(root, "dist", "sbom.json");
    const { components } = await writeSbom(file);
    console.log(`${file}: ${components.length} components`);
  });
}
