/** The date and time fields and their calendar, in all languages. */
import type { Page } from "playwright";
import { createTranslate } from "../../shared/i18n.ts";
import type { SpokenLanguage } from "../../shared/languages.ts";
import type { Shot } from "./shot-list.ts";

const WIDE = [1280, 800] as const;
const SMALL = [900, 600] as const;
const SPOKEN: readonly SpokenLanguage[] = [
  { language: "en", locale: "en-US" },
  { language: "es", locale: "es-ES" },
  { language: "ar", locale: "ar-EG" },
];

const LOOKS: readonly Pick<Shot, "size" | "schemes">[] = [
  { size: WIDE, schemes: ["light"] },
  { size: SMALL, schemes: ["dark"] },
];

function shotsIn({ language, locale }: SpokenLanguage): Shot[] {
  const t = createTranslate({ language, locale });
  const pick = async (page: Page) => {
    const row = page.locator('[role="option"][data-index="0"]');
    await row.waitFor();
    await row.focus();
    await page.keyboard.press("s");
    await page.getByRole("option", { name: t("snooze.pick") }).click();
    await page.getByRole("group", { name: t("snooze.when") }).waitFor();
  };
  const steps: readonly (readonly [string, Shot["steps"]])[] = [
    ["date-field", pick],
    [
      "date-calendar",
      async (page) => {
        await pick(page);
        await page.keyboard.press("Alt+ArrowDown");
        await page.getByRole("grid").waitFor();
      },
    ],
    [
      "date-wrong",
      async (page) => {
        await pick(page);
        // The past, in every calendar and order of parts.
        await page.locator('[role="spinbutton"][data-type="year"]').pressSequentially("2020");
        await page.getByRole("button", { name: t("snooze.submit"), exact: true }).click();
        await page.getByRole("dialog").getByRole("alert").waitFor();
      },
    ],
    [
      "date-quiet",
      async (page) => {
        await page.locator('[role="option"][data-index="0"]').focus();
        await page.keyboard.press("Control+,");
        await page.getByRole("checkbox", { name: t("settings.quiet") }).press("Space");
        await page
          .getByRole("group", { name: t("settings.from") })
          .getByRole("spinbutton")
          .first()
          .focus();
      },
    ],
  ];
  return steps.flatMap(([name, run]) =>
    LOOKS.map((how): Shot => ({
      name: `${language}-${name}`,
      scenario: "inbox",
      locale,
      ...how,
      ...(run === undefined ? {} : { steps: run }),
    })),
  );
}

export const dateShots: readonly Shot[] = SPOKEN.flatMap(shotsIn);
