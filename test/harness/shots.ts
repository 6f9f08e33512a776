/**
 * Looks at every screen: screenshots in both themes and two sizes, axe on each, no policy violation, no console error.
 *
 * Run under a display: `xvfb-run -a node test/harness/shots.ts [folder] [part of a name,another part]`. Exits 1 when
 * anything was found, after having looked at everything.
 */
import { mkdir } from "node:fs/promises";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright";
import type { Scheme } from "./harness-app.ts";
import { openHarness, present } from "./harness-app.ts";
import { languageShots } from "./language-shots.ts";
import type { Shot } from "./shot-list.ts";
import { securityShots } from "./security-shots.ts";
import { shots } from "./shot-list.ts";

const [folder = "/tmp/shots", filter = ""] = process.argv.slice(2);
const findings: string[] = [];

function isAskedFor({ name }: Shot): boolean {
  return filter.split(",").some((part) => name.includes(part));
}

async function look(page: Page, shot: Shot, scheme: Scheme): Promise<void> {
  const name = `${shot.name}-${shot.size.join("x")}-${scheme}`;
  await present(page, shot, scheme).catch((error: unknown) => {
    findings.push(`${name}: ${String(error).split("\n")[0]}`);
  });
  await page.screenshot({ path: `${folder}/${name}.png` });
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    // Axe takes joined Arabic letters for a font of icons and drops them from what is seen.
    .disableRules(shot.locale?.startsWith("ar") === true ? ["label-content-name-mismatch"] : [])
    .analyze();
  for (const violation of violations) {
    findings.push(
      `${name}: axe ${violation.id}: ${violation.nodes
        .map((node) => `${node.target.join(" ")} ${node.failureSummary?.split("\n").at(-1) ?? ""}`)
        .slice(0, 3)
        .join(" | ")}`,
    );
  }
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  if (overflow) findings.push(`${name}: the page is wider than the window`);
  // What is hidden for the eye alone may stick out of its scroller: a jump inside would then move the whole window.
  const isTall = await page.evaluate(() => document.documentElement.scrollHeight > window.innerHeight);
  if (isTall) findings.push(`${name}: the page is taller than the window`);
  for (const words of await page.evaluate(cutOffWords)) findings.push(`${name}: cut off: ${words}`);
  for (const line of await page.evaluate(() => window.violations)) findings.push(`${name}: policy ${line}`);
}

await mkdir(folder, { recursive: true });
const { app, page } = await openHarness();
page.on("console", (message) => {
  if (message.type() === "error" || message.type() === "warning") findings.push(`console: ${message.text()}`);
});
page.on("pageerror", (error) => findings.push(`page error: ${error.message}`));
for (const shot of [...shots, ...languageShots, ...securityShots].filter(isAskedFor)) {
  for (const scheme of shot.schemes ?? (["light", "dark"] as const)) await look(page, shot, scheme);
}
await app.close();
console.log(findings.length === 0 ? "nothing found" : [...new Set(findings)].join("\n"));
process.exitCode = findings.length === 0 ? 0 : 1;

/** Words on controls and headings that do not fit: longer languages must not lose the end of a button. */
function cutOffWords(): string[] {
  // Names for screen readers alone are a pixel wide.
  const VISIBLE_PX = 2;
  const fixed = "button, label, legend, select, h1, h2, h3, th, [role='button'], [role='menuitem'], [role='tab']";
  // What people wrote may be shortened; it is marked as theirs.
  const theirs = "bdi, [dir='auto'], [role='option'], [role='article'], [role='log']";
  return [...document.querySelectorAll<HTMLElement>(fixed)].flatMap((element) => {
    if (element.closest(theirs) !== null || element.closest("[hidden], .visually-hidden") !== null) return [];
    const { left, right, width } = element.getBoundingClientRect();
    const words = element.textContent.trim();
    if (width === 0 || words === "" || getComputedStyle(element).clipPath !== "none") return [];
    const isOutside = left < -1 || right > window.innerWidth + 1;
    const inner = [element, ...element.querySelectorAll<HTMLElement>("span")].filter(
      (part) => part.closest(theirs) === null && getComputedStyle(part).overflowX !== "visible",
    );
    const isCut = inner.some((part) => part.clientWidth > VISIBLE_PX && part.scrollWidth > part.clientWidth + 1);
    return isOutside || isCut ? [words.slice(0, 60)] : [];
  });
}
