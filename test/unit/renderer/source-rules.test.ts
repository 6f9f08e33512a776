import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../../renderer/", import.meta.url));
const files = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.(css|tsx?|html)$/.test(name))
  .map((name) => ({ name, text: readFileSync(root + name, "utf8") }));
const holding = (pattern: RegExp, among: RegExp = /./) =>
  files.filter(({ name, text }) => among.test(name) && pattern.test(text)).map(({ name }) => name);

const COLOUR = /#[0-9a-f]{3,8}\b|\b(rgb|hsl|oklch|oklab|lab|lch|hwb)a?\(|light-dark\(/i;

describe("rules of the renderer's sources", () => {
  it("sets colours in the token file only", () => {
    expect(COLOUR.test("color: #fff; background: oklch(1 0 0)")).toBe(true);
    // mixing two tokens in a colour space is not a colour of one's own
    const own = files
      .filter(({ name }) => name.endsWith(".css"))
      .filter(({ text }) => COLOUR.test(text.replace(/in oklab,/g, "")));
    expect(own.map(({ name }) => name)).toEqual(["styles/tokens.css"]);
  });

  it("names only tokens that exist", () => {
    const css = files.filter(({ name }) => name.endsWith(".css"));
    const defined = new Set(css.flatMap(({ text }) => [...text.matchAll(/(--[\w-]+)\s*:/g)].map((match) => match[1])));
    const used = css.flatMap(({ text }) => [...text.matchAll(/var\((--[\w-]+)/g)].map((match) => match[1]));
    expect(used.filter((name) => !defined.has(name))).toEqual([]);
  });

  it("touches the preload's bridge in one file", () => {
    expect(holding(/window\.threadkeep|\["threadkeep"\]/, /\.tsx?$/)).toEqual(["bridge.ts"]);
  });

  it("never turns text into markup", () => {
    expect(holding(/dangerouslySetInnerHTML|innerHTML|insertAdjacentHTML|document\.write|DOMParser/)).toEqual([]);
  });

  it("keeps style and script out of the page", () => {
    expect(holding(/<style|style=|<script>|onclick=/, /\.html$/)).toEqual([]);
  });

  it("keeps the promise of short motion", () => {
    for (const { text } of files.filter((file) => file.name.endsWith(".css"))) {
      for (const [, value, unit] of text.matchAll(/(?:transition[^;]*?|--(?:quick|calm):\s*)(\d+)(ms|s)\b/g)) {
        expect(Number(value) * (unit === "s" ? 1_000 : 1)).toBeLessThan(150);
      }
    }
  });

  it("imports nothing that must not run here", () => {
    expect(
      holding(/from "(electron|node:|.*\/electron\/)|^import (?!type).*shared\/(ipc|domain)\.ts/m, /\.tsx?$/),
    ).toEqual([]);
  });
});
