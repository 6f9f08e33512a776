/** The classifier against the labelled texts, and what it must never do whatever it is given. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { optOutWish } from "../../../shared/opt-out-wish.ts";

const read = (name: string) =>
  readFileSync(new URL(`../../fixtures/opt-out/${name}.txt`, import.meta.url), "utf8")
    .trim()
    .split("\n");
const asks = read("asks");
const others = read("does-not");

describe("the labelled texts", () => {
  it("are many, and none stands on both sides", () => {
    expect(asks.length).toBeGreaterThanOrEqual(150);
    expect(others.length).toBeGreaterThanOrEqual(150);
    expect(asks.filter((text) => others.includes(text))).toEqual([]);
  });

  it("are told apart: recall and precision of at least 97 in 100", () => {
    const missed = asks.filter((text) => optOutWish(text) === null);
    const wrong = others.filter((text) => optOutWish(text) !== null);
    expect({ missed, recall: 1 - missed.length / asks.length >= 0.97 }).toMatchObject({ recall: true });
    const found = asks.length - missed.length;
    expect({ wrong, precision: found / (found + wrong.length) >= 0.97 }).toMatchObject({ precision: true });
  });

  it.each(["Cancel my appointment please", "don't stop", "stop by the shop at 5", "No dejen de enviarme las ofertas"])(
    "never takes %j for a wish",
    (text) => expect(optOutWish(text)).toBeNull(),
  );

  it.each([
    "please stop texting me",
    "remove me from your list",
    "no more messages pls",
    "STOPP",
    "no me escriban más",
  ])("never misses %j", (text) => expect(optOutWish(text)).toBe("near"));

  it.each(["STOP", "Stop.", " stop ", "UNSUBSCRIBE", "Cancel", "stop all"])("leaves the keyword %j alone", (text) =>
    expect(optOutWish(text)).toBe("keyword"),
  );
});

describe("any text", () => {
  it("gets an answer that neither case, spaces nor end marks change", () => {
    fc.assert(
      fc.property(fc.constantFrom(...asks, ...others), fc.constantFrom("!", "...", "  ", "\n", " 🙏"), (text, end) => {
        expect(optOutWish(`  ${text.toUpperCase()}${end}`)).toBe(optOutWish(text));
      }),
    );
  });

  it("however long and repetitive, is looked at in bounded work", () => {
    // A rule that backtracks without bound would not come back from this.
    for (const unit of ["stop ", "no quiero mas ", "stop sending me these ", "لا اريد المزيد من "]) {
      expect(["near", null]).toContain(optOutWish(unit.repeat(50_000)));
    }
  });
});
