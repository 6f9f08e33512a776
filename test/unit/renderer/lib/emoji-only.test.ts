import emojis from "emojibase-data/en/compact.json" with { type: "json" };
import { describe, expect, it } from "vitest";
import { isEmojiOnly } from "../../../../renderer/lib/emoji-only.ts";

/** Testing against all the emoji there are takes milliseconds each. */
const EVERY = 23;

describe("a text of emoji only", () => {
  it("is an emoji of any kind, and three of them", () => {
    const all = emojis.flatMap(({ unicode, skins }) => [unicode, ...(skins ?? []).map((skin) => skin.unicode)]);
    const kinds = ["1\uFE0F\u20E3", "#\uFE0F\u20E3", "\u{1F1E9}\u{1F1EA}", "\u{1F3FD}", "\u2764\uFE0F", "\u2139\uFE0F"];
    const rgi = /^\p{RGI_Emoji}$/v;
    const some = all.filter((_, index) => index % EVERY === 0).filter((emoji) => rgi.test(emoji));
    expect(some.length).toBeGreaterThan(100);
    expect([...kinds, ...some].filter((emoji) => !isEmojiOnly(emoji))).toEqual([]);
    expect(isEmojiOnly("\u{1F600} \u{1F600}\u{1F600} ")).toBe(true);
  });

  it("is no other text", () => {
    for (const text of ["", "Hi", "12", "#", "a\u{1F600}", "\u{1F600}".repeat(4)])
      expect(isEmojiOnly(text)).toBe(false);
  });
});
