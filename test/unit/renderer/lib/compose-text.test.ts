/** What the composer reads out of its text. */
import { describe, expect, it } from "vitest";
import { createFormat } from "../../../../renderer/lib/format.ts";
import { colonWord, slashWord, variableValues } from "../../../../renderer/lib/compose-text.ts";
import { fakeAccount, fakeConversation } from "../../../fakes/fake-data.ts";

describe("a word after a slash", () => {
  it.each([
    ["/", "", 0],
    ["/hou", "hou", 0],
    ["Hi /hou", "hou", 3],
    ["Hi\n/hou", "hou", 3],
    ["مرحبا /شكر", "شكر", 6],
  ])("of %j is %j", (text, query, start) =>
    expect(slashWord(text, text.length)).toEqual({ start, end: text.length, query }),
  );

  it.each(["", "hours", "and/or", "https://a.test/x", "1/2", "/two words", "//"])("%j has none", (text) =>
    expect(slashWord(text, text.length)).toBeNull(),
  );

  it("ends at the caret", () => expect(slashWord("/hours later", 4)).toEqual({ start: 0, end: 4, query: "hou" }));
});

describe("a word after a colon", () => {
  it.each([
    [":smi", "smi", 0],
    ["Hi :smi", "smi", 3],
    ["Hi\n:party_pop", "party pop", 3],
    ["(:thumbs-up", "thumbs up", 1],
    ["👍🏽:heart", "heart", 4],
    ["❤️:heart", "heart", 2],
    ["مرحبا :قلب", "قلب", 6],
    [":corazón", "corazón", 0],
  ])("of %j is %j", (text, query, start) =>
    expect(colonWord(text, text.length)).toEqual({ start, end: text.length, query }),
  );

  it.each([
    "",
    "smile",
    ":",
    ":s",
    ":)",
    ":D",
    ":-D",
    ":3",
    "10:30",
    "10:30am",
    "at 10:am",
    "https://a.test",
    "mailto:ana",
    "note:this",
    "::smile",
    ":two words",
    ":smile:",
  ])("%j has none", (text) => expect(colonWord(text, text.length)).toBeNull());

  it("ends at the caret", () => expect(colonWord(":smile later", 4)).toEqual({ start: 0, end: 4, query: "smi" }));

  it("may be long, but not endless", () => {
    const longest = `x :${"a".repeat(40)}`;
    expect(colonWord(longest, longest.length)?.start).toBe(2);
    expect(colonWord(`${longest}a`, longest.length + 1)).toBeNull();
    expect(colonWord(`x${longest.slice(2)}`, longest.length - 1)).toBeNull();
  });
});

describe("the values of a conversation", () => {
  const format = createFormat({ locale: "en-US", timeZone: "UTC" });
  const at = Date.UTC(2026, 3, 14, 16, 20);
  const row = fakeConversation(0, { now: at, seed: 7, accounts: [fakeAccount(1)] });

  it("are its own, dates in the reader's locale", () => {
    const values = variableValues({ ...row, contactName: "Dr. Dana Reyes", contactNumber: "+15552010000" }, at, format);
    expect(values).toMatchObject({
      "contact.firstName": "Dana",
      "contact.name": "Dr. Dana Reyes",
      "account.name": row.accountName,
      date: "Apr 14, 2026",
    });
    expect(values["contact.number"]).toBe("(555) 201-0000");
  });

  it("are unknown for a contact without a name", () => {
    expect(variableValues({ ...row, contactName: null }, at, format)).toMatchObject({
      "contact.firstName": null,
      "contact.name": null,
    });
  });
});
