/** Which language is spoken: the choice, the computer's, English; and that a choice reaches everything at once. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { createLanguage } from "../../../../electron/app/language.ts";
import { speak, t } from "../../../../electron/i18n.ts";
import { createMenuLabels } from "./menu-labels.ts";
import type { LanguageChoice } from "../../../../shared/languages.ts";
import { chooseLanguage } from "../../../../shared/languages.ts";

// The template needs no Electron, but the module that installs it does.
vi.mock("electron", () => ({ Menu: {} }));

afterEach(() => speak({ language: "en", locale: "en" }));

describe("the language", () => {
  it.each([
    ["system", ["es-MX", "en-US"], { language: "es", locale: "es-MX" }],
    ["system", ["fr-FR", "ar-EG", "en-US"], { language: "ar", locale: "ar-EG" }],
    ["system", ["fr-FR"], { language: "en", locale: "en" }],
    ["system", ["C", "", "not a locale"], { language: "en", locale: "en" }],
    ["system", [], { language: "en", locale: "en" }],
    ["es", ["en-GB"], { language: "es", locale: "es" }],
    ["es", ["en-GB", "es-AR"], { language: "es", locale: "es-AR" }],
    ["en", ["ar-SA", "en-GB"], { language: "en", locale: "en-GB" }],
  ] as const)("of %s on a computer that speaks %j", (choice, preferred, expected) => {
    expect(chooseLanguage(choice, preferred)).toEqual(expected);
  });

  it("is spoken from the start, changes at once, is kept, and whoever shows words is told", () => {
    let kept: LanguageChoice = "es";
    const told: string[] = [];
    const language = createLanguage({
      file: { language: () => kept, setLanguage: (choice) => void (kept = choice) },
      preferred: () => ["en-US"],
      onChanged: (view) => void told.push(`${view.choice} ${view.locale} ${t("tray.open")}`),
    });
    expect(t("tray.open")).toBe("Abrir Threadkeep");
    expect(told).toEqual([]);
    expect(language.choose("ar")).toEqual({ choice: "ar", language: "ar", locale: "ar" });
    expect(kept).toBe("ar");
    expect(language.choose("system")).toEqual({ choice: "system", language: "en", locale: "en-US" });
    expect(told).toEqual(["ar ar فتح Threadkeep", "system en-US Open Threadkeep"]);
  });
});

describe("the menu", () => {
  it.each(["darwin", "win32", "linux"] as const)(
    "on %s has words of its own for every item, in every language",
    (platform) => {
      const english = createMenuLabels(platform, "en");
      expect(english.every(({ label }) => label !== "")).toBe(true);
      for (const language of ["es", "ar"] as const) {
        const labels = createMenuLabels(platform, language);
        expect(labels.map(({ what }) => what)).toEqual(english.map(({ what }) => what));
        const same = labels.filter(({ label }, index) => label === english[index]?.label && label !== "Threadkeep");
        expect(same).toEqual([]);
      }
    },
  );
});
