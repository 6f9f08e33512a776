import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { reactAriaForThisWindow } from "../../../scripts/react-aria-plugin.mjs";

const folder = fileURLToPath(import.meta.resolve("react-aria/package.json")).replace("package.json", "dist/private/");

interface Transform {
  readonly filter: { readonly id: RegExp };
  handler(code: string): { readonly code: string };
}

/** The library's file as the build writes it. */
function built(name: string): string {
  const file = `${folder}${name}`;
  const transforms = reactAriaForThisWindow().map(({ transform }) => transform as unknown as Transform);
  const [own, ...others] = transforms.filter(({ filter }) => filter.id.test(file.replaceAll("\\", "/")));
  expect(others).toEqual([]);
  return own?.handler(readFileSync(file, "utf8")).code ?? "no edit is meant for this file";
}

describe("React Aria in this window", () => {
  it("empties its announcer without markup", () => {
    const code = built("live-announcer/LiveAnnouncer.mjs");
    expect(code).not.toContain("innerHTML");
    expect(code.match(/\.replaceChildren\(\)/g)).toHaveLength(2);
  });

  it("looks at the computer's language without loading the dates of all languages", () => {
    const code = built("i18n/useDefaultLocale.mjs");
    expect(code).not.toContain("supportedLocalesOf");
    expect(code).toContain("Intl.getCanonicalLocales([");
    // What it asks for: whether the tag is well formed.
    expect(() => Intl.getCanonicalLocales(["no_language"])).toThrow(RangeError);
    expect(() => Intl.getCanonicalLocales(["xx-XX"])).not.toThrow();
  });

  it("fails the build when it is written in another way", () => {
    for (const { transform } of reactAriaForThisWindow()) {
      expect(() => (transform as unknown as Transform).handler("let nothing = '';")).toThrow(/changed: 0 of/);
    }
  });
});
