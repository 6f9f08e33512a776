/** The harness page in an Electron window: started once, then shown in one state after the other. Not shipped. */
import { fileURLToPath } from "node:url";
import type { ElectronApplication, Page } from "playwright";
import { _electron } from "playwright";
import { electronFlags } from "../../scripts/desktop.mjs";
import { resolveElectron } from "../../scripts/electron-runtime.mjs";
import { FAKE_NOW } from "../fakes/fake-bridge.ts";
import { buildHarness } from "./build.ts";
import type { Shot } from "./shot-list.ts";

/** A busy machine is no finding. */
const TIMEOUT_MS = 120_000;

export type Scheme = "light" | "dark";

export async function openHarness(): Promise<{ app: ElectronApplication; page: Page }> {
  await buildHarness();
  const app = await _electron.launch({
    executablePath: (await resolveElectron()).executablePath,
    args: [...electronFlags(), fileURLToPath(new URL("electron-main.cjs", import.meta.url))],
    // The zone the page is told: moments that the system counts out fall on the same hours.
    env: { ...process.env, TZ: "America/Chicago" },
    timeout: TIMEOUT_MS,
  });
  const page = await app.firstWindow({ timeout: TIMEOUT_MS });
  page.setDefaultTimeout(TIMEOUT_MS);
  // Calendars and date fields open on the day the invented data lives in.
  await page.clock.setFixedTime(FAKE_NOW);
  return { app, page };
}

/** Brings the page into this state. Rejects when the state's steps do. */
export async function present(page: Page, shot: Shot, scheme: Scheme): Promise<void> {
  const [width, height] = shot.size;
  await page.emulateMedia({
    colorScheme: scheme,
    reducedMotion: "reduce",
    forcedColors: shot.forcedColors ? "active" : "none",
  });
  await page.goto(
    `app://harness/index.html?scenario=${shot.scenario}&rows=${shot.rows ?? 400}&locale=${shot.locale ?? "en-US"}`,
  );
  await page.setViewportSize({ width, height });
  // Keys pressed before there is a window would be lost.
  await page.locator("#root > *").first().waitFor();
  if (shot.textScale !== undefined) {
    await page.evaluate((scale) => (document.documentElement.style.fontSize = `${scale * 13}px`), shot.textScale);
  }
  await shot.steps?.(page);
  // No hover and no name of a button that only happens to lie under the pointer.
  await page.mouse.move(width - 2, 2);
  await settled(page);
}

/** Waits until fonts are there, no animation runs, and the page looks the same two frames in a row. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
}
