/** The composer as the tests of writing find it, and the way there by keys. */
import type { Page } from "playwright/test";
import { connect, expect, messages } from "./fixtures.ts";
import type { Server } from "./fixtures.ts";
import { enter, tick } from "./keys.ts";
import type { AppDriver } from "./app-driver.ts";
import { READABLE, lastTextOf } from "./world.ts";

export const box = (page: Page) => page.getByRole("textbox", { name: "Message", exact: true });

/** Opens the first conversation and puts the caret into its composer, by keys. */
export async function openThread(app: AppDriver, server: Server): Promise<Page> {
  const page = await app.start();
  await connect(page, server);
  await enter(page, "option", new RegExp(lastTextOf(READABLE)));
  await expect(messages(page).first()).toBeVisible();
  await page.keyboard.press("r");
  await expect(box(page)).toBeFocused();
  return page;
}

/** Says that the contact agreed, where no provider does; until that is stored nothing can be sent. */
export async function permit(page: Page): Promise<void> {
  const gate = page.getByRole("group", { name: "This contact has no consent on record" });
  await tick(page, "checkbox", "I have their permission to text them", { within: gate });
  await expect(gate).toBeHidden();
}
