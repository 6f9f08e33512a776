import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { announcerWithoutMarkup } from "../../../scripts/announcer-plugin.mjs";

const FILE = fileURLToPath(import.meta.resolve("react-aria/package.json")).replace(
  "package.json",
  "dist/private/live-announcer/LiveAnnouncer.mjs",
);

interface Transform {
  readonly filter: { readonly id: RegExp };
  handler(code: string): { readonly code: string };
}

const { filter, handler } = announcerWithoutMarkup().transform as unknown as Transform;

describe("React Aria's announcer", () => {
  it("is emptied without markup", () => {
    const written = readFileSync(FILE, "utf8");
    expect(filter.id.test(FILE.replaceAll("\\", "/"))).toBe(true);
    expect(written).toContain("innerHTML");
    const { code } = handler(written);
    expect(code).not.toContain("innerHTML");
    expect(code.match(/\.replaceChildren\(\)/g)).toHaveLength(2);
  });

  it("fails the build when it is written in another way", () => {
    expect(() => handler("this.politeLog.textContent = '';")).toThrow(/changed/);
  });
});
