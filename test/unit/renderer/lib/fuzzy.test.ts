import { describe, expect, it } from "vitest";
import { fuzzyFilter, fuzzyScore } from "../../../../renderer/lib/fuzzy.ts";

const filter = (query: string, ...labels: string[]) => fuzzyFilter(labels, query, (label) => label);

describe("fuzzy matching", () => {
  it("wants every letter, in order", () => {
    expect(fuzzyScore("snz", "Snooze")).not.toBeNull();
    expect(fuzzyScore("szn", "Snooze")).toBeNull();
    expect(fuzzyScore("snoozee", "Snooze")).toBeNull();
  });

  it("puts whole beginnings and first letters of words before letters inside", () => {
    expect(filter("pin", "Keep in mind", "Pin, or unpin")).toEqual(["Pin, or unpin", "Keep in mind"]);
    expect(filter("gn", "Mark as going", "Go to Needs reply")[0]).toBe("Go to Needs reply");
    expect(filter("sync", "Snooze until they reply, or not, cancel", "Sync now")[0]).toBe("Sync now");
  });

  it("does not care for case, accents and spaces", () => {
    expect(filter("go done", "Go to Done")).toEqual(["Go to Done"]);
    expect(filter("resume", "Résumé")).toEqual(["Résumé"]);
  });

  it("keeps the order when nothing is typed", () => {
    expect(filter(" ", "b", "a")).toEqual(["b", "a"]);
  });
});
