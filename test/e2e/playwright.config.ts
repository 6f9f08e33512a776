/**
 * End-to-end tests: the built app in real Electron, one window per test, no browser.
 *
 * Two workers where each can have a desktop of its own: much of a test is waiting for the app. Elsewhere one, because
 * notifications and keyboard focus belong to the desktop. No retries, because a test that needs one hides a fault. Run
 * through `npm run test:e2e`, which builds and installs what a desktop needs.
 */
import { availableParallelism } from "node:os";
import { defineConfig } from "playwright/test";
import { makesDesktops } from "../../scripts/desktop.mjs";

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  // Their witnesses are the Linux desktop and its way to install.
  testIgnore: [
    ...(process.platform === "linux" ? [] : ["notifications.spec.ts", "updates.spec.ts"]),
    // Judges the files of the package.
    ...(process.env["THREADKEEP_PACKAGED"] === "1" ? [] : ["package.spec.ts"]),
  ],
  outputDir: "../../test-results",
  workers: makesDesktops() ? Math.min(2, availableParallelism()) : 1,
  fullyParallel: true, // the files differ too much in length
  retries: 0,
  forbidOnly: true,
  maxFailures: 8, // an app that does not start must not cost minutes
  timeout: 90_000, // against a hang: machines of any load run them
  globalTimeout: 19 * 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["json", { outputFile: "../../.cache/test/playwright.json" }]],
  use: { actionTimeout: 8_000, trace: "off" },
});
