/** Phone numbers and dates in texts: found, and nothing else. */
import { describe, expect, it } from "vitest";
import { copyableParts } from "../../../../renderer/lib/copyables.ts";

const OWN = "+15550101000";
const found = (text: string, own = OWN) =>
  copyableParts(text, own)
    .filter(({ kind }) => kind !== "text")
    .map(({ kind, text: part }) => `${kind} ${part}`);

describe("what can be copied out of a text", () => {
  it.each([
    ["Call (213) 373-4253 or +44 20 7946 0123.", ["number (213) 373-4253", "number +44 20 7946 0123"]],
    [
      "Ring (555) 201-0044, 555-201-0045 or +1 555 201 0046",
      ["number (555) 201-0044", "number 555-201-0045", "number +1 555 201 0046"],
    ],
    ["On 2026-05-02, 3/21/2026 or 4.5.26 then", ["date 2026-05-02", "date 3/21/2026", "date 4.5.26"]],
    ["March 3rd, 2026 and 12 April", ["date March 3rd, 2026", "date 12 April"]],
    ["el 3 de marzo de 2026", ["date 3 de marzo de 2026"]],
    ["في 3 مارس 2026", ["date 3 مارس 2026"]],
  ])("%s", (text, parts) => {
    expect(found(text)).toEqual(parts);
  });

  it.each(["It costs 12.50 at 9:40", "code 482913", "1.2.3.4.5.6", "version 10/2", "May I come? 3 people", ""])(
    "finds nothing in %j",
    (text) => {
      expect(found(text)).toEqual([]);
    },
  );

  it("keeps every character in its place", () => {
    const text = "a 2026-05-02 b (213) 373-4253 c";
    expect(
      copyableParts(text, OWN)
        .map((part) => part.text)
        .join(""),
    ).toBe(text);
  });

  it("leaves very long texts alone", () => {
    expect(copyableParts("2026-05-02 ".repeat(1_000), OWN)).toHaveLength(1);
  });
});
