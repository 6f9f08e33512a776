/**
 * `npm start`: from a fresh clone to the open window, skipping what is done already.
 *
 * `--smoke`, or a Linux machine without a display: the app runs on a virtual desktop, opens the sample
 * inbox, and the path of a screenshot is printed; `--self-check` runs there as it is. Everything after `--` that is
 * not ours goes to the app.
 */
import { join } from "node:path";
import { ensureBuilt } from "./build.mjs";
import { ensureDesktopPackages } from "./desktop-packages.mjs";
import { electronFlags, hasDisplay, runOnDesktop } from "./desktop.mjs";
import { resolveElectron } from "./electron-runtime.mjs";
import { ensureInstalled } from "./install.mjs";
import { nodeBinary, root, toolEnv } from "./paths.mjs";
import { run, runMain } from "./run.mjs";

const SMOKE_TIMEOUT_MS = 3 * 60_000;

await runMain(async () => {
  const args = process.argv.slice(2).filter((arg) => arg !== "--");
  const selfCheck = args.some((arg) => arg.startsWith("--self-check"));
  const smoke = args.includes("--smoke") || (!selfCheck && !hasDisplay());

  await ensureInstalled();
  await ensureDesktopPackages({ virtualDesktop: smoke || !hasDisplay() });
  const { executablePath } = await resolveElectron();
  await ensureBuilt();

  if (smoke) {
    const { code } = await runOnDesktop(nodeBinary, [join(root, "scripts", "smoke.mjs"), executablePath], {
      timeoutMs: SMOKE_TIMEOUT_MS,
    });
    if (code === 124) console.error("The sample inbox did not open within three minutes.");
    return code === 0 ? 0 : 1;
  }
  if (!hasDisplay()) return (await runOnDesktop(executablePath, [...electronFlags(), ".", ...args])).code;
  const asRoot = process.platform === "linux" && process.getuid?.() === 0;
  const { code } = await run(executablePath, [...(asRoot ? ["--no-sandbox"] : []), ".", ...args], { env: toolEnv() });
  return code;
});
