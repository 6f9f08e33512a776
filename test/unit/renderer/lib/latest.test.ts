/** Answers that come in another order than their questions. */
import { describe, expect, it } from "vitest";
import { createLatest, withMember } from "../../../../renderer/lib/latest.ts";

function setUp() {
  const told: unknown[] = [];
  const latest = createLatest<string>(
    (answer) => told.push(answer),
    (error) => told.push(error),
  );
  return { latest, told };
}

describe("the latest answer", () => {
  it("is told, and an older one that comes after it is not", async () => {
    const { latest, told } = setUp();
    const slow = Promise.withResolvers<string>();
    const first = latest.ask(() => slow.promise);
    await latest.ask(async () => "new");
    slow.resolve("old");
    await first;
    expect(told).toEqual(["new"]);
  });

  it("is told while a newer question is on its way: where one follows the other, none would be answered", async () => {
    const { latest, told } = setUp();
    const [first, second] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
    const asked = [latest.ask(() => first.promise), latest.ask(() => second.promise)];
    first.resolve("first");
    await asked[0];
    expect(told).toEqual(["first"]);
    second.resolve("second");
    await asked[1];
    expect(told).toEqual(["first", "second"]);
  });

  it("may be a failure; an old failure is as old as an old answer", async () => {
    const { latest, told } = setUp();
    const slow = Promise.withResolvers<string>();
    const first = latest.ask(() => slow.promise);
    const broken = new Error("offline");
    await latest.ask(() => Promise.reject(broken));
    slow.reject(new Error("old"));
    await first;
    expect(told).toEqual([broken]);
  });

  it("is dropped when something newer came another way", async () => {
    const { latest, told } = setUp();
    const slow = Promise.withResolvers<string>();
    const asked = latest.ask(() => slow.promise);
    latest.overtake();
    slow.resolve("old");
    await asked;
    expect(told).toEqual([]);
  });
});

describe("withMember", () => {
  it("makes another set and leaves the first", () => {
    const set = new Set([1, 2]);
    expect([withMember(set, 3, true), withMember(set, 2, false), withMember(set, 9, false)]).toEqual([
      new Set([1, 2, 3]),
      new Set([1]),
      new Set([1, 2]),
    ]);
    expect(set).toEqual(new Set([1, 2]));
  });
});
