import { describe, expect, it } from "vitest";
import { withoutQuote } from "../../../shared/quotes.ts";

describe("words without a removed text", () => {
  it("lose quotes only, never a coincidence", () => {
    expect(withoutQuote("ok", "ok")).toBe("");
    expect(withoutQuote("ok with me", "ok")).toBe("ok with me");
    expect(withoutQuote("a long enough text and more", "a long enough text")).toBe("and more");
    expect(withoutQuote("own words", "a long enough text")).toBe("own words");
  });
});
