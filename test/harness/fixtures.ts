/** What the checks of states stand on: one window per worker, on a desktop of its own. */
import type { Page } from "playwright/test";
import { test as base } from "playwright/test";
import { openDesktop } from "../../scripts/desktop.mjs";
import { openHarness } from "./harness-app.ts";

/** A step that takes longer will not come: its state is broken. */
const STEP_TIMEOUT_MS = 20_000;

interface WorkerFixtures {
  readonly harness: Page;
}

export const test = base.extend<object, WorkerFixtures>({
  harness: [
    async ({}, use) => {
      const { env, close } = await openDesktop();
      Object.assign(process.env, env);
      const { app, page } = await openHarness(STEP_TIMEOUT_MS);
      await use(page);
      await app.close();
      await close();
    },
    { scope: "worker" },
  ],
});
