import { describe, expect, it } from "vitest";
import { smsSegments } from "../../../../renderer/lib/sms-segments.ts";

describe("smsSegments", () => {
  it.each([
    ["", "gsm7", 0, 0, 160],
    ["a".repeat(160), "gsm7", 160, 1, 0],
    ["a".repeat(161), "gsm7", 161, 2, 145],
    ["a".repeat(306), "gsm7", 306, 2, 0],
    ["a".repeat(307), "gsm7", 307, 3, 152],
    ["é".repeat(160), "gsm7", 160, 1, 0],
    ["€".repeat(80), "gsm7", 160, 1, 0],
    ["€".repeat(81), "gsm7", 162, 2, 143],
    ["ş".repeat(70), "ucs2", 70, 1, 0],
    ["ş".repeat(71), "ucs2", 71, 2, 63],
    ["😀".repeat(35), "ucs2", 70, 1, 0],
  ] as const)("counts %#", (text, encoding, units, segments, remaining) => {
    expect(smsSegments(text)).toEqual({ encoding, units, segments, remaining });
  });

  it("does not let an extension character straddle two parts", () => {
    // 152 septets, then a two-septet character: it moves to the next part and leaves one septet unused
    expect(smsSegments("a".repeat(152) + "€" + "a".repeat(152)).segments).toBe(3);
  });

  it("does not let a surrogate pair straddle two parts", () => {
    expect(smsSegments("ş".repeat(66) + "😀" + "ş".repeat(66)).segments).toBe(3);
  });

  it("lets one character outside GSM decide for the whole text", () => {
    expect(smsSegments("a".repeat(100)).segments).toBe(1);
    expect(smsSegments("a".repeat(100) + "“").segments).toBe(2);
  });
});
