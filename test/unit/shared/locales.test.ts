/** The three languages against each other and against the source; and proof that each check finds a planted fault. */
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createTranslate, RESOURCES } from "../../../shared/i18n.ts";
import { LANGUAGES } from "../../../shared/languages.ts";
import { readSources } from "../../architecture/modules.ts";
import {
  checkCalls,
  checkNames,
  checkPlurals,
  checkUnused,
  checkWriting,
  compareLanguages,
  flatten,
} from "../../helpers/catalogue.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url)).replace(/[\\/]$/, "");
const flat = Object.fromEntries(LANGUAGES.map((language) => [language, flatten(RESOURCES[language])]));
const english = flat["en"]!;
/** Every source is parsed: seconds where the machine has other work. */
const PARSING_MS = 60_000;
const sources = readSources(root, ["renderer", "electron", "shared"]);
const others = LANGUAGES.filter((language) => language !== "en");

/** Words that are rightly the same everywhere: names, and sentences of nothing but variables and marks. */
const isWordless = (words: string) => !/\p{L}/u.test(words.replace(/\{\{\w+\}\}|Threadkeep|WhatsApp|PIN|[KMGT]B/g, ""));
/** Spanish shares single words with English. */
const SHARED = new Set(["es: No", "es: Normal", "es: Error", "es: Audio", "es: General", "ar: Enter"]);

describe("the catalogue", () => {
  it.each(LANGUAGES)("in %s knows every file of its folder", (language) => {
    const files = readdirSync(`${root}/shared/locales/${language}`).map((name) => name.replace(/\.json$/, ""));
    const areas = Object.keys(RESOURCES[language]).map((area) =>
      area.replace(/[A-Z]/g, (big) => `-${big.toLowerCase()}`),
    );
    expect(areas.toSorted()).toEqual(files.toSorted());
  });

  it.each(others)("in %s has the keys and variables of English", (language) => {
    expect(compareLanguages(english, flat[language]!, language)).toEqual([]);
  });

  it.each(LANGUAGES)("in %s has every plural form its numbers need, and no other", (language) => {
    expect(checkPlurals(flat[language]!, language)).toEqual([]);
  });

  it.each(LANGUAGES)("in %s is written cleanly", (language) => {
    expect(checkWriting(flat[language]!, language)).toEqual([]);
  });

  it.each(LANGUAGES)("in %s names buttons by what is seen on them", (language) => {
    expect(checkNames(flat[language]!, language)).toEqual([]);
  });

  it.each(others)("in %s is translated", (language) => {
    const same = [...flat[language]!].filter(([key, words]) => words === english.get(key) && !isWordless(words));
    expect(same.filter(([, words]) => !SHARED.has(`${language}: ${words}`))).toEqual([]);
  });

  it(
    "has no word that nobody asks for",
    () => {
      expect(checkUnused(english, sources)).toEqual([]);
    },
    PARSING_MS,
  );

  it(
    "is asked with every variable",
    () => {
      expect(checkCalls(english, sources)).toEqual([]);
    },
    PARSING_MS,
  );
});

describe("Arabic numbers", () => {
  const t = createTranslate({ language: "ar", locale: "ar-AE" });

  it.each([
    [0, "لا نتائج"],
    [1, "نتيجة واحدة"],
    [2, "نتيجتان"],
    [3, "3 نتائج"],
    [10, "10 نتائج"],
    [11, "11 نتيجة"],
    [99, "99 نتيجة"],
    [100, "100 نتيجة"],
    [102, "102 نتيجة"],
    [103, "103 نتائج"],
    [1_000, "1,000 نتيجة"],
  ])("%i results read as an Arab would say it", (count, words) => {
    expect(t("search.count", { count })).toBe(words);
  });

  it("take the digits of the region", () => {
    const egypt = createTranslate({ language: "ar", locale: "ar-EG" });
    expect(egypt("search.count", { count: 1_234 })).toBe("١٬٢٣٤ نتيجة");
  });

  it("and Latin names are kept apart from the sentence, so that they cannot turn it", () => {
    expect(t("outboxView.to", { contact: "+1 555 0100" })).toBe("إلى \u2068+1 555 0100\u2069");
    expect(createTranslate({ language: "es", locale: "es" })("outboxView.to", { contact: "+1 555 0100" })).toBe(
      "Para +1 555 0100",
    );
  });
});

