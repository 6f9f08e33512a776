/** The connect form as a person without a mouse fills it, for each of the five providers. */
import type { Page } from "playwright/test";
import { expect } from "./fixtures.ts";
import { choose, command, enter, typeInto } from "./keys.ts";

export interface Desk {
  /** As the form names the provider. */
  readonly label: string;
  /** By the labels of the form's fields. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly url: string;
  readonly name: string;
}

/** From the welcome screen, or from anywhere else by the palette; ends when the form has closed. */
export async function connectByKeys(page: Page, desk: Desk): Promise<void> {
  const first = page.getByRole("button", { name: "Explore with sample data" });
  const settled = first.or(page.getByRole("navigation", { name: "Inboxes" }));
  await settled.waitFor();
  if (await first.isVisible()) await enter(page, "button", "Connect an account");
  else await command(page, "connect an account");
  const within = page.getByRole("dialog", { name: "Connect an account" });
  await within.waitFor();
  await choose(page, "Provider", desk.label, { within });
  for (const [label, value] of Object.entries(desk.credentials)) await typeInto(page, label, value, { within });
  await typeInto(page, "API base URL", desk.url, { within });
  await typeInto(page, "Account name", desk.name, { within });
  await enter(page, "button", "Connect", { within });
  await expect(within).toBeHidden();
}
