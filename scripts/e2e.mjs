/**
 * `npm run test:e2e [-- --packaged | --late[=seed]] [-- playwright options]`: builds when needed, then Playwright, which
 * opens the desktops.
 *
 * `--packaged`: against a copy of the packed app in which the inspector's fuse alone is turned on.
 * `--late`: every answer comes late (test/e2e/late-answers.cjs), to find what is right by its speed alone.
 */
import { ensureBuilt } from "./build.mjs";
import { ensureDesktopPackages } from "./desktop-packages.mjs";
import { resolveElectron } from "./electron-runtime.mjs";
import { ensureInstalled } from "./install.mjs";
import { ensurePacked, inspectableCopy } from "./pack.mjs";
import { nodeBinary, toolEnv, toolScript } from "./paths.mjs";
import { run, runMain } from "./run.mjs";

await runMain(async () => {
  const options = process.argv.slice(2);
  const isPackaged = options.includes("--packaged");
  await ensureInstalled();
  await ensureDesktopPackages({ virtualDesktop: true });
  const { executablePath } = await resolveElectron();
  await ensureBuilt();
  const packed = isPackaged ? await ensurePacked() : "";
  const electron = isPackaged ? await inspectableCopy(packed) : executablePath;
  const late = options.find((option) => option === "--late" || option.startsWith("--late="));
  const rest = options.filter((option) => option !== "--packaged" && option !== late);
  const args = [toolScript("playwright"), "test", "-c", "test/e2e", ...rest];
  const env = {
    ...toolEnv(),
    THREADKEEP_ELECTRON: electron,
    THREADKEEP_PACKAGED: isPackaged ? "1" : "0",
    THREADKEEP_PACK_DIR: packed,
    ...(late === undefined ? {} : { THREADKEEP_LATE: late.slice("--late=".length) || "1" }),
  };
  return (await run(nodeBinary, args, { env })).code;
});
