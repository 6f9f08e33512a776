/**
 * What is looked for in a page that shows one state. Runs in the page: each function stands for itself.
 *
 * Must not change what it judges. Answers in lines that a person can act on; nothing found is an empty list.
 */
import type { AxeResults, RunOptions } from "axe-core";

declare global {
  interface Window {
    axe: { run(context: Document, options: RunOptions): Promise<AxeResults> };
  }
}

/** Rules of axe that are broken; all of its usual rules, or `only` these. */
export async function brokenRules({ only, without }: { only: readonly string[] | null; without: readonly string[] }) {
  const { violations } = await window.axe.run(document, {
    resultTypes: ["violations"],
    rules: Object.fromEntries(without.map((rule) => [rule, { enabled: false }])),
    ...(only === null ? {} : { runOnly: [...only] }),
  });
  return violations.map(({ id, nodes }) => {
    const places = nodes.map(({ target, failureSummary }) => `${target.join(" ")} ${lastLine(failureSummary)}`);
    return `axe ${id}: ${places.slice(0, 3).join(" | ")}`;
  });

  function lastLine(text = ""): string {
    return text.split("\n").at(-1)?.trim() ?? "";
  }
}

/** A window that scrolls as a whole, words that do not fit, controls under others, and what moves although it must not. */
export function brokenLayout(): string[] {
  // Names for screen readers alone are a pixel wide.
  const VISIBLE_PX = 2;
  const WORDS = 60;
  const CONTROLS =
    "button, a[href], input, select, textarea, summary, [role='button'], [role='menuitem'], [role='tab']";
  const FIXED = `${CONTROLS}, label, legend, h1, h2, h3, h4, th, dt, [role='heading']`;
  // What people wrote may be shortened; it is marked as theirs.
  const THEIRS = "bdi, [dir='auto'], [role='option'], [role='article'], [role='log']";
  const { innerWidth, innerHeight } = window;
  const root = document.documentElement;
  return [
    ...(root.scrollWidth > innerWidth ? ["the page is wider than the window"] : []),
    // What is hidden for the eye alone may stick out of its scroller: a jump inside would then move the whole window.
    ...(root.scrollHeight > innerHeight ? ["the page is taller than the window"] : []),
    ...cutOff().map((words) => `cut off: ${words}`),
    ...covered().map((words) => `covered: ${words}`),
    ...moving().map((what) => `moves although less motion is asked for: ${what}`),
  ];

  function wordsOf(element: Element): string {
    const words = element.getAttribute("aria-label") ?? element.textContent.trim();
    return (words === "" ? element.outerHTML : words).slice(0, WORDS);
  }

  function isHidden(element: Element): boolean {
    return (
      element.closest("[hidden], [inert], [aria-hidden='true'], .visually-hidden") !== null ||
      !element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) ||
      getComputedStyle(element).clipPath !== "none"
    );
  }

  /** Longer languages and larger texts must not lose the end of a button or a heading. */
  function cutOff(): string[] {
    return [...document.querySelectorAll<HTMLElement>(FIXED)].flatMap((element) => {
      if (element.closest(THEIRS) !== null || isHidden(element) || element.textContent.trim() === "") return [];
      const { left, right, width } = element.getBoundingClientRect();
      if (width === 0) return [];
      const isOutside = left < -1 || right > innerWidth + 1;
      const isCut = [element, ...element.querySelectorAll<HTMLElement>("span")].some((part) => {
        if (part.closest(THEIRS) !== null || part.clientWidth <= VISIBLE_PX) return false;
        const { overflowX, overflowY } = getComputedStyle(part);
        return (
          (isShut(overflowX) && part.scrollWidth > part.clientWidth + 1) ||
          (isShut(overflowY) && part.scrollHeight > part.clientHeight + VISIBLE_PX)
        );
      });
      return isOutside || isCut ? [wordsOf(element)] : [];
    });
  }

  /** What scrolls loses nothing. */
  function isShut(overflow: string): boolean {
    return overflow === "hidden" || overflow === "clip";
  }

  /** Controls in sight that a pointer cannot reach, because something else lies over their middle. */
  function covered(): string[] {
    return [...document.querySelectorAll<HTMLElement>(CONTROLS)].flatMap((element) => {
      if (isHidden(element) || isBehindDialog(element)) return [];
      const { left, top, width, height } = element.getBoundingClientRect();
      const [x, y] = [left + width / 2, top + height / 2];
      if (width <= VISIBLE_PX || !isInSight(element, x, y)) return [];
      const hit = document.elementFromPoint(x, y);
      if (hit !== null && (element.contains(hit) || hit.contains(element) || hit.closest("label") !== null)) return [];
      // Under what sticks to the edge of its scroller it only has to be scrolled to; a toast goes by itself.
      if (isSticky(hit) || hit?.closest("[role='alertdialog']") != null) return [];
      return [`${wordsOf(element)} (by ${hit === null ? "nothing" : wordsOf(hit)})`];
    });
  }

  function isSticky(element: Element | null): boolean {
    return element !== null && (getComputedStyle(element).position === "sticky" || isSticky(element.parentElement));
  }

  function isBehindDialog(element: Element): boolean {
    const above = [...document.querySelectorAll("[role='dialog'], [role='menu']")].filter((one) =>
      one.checkVisibility(),
    );
    return above.length > 0 && !above.some((dialog) => dialog.contains(element));
  }

  /** False where it only has to be scrolled to. */
  function isInSight(element: Element, x: number, y: number): boolean {
    for (let around = element.parentElement; around !== null; around = around.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(around);
      if (overflowX === "visible" && overflowY === "visible") continue;
      const { left, right, top, bottom } = around.getBoundingClientRect();
      if (x < left || x > right || y < top || y > bottom) return false;
    }
    return x >= 0 && x <= innerWidth && y >= 0 && y <= innerHeight;
  }

  function moving(): string[] {
    return document.getAnimations().flatMap((animation) => {
      if (animation.playState !== "running" || !(animation.effect instanceof KeyframeEffect)) return [];
      const { target } = animation.effect;
      return target === null ? [] : [`${target.tagName.toLowerCase()} ${target.className}`];
    });
  }
}
