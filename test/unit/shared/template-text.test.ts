/** Saved replies: variables are filled once, and nobody else's words are ever taken for one. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { VariableValues } from "../../../shared/template-text.ts";
import { VARIABLES, cleanValue, fillTemplate, findGaps, firstNameOf } from "../../../shared/template-text.ts";
import { MAX_TEMPLATES, TemplateListInput, readTemplates } from "../../../shared/templates.ts";

const NOTHING: VariableValues = {
  "contact.firstName": null,
  "contact.name": null,
  "contact.number": null,
  "me.number": null,
  "account.name": null,
  date: null,
  time: null,
};
const SECRET = "+15550001111";
const values = (firstName: string): VariableValues => ({
  ...NOTHING,
  "contact.firstName": firstName,
  "me.number": SECRET,
});

describe("filling in", () => {
  it.each([
    ["Hi {{contact.firstName}}!", "Dana", "Hi Dana!"],
    ["Hi {{ contact.firstName }}!", "Dana", "Hi Dana!"],
    ["Hi {{contact.firstName|there}}!", "Dana", "Hi Dana!"],
    ["Hi {{contact.firstName|there}}!", "", "Hi there!"],
    ["Hi {{contact.firstName}}!", "", "Hi {{contact.firstName}}!"],
    ["Hi {{contact.firstName|}}!", "", "Hi {{contact.firstName|}}!"],
    ["Hi {{constructor|x}} {{nobody}}!", "Dana", "Hi {{constructor|x}} {{nobody}}!"],
    ["Call {{me.number}}", "Dana", `Call ${SECRET}`],
    ["{{contact.firstName}} {{contact.firstName}}", "$& $1", "$& $1 $& $1"],
  ])("%j for %j", (text, name, filled) => expect(fillTemplate(text, values(name))).toBe(filled));

  it("never takes a name for a variable, whatever it is", () => {
    const piece = fc.constantFrom(
      "{",
      "}",
      "{{",
      "}}",
      "{{me.number}}",
      "me.number",
      "|",
      "\n",
      "\u202e",
      "a",
      "{{x|y",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), fc.string(), (pieces, noise) => {
        const name = pieces.join("") + noise;
        const filled = fillTemplate("<{{contact.firstName|nobody}}>", values(name));
        expect(filled).not.toContain(SECRET);
        expect(findGaps(filled)).toEqual([]);
        expect(filled).not.toMatch(/[\n\r{}\u202e\u2066]/u);
      }),
    );
  });

  it("leaves no gap once every value is known", () => {
    const all = Object.fromEntries(VARIABLES.map((name) => [name, "known"])) as VariableValues;
    const text = VARIABLES.map((name) => `{{${name}}}`).join(" ");
    expect(findGaps(fillTemplate(text, all))).toEqual([]);
  });

  it("bounds what others chose to one short line", () => {
    expect(cleanValue(`a\r\nb${"x".repeat(500)}`)).toHaveLength(80);
    expect(cleanValue("a\r\nb")).toBe("a b");
  });
});

describe("what is still open", () => {
  it("is found where it stands", () => {
    const text = "Hi {{contact.firstName}}, {{date}} {single} {{a\nb}}";
    expect(findGaps(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      "{{contact.firstName}}",
      "{{date}}",
    ]);
  });
});

describe("a first name", () => {
  it.each([
    ["Dana Reyes", "Dana"],
    ["Dr. Dana Reyes", "Dana"],
    ["  José  María ", "José"],
    ["Jean-Luc P.", "Jean-Luc"],
    ["+1 555 0100", null],
    ["", null],
    [null, null],
  ])("of %j is %j", (name, first) => expect(firstNameOf(name)).toBe(first));
});

describe("the stored list", () => {
  const one = { id: "5b0a7c1e-0f5f-4a52-8f3f-0d1f8a5c7a01", name: "Hours", text: "We open at nine." };

  it("loses only what is not valid", () => {
    expect(readTemplates([one, null, { ...one, name: "" }, one, { ...one, id: "x" }])).toEqual([one]);
    expect(readTemplates("nonsense")).toEqual([]);
  });

  it("refuses doubles, too many and too long ones", () => {
    expect(TemplateListInput.safeParse([one]).success).toBe(true);
    expect(TemplateListInput.safeParse([one, one]).success).toBe(false);
    expect(TemplateListInput.safeParse([{ ...one, text: "x".repeat(2_001) }]).success).toBe(false);
    const many = Array.from({ length: MAX_TEMPLATES + 1 }, () => ({ ...one, id: crypto.randomUUID() }));
    expect(TemplateListInput.safeParse(many).success).toBe(false);
  });
});
