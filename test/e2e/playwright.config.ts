/**
 * End-to-end tests: the built app in real Electron, one window per test, no browser.
 *
 * One worker, because every test starts a whole desktop application; no retries, because a test that
 * needs one hides a fault. Run through `npm run test:e2e`, which builds and provides the desktop.
 */
import { defineConfig } from "playwright/test";

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
  workers: 1,
  retries: 0,
  forbidOnly: true,
  maxFailures: 8, // an app that does not start must not cost minutes
  timeout: 45_000,
  globalTimeout: 19 * 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["json", { outputFile: "../../.cache/test/playwright.json" }]],
  use: { actionTimeout: 8_000, trace: "off" },
});
