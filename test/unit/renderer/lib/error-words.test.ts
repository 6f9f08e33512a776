import { describe, expect, it } from "vitest";
import { errorSentence, errorWords } from "../../../../renderer/lib/error-words.ts";
import { APP_ERROR_CODES } from "../../../../shared/errors.ts";

describe("the words for errors", () => {
  it.each(APP_ERROR_CODES)("%s says what happened and what to do, in plain words", (code) => {
    const { what, todo } = errorWords(code);
    for (const sentence of [what, todo]) {
      expect(sentence).toMatch(/^[A-Z“].*\.$/);
      expect(sentence).not.toMatch(/undefined|null|\b(401|403|404|429|5\d\d|HTTP|JSON|exception)\b|_/);
    }
  });

  it("gives every connect problem its own words", () => {
    const codes = [
      "key_refused",
      "scope_missing",
      "wrong_address",
      "tls_failed",
      "timeout",
      "not_json",
      "redirected",
      "unreachable",
      "offline",
      "rate_limited",
    ];
    expect(new Set(codes.map((code) => errorSentence({ code, detail: {} }))).size).toBe(codes.length);
  });

  it("names the missing scope, the host, the reason and the limit", () => {
    expect(errorWords("scope_missing", { scope: "conversations:read" }).what).toContain("conversations:read");
    expect(errorWords("unreachable", { host: "api.example" }).what).toBe("api.example cannot be reached.");
    expect(errorWords("rejected", { reason: "too many links" }).what).toContain("too many links");
    expect(errorWords("text_too_long", { max: "1600" }).what).toContain("1600");
  });

  it("has words for a code it does not know, also a hostile one", () => {
    for (const code of ["nonsense", "__proto__", "constructor"])
      expect(errorWords(code)).toEqual(errorWords("internal"));
  });
});
