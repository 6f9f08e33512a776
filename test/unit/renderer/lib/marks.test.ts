import { describe, expect, it } from "vitest";
import { markedParts } from "../../../../renderer/lib/marks.ts";

const shape = (snippet: string, marks: [number, number][]) =>
  markedParts(snippet, marks)
    .map((part) => (part.isMarked ? `[${part.text}]` : part.text))
    .join("");

describe("markedParts", () => {
  it.each<[string, [number, number][], string]>([
    ["one two three", [[4, 7]], "one [two] three"],
    [
      "one two three",
      [
        [8, 13],
        [0, 3],
      ],
      "[one] two [three]",
    ],
    [
      "one two",
      [
        [0, 5],
        [3, 7],
      ],
      "[one t][wo]",
    ],
    ["one", [[1, 99]], "o[ne]"],
    [
      "one",
      [
        [7, 9],
        [2, 2],
      ],
      "one",
    ],
    ["a\u202Eb c", [[0, 3]], "[ab] c"],
  ])("cuts %j at %j", (snippet, marks, wanted) => {
    expect(shape(snippet, marks)).toBe(wanted);
  });
});
