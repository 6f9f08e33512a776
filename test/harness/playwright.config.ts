/**
 * Looks at every screen and state, one check each: `npm run test:looks`, or `-- -g name` for some.
 *
 * Two windows at once where each can have a desktop of its own. No retries: a state that is right the second time is not.
 */
import { availableParallelism } from "node:os";
import { defineConfig } from "playwright/test";
import { makesDesktops } from "../../scripts/desktop.mjs";

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  globalSetup: "./set-up.ts",
  outputDir: "../../.cache/looks",
  workers: makesDesktops() ? Math.min(2, availableParallelism()) : 1,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  timeout: 90_000, // against a hang: machines of any load run them
  globalTimeout: 14 * 60_000,
  reporter: [["dot"], ["json", { outputFile: "../../.cache/test/looks.json" }]],
});
