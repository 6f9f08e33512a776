/** What a person types as a search: filters, phrases, and one hint for what is not understood. */
import { describe, expect, it } from "vitest";
import { dayOf, isEmptySearch, parseSearch, startOf } from "../../../shared/search-query.ts";

const TODAY = { year: 2026, month: 3, day: 1 };
const parse = (typed: string) => parseSearch(typed, TODAY);
const hints = (typed: string) =>
  parse(typed).hints.map(({ kind, filter, value }) => `${kind} ${filter} ${value}`.trim());

describe("a typed search", () => {
  it("takes words, exact phrases and filters apart, in any order", () => {
    expect(parse('dentist from:"Anna Maria" "half past ten" account:desk is:unread has:media')).toEqual({
      words: ["dentist"],
      phrases: [["half", "past", "ten"]],
      text: "dentist half past ten",
      from: ["Anna Maria"],
      accounts: ["desk"],
      before: null,
      after: null,
      isUnread: true,
      hasMedia: true,
      hints: [],
    });
  });

  it.each([
    ["after:2026-03-01", { year: 2026, month: 3, day: 1 }],
    ["after:2026/3/1", { year: 2026, month: 3, day: 1 }],
    ["after:2025-12", { year: 2025, month: 12, day: 1 }],
    ["after:2024", { year: 2024, month: 1, day: 1 }],
    ["AFTER:Today", TODAY],
    ["after:yesterday", { year: 2026, month: 2, day: 28 }],
  ])("reads the day of %s", (typed, day) => {
    expect(parse(typed)).toMatchObject({ after: day, hints: [] });
  });

  it.each(["before:soon", "before:2026-02-30", "before:2026-13", "after:12", "after:1200-01-01", "after:2026-1-1-1"])(
    "does not narrow by %s, and says so",
    (typed) => {
      expect(parse(typed)).toMatchObject({ before: null, after: null });
      expect(hints(typed)).toEqual([`bad_date ${typed.replace(":", " ")}`]);
    },
  );

  it.each([
    ["fron:anna", "unknown_filter fron anna"],
    ["is:green", "bad_value is green"],
    ["has:cheese", "bad_value has cheese"],
    ["from: anna", "no_value from"],
    ["after:2026-03-02 before:2026-03-02", "empty_range before"],
  ])("hints at %s", (typed, hint) => {
    expect(hints(typed)).toEqual([hint]);
  });

  it("searches what is no filter as text", () => {
    expect(parse("fron:anna").words).toEqual(["fron", "anna"]);
    expect(parse("10:30 https://example.com a:b Re:hello").words).toEqual([
      "10",
      "30",
      "https",
      "example",
      "com",
      "a",
      "b",
      "Re",
      "hello",
    ]);
    expect(hints("10:30 https://example.com a:b Re:hello")).toEqual([]);
  });

  it("says nothing about a filter that is still being typed", () => {
    for (const typed of ["from:", "is:un", "has:m", "before:", 'from:"']) expect(hints(typed)).toEqual([]);
    expect(isEmptySearch(parse("from:"))).toBe(true);
  });

  it("ends an open quote at the end of the line", () => {
    expect(parse('"half past').phrases).toEqual([["half", "past"]]);
    expect(parse("“half past”").phrases).toEqual([["half", "past"]]);
  });

  it("knows where a day begins, through the changes of the clock", () => {
    for (const day of [TODAY, { year: 2026, month: 10, day: 25 }, { year: 2026, month: 3, day: 29 }]) {
      expect(dayOf(new Date(startOf(day)))).toEqual(day);
    }
  });
});
