import { describe, expect, it } from "vitest";
import { charactersOf, findPassedLimit } from "../../../shared/text-limit.ts";

describe("a text against its provider's limit", () => {
  it("fits up to the last character, and not one more", () => {
    expect(findPassedLimit("agentmessage", "x".repeat(1_600))).toBeNull();
    expect(findPassedLimit("agentmessage", "x".repeat(1_601))).toBe(1_600);
    expect(findPassedLimit("vobiz", "x".repeat(4_097))).toBe(4_096);
  });

  it("is counted in characters, without the blanks around it", () => {
    expect(charactersOf("  👋🏽 hi\n")).toBe(5);
    expect(findPassedLimit("quo", ` ${"👋".repeat(1_600)} `)).toBeNull();
  });

  it("has none where none is documented", () => {
    expect(findPassedLimit("twilio", "x".repeat(20_000))).toBeNull();
  });
});
