/** The halves of a file's name where its middle does not fit. */
import { describe, expect, it } from "vitest";
import { halvesOf } from "../../../../renderer/lib/file-words.ts";

describe("a file's name in two", () => {
  it.each([
    "Treatment plan for the spring, third version.docx",
    "ends-with-a-dot-and-nothing.",
    "تقرير المبيعات للربع الثالث.pdf",
  ])("%j keeps its end", (name) => {
    const [head, tail] = halvesOf(name);
    expect(head + tail).toBe(name);
    expect([...new Intl.Segmenter().segment(tail)]).toHaveLength(10);
    expect(tail).toContain(name.slice(name.lastIndexOf(".")));
  });

  it.each(["", "a.png", "12345678901", "plan.docx"])("%j stays as a whole", (name) =>
    expect(halvesOf(name)).toEqual(["", name]),
  );

  it("tears no letter from its marks, and no emoji apart", () => {
    const name = `${"e\u0301".repeat(20)}👩‍👩‍👧‍👦${"e\u0301".repeat(5)}.png`;
    const [head, tail] = halvesOf(name);
    expect(head).toBe("e\u0301".repeat(20));
    expect(tail).toBe(name.slice(head.length));
  });
});
