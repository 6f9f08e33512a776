/** The main screens in Spanish and Arabic; names are taken from the catalogue, so that no screen waits for English. */
import type { Page } from "playwright";
import { createTranslate } from "../../shared/i18n.ts";
import type { SpokenLanguage } from "../../shared/languages.ts";
import type { Shot } from "./shot-list.ts";

const WIDE = [1280, 800] as const;
const SMALL = [900, 600] as const;
const SPOKEN: readonly SpokenLanguage[] = [
  { language: "es", locale: "es-ES" },
  { language: "ar", locale: "ar-EG" },
];

const row = (page: Page, index: number) => page.locator(`[role="option"][data-index="${index}"]`);
const press =
  (...keys: readonly string[]) =>
  async (page: Page) => {
    await row(page, 0).focus();
    for (const key of keys) await page.keyboard.press(key);
  };

function shotsIn({ language, locale }: SpokenLanguage): Shot[] {
  const t = createTranslate({ language, locale });
  const open = (index: number) => async (page: Page) => {
    await row(page, index).click();
    await page.getByRole("log", { name: t("thread.label") }).waitFor();
  };
  const goTo = (name: string) => (page: Page) => page.getByRole("button", { name }).first().click();
  const steps: readonly (readonly [string, string, Shot["steps"]])[] = [
    ["inbox", "inbox", open(0)],
    ["unknown-outcome", "inbox", open(6)],
    ["contact-panel", "inbox", press("Enter", "i")],
    ["selection", "two_accounts", press("x", "Shift+ArrowDown", "Shift+ArrowDown")],
    ["shortcuts", "inbox", press("?")],
    ["snooze", "inbox", press("s")],
    ["settings", "two_accounts", press("Control+,")],
    ["outbox", "inbox", goTo(`${t("sidebar.outbox")}${t("common.separator")}${t("sidebar.waiting", { count: 3 })}`)],
    ["storage", "storage", goTo(t("storage.title"))],
    ["accounts", "trouble", press("g", "a")],
    ["first-sync", "first_sync", undefined],
    ["welcome", "welcome", undefined],
    [
      "connect",
      "welcome",
      async (page) => {
        await goTo(t("welcome.connect"))(page);
        await page.getByRole("dialog").getByRole("textbox").first().waitFor();
      },
    ],
  ];
  // Each screen once in either theme: the other pairs are looked at in English.
  return steps.flatMap(([name, scenario, run]) =>
    (
      [
        [WIDE, "light"],
        [SMALL, "dark"],
      ] as const
    ).map(([size, scheme]): Shot => ({
      name: `${language}-${name}`,
      scenario,
      size,
      schemes: [scheme],
      locale,
      ...(run === undefined ? {} : { steps: run }),
    })),
  );
}

export const languageShots: readonly Shot[] = SPOKEN.flatMap(shotsIn);
