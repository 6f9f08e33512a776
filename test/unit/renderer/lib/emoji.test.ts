/** Which emoji are found and offered, in which order, over the real data in the languages it has. */
import { describe, expect, it } from "vitest";
import { findEmoji, loadEmoji, suggestEmoji, withRecent } from "../../../../renderer/lib/emoji.ts";

const en = await loadEmoji("en");
const es = await loadEmoji("es");
const first = (query: string, recent: readonly string[] = [], all = en) => suggestEmoji(all, query, recent)[0]?.text;

describe("while typing", () => {
  it.each([
    ["heart", "❤️"],
    ["fire", "🔥"],
    ["thumbs up", "👍️"],
    ["party", "🎉"],
    ["PIZZA", "🍕"],
  ])("%j offers %s first", (query, text) => expect(first(query)).toBe(text));

  it("offers by the words of the language spoken, however accents are typed", () => {
    expect(first("corazon roj", [], es)).toBe("❤️");
    expect(first("corazón roj", [], es)).toBe("❤️");
    expect(first("pulgar", [], es)).toBe("👍️");
  });

  it("offers what was used lately first, in whatever skin, and nothing that does not fit", () => {
    expect(first("heart", ["😻", "🔥"])).toBe("😻");
    expect(first("hand", ["👌🏽"])).toBe("👌");
    expect(suggestEmoji(en, "qwertz", ["😻"])).toEqual([]);
  });

  it("offers the same as the search, in another order", () => {
    const sorted = (texts: readonly { text: string }[]) => texts.map(({ text }) => text).toSorted();
    for (const query of ["he", "smile", "flag"]) {
      expect(sorted(suggestEmoji(en, query, []))).toEqual(sorted(findEmoji(en, query)));
    }
  });
});

describe("those used last", () => {
  it("begin with the newest, hold each once, and are no more than two dozen", () => {
    expect(withRecent(["a", "b", "c"], "c")).toEqual(["c", "a", "b"]);
    const many = Array.from({ length: 24 }, (_, index) => `${index}`);
    expect(withRecent(many, "new")).toEqual(["new", ...many.slice(0, 23)]);
  });
});