describe("a word with a stranger's text in it", () => {
  it("shows the text as it is: nothing is escaped, nested or formatted", () => {
    const t = createTranslate({ language: "en", locale: "en" });
    const hostile = '<b>{{query}} $t(common.close) {{count}} & "it\'s"';
    expect(t("search.none", { query: hostile })).toBe(`Nothing found for “${hostile}”`);
  });
});

describe("planted faults", () => {
  const en = new Map([
    ["a.title", "Title"],
    ["a.of", "{{done}} of {{total}}"],
    ["a.count_one", "{{count}} text"],
    ["a.count_other", "{{count}} texts"],
  ]);
  const es = (change: Record<string, string | null>) => {
    const good = { "a.title": "Título", "a.of": "{{done}} de {{total}}", "a.count_one": "{{count}} texto" };
    const rest = { "a.count_many": "{{count}} textos", "a.count_other": "{{count}} textos" };
    return new Map(
      Object.entries({ ...good, ...rest, ...change }).filter((entry): entry is [string, string] => entry[1] !== null),
    );
  };

  it("the good one passes", () => {
    expect([
      ...compareLanguages(en, es({}), "es"),
      ...checkPlurals(es({}), "es"),
      ...checkWriting(es({}), "es"),
    ]).toEqual([]);
  });

  it.each([
    ["a missing key", { "a.title": null }],
    ["a key too many", { "a.more": "Más" }],
    ["a missing variable", { "a.of": "{{done}}" }],
    ["an unknown variable", { "a.of": "{{done}} de {{totl}} {{total}}" }],
  ])("%s is found", (_name, change) => {
    expect(compareLanguages(en, es(change), "es")).toHaveLength(1);
  });

  it.each([
    ["a missing form", { "a.count_many": null }],
    ["a form the language never uses", { "a.count_few": "{{count}} textos" }],
    ["a form that hides its number", { "a.count_other": "textos" }],
  ])("%s is found", (_name, change) => {
    expect(checkPlurals(es(change), "es")).toHaveLength(1);
  });

  it.each(["", " Título", "<b>Título</b>", "Título {{", "¿Seguro ?"])("careless writing (%j) is found", (words) => {
    expect(checkWriting(es({ "a.title": words }), "es").length).toBeGreaterThan(0);
  });

  it("a name without what is seen is found", () => {
    const named = (name: string) =>
      new Map([
        ["a.retry", "Reintentar"],
        ["a.retryOf", name],
      ]);
    expect(checkNames(named("Reintentar {{name}}"), "es")).toEqual([]);
    expect(checkNames(named("Otra vez {{name}}"), "es")).toHaveLength(1);
  });

  it("an unused key, a call without its variable, with a wrong one, and for no key are found", () => {
    const source = (text: string) => new Map([["renderer/a.ts", text]]);
    const used = 't("a.title"); t(`a.${which}`, { count }); t("a.of", { done, total });';
    expect(checkUnused(en, source(used))).toEqual([]);
    expect(checkUnused(en, source('t("a.title"); t("a.of", { done, total });'))).toEqual(["a.count is not used"]);
    expect(checkCalls(en, source(used))).toEqual([]);
    expect(checkCalls(en, source('t("a.of", { done });'))).toHaveLength(1);
    expect(checkCalls(en, source('t("a.title", { done });'))).toHaveLength(1);
    expect(checkCalls(en, source('t("a.gone");'))).toHaveLength(1);
  });
});
