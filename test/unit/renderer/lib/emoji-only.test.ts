import emojis from "emojibase-data/en/compact.json" with { type: "json" };
import { describe, expect, it } from "vitest";
import { isEmojiOnly } from "../../../../renderer/lib/emoji-only.ts";

describe("a text of emoji only", () => {
  it("is every emoji there is, and three of them", () => {
    const all = emojis.flatMap(({ unicode, skins }) => [unicode, ...(skins ?? []).map((skin) => skin.unicode)]);
    const others = ["1\uFE0F\u20E3", "\u{1F1E9}\u{1F1EA}", "\u2139\uFE0F", "\u{1F600} \u{1F600}\u{1F600} "];
    expect(all.length).toBeGreaterThan(3_000);
    expect([...all, ...others].filter((emoji) => !isEmojiOnly(emoji))).toEqual([]);
  });

  it("is no other text", () => {
    for (const text of ["", "Hi", "12", "#", "3 5", "a\u{1F600}", "\u{1F600}!", "\u{1F600}".repeat(4)]) {
      expect(isEmojiOnly(text)).toBe(false);
    }
  });
});
