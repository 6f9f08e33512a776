/** The look at states can be believed: each fault, planted in a state that has none, is found and said. */
import type { Page } from "playwright/test";
import { expect } from "playwright/test";
import { test } from "./fixtures.ts";
import { renew } from "./harness-app.ts";
import { lookAt } from "./look.ts";
import { allStates } from "./states.ts";

/** Runs in the page. */
function plant({ tag, words = "", style = "", to = "main" }: Plant): void {
  const element = document.createElement(tag);
  element.textContent = words;
  element.style.cssText = style;
  document.querySelector(to)!.prepend(element);
}

interface Plant {
  readonly tag: string;
  readonly words?: string;
  readonly style?: string;
  readonly to?: string;
}

const put = (given: Plant) => (page: Page) => page.evaluate(plant, given);

/** What is wrong, how it gets into the page, and what is said of it. */
const PLANTED: readonly (readonly [string, (page: Page) => Promise<unknown>, ...RegExp[]])[] = [
  ["a button without a name", put({ tag: "button" }), /^1280x800-light: axe button-name: /],
  [
    "words too pale in the dark theme alone",
    put({ tag: "p", words: "Planted", style: "color: light-dark(black, #444)" }),
    /^900x600-dark: axe color-contrast: /,
  ],
  [
    "words too pale where colours are forced",
    async (page) => {
      await put({ tag: "p", words: "Planted", style: "forced-color-adjust: none" })(page);
      await page.evaluate(() => {
        const forced = matchMedia("(forced-colors: active)");
        const planted = document.querySelector<HTMLElement>("main > p")!;
        forced.addEventListener("change", () => (planted.style.color = forced.matches ? "#ccc" : ""));
      });
    },
    /^1280x800-light-forced: axe color-contrast: /,
  ],
  [
    "a page that is wider and taller than the window",
    put({ tag: "div", style: "position: absolute; inset: 0 auto auto 0; width: 150vw; height: 150vh", to: "body" }),
    /: the page is wider than the window$/,
    /: the page is taller than the window$/,
  ],
  [
    "a button too narrow for its words once they are larger",
    put({ tag: "button", words: "Planted words", style: "width: 130px; overflow: hidden; white-space: nowrap" }),
    /^1280x800-light-large: cut off: Planted words$/,
  ],
  [
    "a button under something else",
    async (page) => {
      await put({ tag: "p", words: "Lid", style: "position: fixed; inset: 0; background: Canvas" })(page);
      await put({ tag: "button", words: "Planted" })(page);
    },
    /: covered: Planted \(by Lid\)$/,
  ],
  [
    "something that moves although less motion is asked for",
    (page) =>
      page.evaluate(() => {
        const moves = [{ translate: "0" }, { translate: "1px" }];
        document.querySelector("h1")!.animate(moves, { duration: 900, iterations: Infinity });
      }),
    /: moves although less motion is asked for: h1/,
  ],
  [
    "what the content policy forbids",
    put({ tag: "style", words: "main { color: red }" }),
    /: policy: style-src-elem inline /,
  ],
  ["an error on the console", (page) => page.evaluate(() => console.error("planted")), /: console: planted$/],
  [
    "an error that nobody catches",
    (page) => page.evaluate(() => queueMicrotask(() => JSON.parse("planted"))),
    /: page error: /,
  ],
  [
    "a state that cannot be reached",
    (page) => page.getByRole("button", { name: "Planted" }).click({ timeout: 500 }),
    /^1280x800-light: TimeoutError: /,
  ],
];

const clean = allStates.find(({ name }) => name === "outbox")!;
const [wide, ...others] = clean.shots;

test.describe("finds", () => {
  // What is planted outside the app stays until the page goes.
  test.afterEach(({ harness }) => renew(harness));

  for (const [what, spoil, ...said] of PLANTED) {
    test(what, async ({ harness }) => {
      const steps = async (page: Page) => {
        await wide.steps?.(page);
        await spoil(page);
      };
      const findings = await lookAt(harness, { ...clean, shots: [{ ...wide, steps }, ...others] });
      for (const line of said) expect(findings).toContainEqual(expect.stringMatching(line));
    });
  }
});
