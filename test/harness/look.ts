/**
 * Looks at one state in the ways a person may see it, and says what is wrong with it.
 *
 * The state is brought about once; then size, theme, text and colours change under it, as they do for a person.
 */
import type { ConsoleMessage, Page } from "playwright";
import type { Looks } from "./harness-app.ts";
import { present, redress } from "./harness-app.ts";
import { brokenLayout, brokenRules } from "./judge-page.ts";
import type { State } from "./states.ts";

/** Rules that a theme can break. */
const THEME_RULES = ["color-contrast", "link-in-text-block"];
/** Rules that a larger text can break, beside the layout: more of the page has to be scrolled, by keys too. */
const SIZE_RULES = ["scrollable-region-focusable"];
/** Axe takes joined Arabic letters for a font of icons and drops them from what is seen. */
const WRONG_IN_ARABIC = ["label-content-name-mismatch"];
const WIDE = [1280, 800] as const;
const SMALL = [900, 600] as const;

interface Look extends Looks {
  /** Of axe; null: all. */
  readonly rules: readonly string[] | null;
}

export interface LookOptions {
  /** Every size in both themes, and every state in forced colours and with large text in both sizes. */
  readonly isThorough?: boolean;
  /** Called while the state is seen so. */
  readonly onSeen?: (name: string) => Promise<void>;
}

/** @returns a line for each fault, beginning with how the state was looked at */
export async function lookAt(page: Page, state: State, options: LookOptions = {}): Promise<string[]> {
  const { isThorough = false, onSeen } = options;
  const [shot] = state.shots;
  const without = shot.locale?.startsWith("ar") === true ? WRONG_IN_ARABIC : [];
  const findings: string[] = [];
  let now = "";
  const tell = (lines: readonly string[]) => findings.push(...lines.map((line) => `${now}: ${line}`));
  const hear = (message: ConsoleMessage) => {
    if (message.type() === "error" || message.type() === "warning") tell([`console: ${message.text()}`]);
  };
  const hearError = (error: Error) => tell([`page error: ${error.message}`]);

  page.on("console", hear).on("pageerror", hearError);
  try {
    for (const [index, look] of looksAt(state, isThorough).entries()) {
      now = nameOf(look);
      await (index === 0 ? present(page, shot, look.scheme, { isQuick: true }) : redress(page, look));
      tell(await page.evaluate(brokenRules, { only: look.rules, without }));
      tell(await page.evaluate(brokenLayout));
      await onSeen?.(now);
    }
    tell((await page.evaluate(() => window.violations)).map((line) => `policy: ${line}`));
  } catch (error) {
    tell([String(error).split("\n")[0] ?? ""]);
  } finally {
    page.off("console", hear).off("pageerror", hearError);
  }
  return [...new Set(findings)];
}

/** Each size in one theme, the themes taking turns; where there is one size, what a theme can break in the other too. */
function looksAt({ shots, isMain }: State, isThorough: boolean): readonly Look[] {
  const [{ size, schemes: [first = "light", second = "dark"] = [] }] = shots;
  const sizes = shots.map((shot) => shot.size);
  return [
    ...sizes.map((one, index): Look => ({ size: one, scheme: index % 2 === 0 ? first : second, rules: null })),
    ...(isThorough
      ? sizes.map((one, index): Look => ({ size: one, scheme: index % 2 === 0 ? second : first, rules: null }))
      : sizes.length === 1
        ? [{ size, scheme: second, rules: THEME_RULES }]
        : []),
    ...(isMain || isThorough ? [{ size, scheme: first, forcedColors: true, rules: THEME_RULES }] : []),
    ...(isMain || isThorough ? [{ size: WIDE, scheme: first, textScale: 2, rules: SIZE_RULES }] : []),
    { size: SMALL, scheme: first, textScale: 2, rules: SIZE_RULES },
  ];
}

function nameOf({ size, scheme, forcedColors, textScale }: Looks): string {
  const extra = [forcedColors === true ? "-forced" : "", textScale === undefined ? "" : "-large"].join("");
  return `${size.join("x")}-${scheme}${extra}`;
}
