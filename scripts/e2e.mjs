/** `npm run test:e2e [-- playwright options]`: builds when needed, then Playwright on the virtual desktop. */
import { ensureBuilt } from "./build.mjs";
import { ensureDesktopPackages } from "./desktop-packages.mjs";
import { runOnDesktop } from "./desktop.mjs";
import { resolveElectron } from "./electron-runtime.mjs";
import { ensureInstalled } from "./install.mjs";
import { nodeBinary, toolScript } from "./paths.mjs";
import { runMain } from "./run.mjs";

await runMain(async () => {
  await ensureInstalled();
  await ensureDesktopPackages({ virtualDesktop: true });
  const { executablePath } = await resolveElectron();
  await ensureBuilt();
  const args = [toolScript("playwright"), "test", "-c", "test/e2e", ...process.argv.slice(2)];
  const env = { ...process.env, THREADKEEP_ELECTRON: executablePath };
  return (await runOnDesktop(nodeBinary, args, { env })).code;
});
