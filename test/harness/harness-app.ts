/** The harness page in an Electron window: started once, then shown in one state after the other. Not shipped. */
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { ElectronApplication, Page } from "playwright";
import { _electron } from "playwright";
import { electronFlags } from "../../scripts/desktop.mjs";
import { resolveElectron } from "../../scripts/electron-runtime.mjs";
import { FAKE_NOW } from "../fakes/fake-bridge.ts";
import { ensureHarness } from "./build.ts";
import type { Shot } from "./shot-list.ts";

/** A busy machine is no finding. */
const TIMEOUT_MS = 120_000;

export type Scheme = "light" | "dark";

/** How a state is shown: what a person may have set on the computer or in the app. */
export interface Looks {
  readonly size: Shot["size"];
  readonly scheme: Scheme;
  readonly forcedColors?: boolean;
  /** 2: text twice as large. */
  readonly textScale?: number;
}

const require = createRequire(createRequire(import.meta.url).resolve("@axe-core/playwright"));
const { source: axeSource } = require("axe-core") as { source: string };

/** @param timeoutMs how long a state's step may take */
export async function openHarness(timeoutMs = TIMEOUT_MS): Promise<{ app: ElectronApplication; page: Page }> {
  await ensureHarness();
  const app = await _electron.launch({
    executablePath: (await resolveElectron()).executablePath,
    args: [...electronFlags(), fileURLToPath(new URL("electron-main.cjs", import.meta.url))],
    // The zone the page is told: moments that the system counts out fall on the same hours.
    env: { ...process.env, TZ: "America/Chicago" },
    timeout: TIMEOUT_MS,
  });
  const page = await app.firstWindow({ timeout: TIMEOUT_MS });
  page.setDefaultTimeout(timeoutMs);
  // Calendars and date fields open on the day the invented data lives in.
  await page.clock.setFixedTime(FAKE_NOW);
  // Once per page: axe's own package brings it anew for every look, which takes longer than the look.
  await page.addInitScript({ content: axeSource });
  await renew(page);
  return { app, page };
}

/** A new page, in which nothing was before. */
export async function renew(page: Page): Promise<void> {
  await page.goto("app://harness/index.html?scenario=welcome");
}

/**
 * Brings the page into this state. Rejects when the state's steps do.
 *
 * @param isQuick in the page that is there: half the time, but what a state leaves behind in a page is there for the next
 */
export async function present(page: Page, shot: Shot, scheme: Scheme, { isQuick = false } = {}): Promise<void> {
  const { scenario, rows = 400, locale = "en-US", size } = shot;
  await dress(page, { size, scheme });
  await scaleText(page, undefined);
  if (isQuick) await page.evaluate((scene) => window.show(scene), { scenario, rows, locale });
  else await page.goto(`app://harness/index.html?scenario=${scenario}&rows=${rows}&locale=${locale}`);
  // Keys pressed before there is a window would be lost.
  await page.locator("#root > *").first().waitFor();
  await shot.steps?.(page);
  await settled(page, size);
}

/** The state that is there, looked at in another way: as when a person changes size, theme or text while it stands. */
export async function redress(page: Page, looks: Looks): Promise<void> {
  await dress(page, looks);
  await scaleText(page, looks.textScale);
  await settled(page, looks.size);
}

async function dress(page: Page, { size, scheme, forcedColors }: Looks): Promise<void> {
  await page.emulateMedia({
    colorScheme: scheme,
    reducedMotion: "reduce",
    forcedColors: forcedColors === true ? "active" : "none",
  });
  await page.setViewportSize({ width: size[0], height: size[1] });
}

async function scaleText(page: Page, scale: number | undefined): Promise<void> {
  const size = scale === undefined ? "" : `${scale * 13}px`;
  await page.evaluate((px) => (document.documentElement.style.fontSize = px), size);
}

/** Waits until fonts are there, no animation runs, and the page looks the same two frames in a row. */
async function settled(page: Page, [width]: Shot["size"]): Promise<void> {
  // No hover, no name of a button that only happens to lie under the pointer, and no scrollbar lit by it.
  await page.mouse.move(width - 14, 2);
  await page.evaluate(async () => {
    await document.fonts.ready;
    // One without an end is a finding, not something to wait for.
    const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map((animation) => animation.finished));
    do {
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      // What opens is kept out of sight by React Aria until it has its place.
    } while (document.querySelector('[style*="mask-image"]') !== null);
  });
}
