/** No screen and no state has a fault that can be found: look.ts says how they are looked at, judge-page.ts for what. */
import { expect } from "playwright/test";
import { test } from "./fixtures.ts";
import { lookAt } from "./look.ts";
import { allStates } from "./states.ts";

for (const state of allStates) {
  test(state.name, async ({ harness }, testInfo) => {
    const findings = await lookAt(harness, state);
    if (findings.length > 0) await harness.screenshot({ path: testInfo.outputPath("window.png") });
    expect(findings.join("\n"), "faults").toBe("");
  });
}
