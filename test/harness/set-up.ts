/** Before the checks of states: what a desktop needs, and the page itself, made once for all windows. */
import { ensureDesktopPackages } from "../../scripts/desktop-packages.mjs";
import { ensureHarness } from "./build.ts";

export default async function setUp(): Promise<void> {
  await ensureDesktopPackages({ virtualDesktop: true });
  await ensureHarness();
}
