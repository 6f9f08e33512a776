/** The states shown in docs/screenshots that the sample inbox cannot be brought into: by their names there. */
import type { Page } from "playwright";
import { securityShots } from "./security-shots.ts";
import type { Shot } from "./shot-list.ts";
import { shots } from "./shot-list.ts";

const SIZES = [
  [1280, 800],
  [900, 600],
] as const;

/** Name of the picture, name in the list of all states. */
const CHOSEN: readonly (readonly [string, string])[] = [
  ["first-sync", "first-sync"],
  ["needs-reply", "needs-reply"],
  ["nothing-done", "nothing-done"],
  ["selection", "selection"],
  ["snooze", "snooze"],
  ["undo", "undo-toast"],
  ["media", "media"],
  ["media-viewer", "media-viewer"],
  ["files", "files-draft"],
  ["files-refused", "files-refused"],
  ["removed-texts", "redactions"],
  ["unread-line", "timeline-unread"],
  ["gap", "timeline-gap"],
  ["jump-to-date", "jump-date"],
  ["contact-note", "contact-note"],
  ["search-filters", "search-filters"],
  ["search-holes", "search-holes"],
  ["saved-replies", "writing-templates"],
  ["saved-reply-slash", "writing-slash"],
  ["saved-reply-edit", "template-dialog"],
  ["emoji", "writing-emoji"],
  ["send-later", "writing-later"],
  ["send-later-date", "writing-later-pick"],
  ["held-reply", "writing-crossed"],
  ["opted-out", "opted-out-here"],
  ["opt-out-ask", "opt-out-ask"],
  ["reply-window-shut", "window-shut"],
  ["unknown-outcome", "unknown-outcome"],
  ["outbox", "outbox"],
  ["outbox-scheduled", "outbox-scheduled"],
  ["accounts-trouble", "accounts"],
  ["sync-details", "sync-details"],
  ["storage-details", "storage-records"],
  ["settings-writing", "settings-writing"],
  ["settings-privacy", "privacy-on"],
  ["lock", "lock-screen"],
  ["support-report", "support-report"],
  ["import-names", "import-preview"],
  ["about", "about"],
  ["no-keyring", "no-keyring"],
];

const row = (page: Page, index: number) => page.locator(`[role="option"][data-index="${index}"]`);
const press =
  (...keys: readonly string[]) =>
  async (page: Page) => {
    await row(page, 0).focus();
    for (const key of keys) await page.keyboard.press(key);
  };

const OWN: readonly Omit<Shot, "size">[] = [
  { name: "unread", scenario: "inbox", steps: press("g", "u") },
  { name: "nothing-snoozed", scenario: "inbox", steps: press("g", "s") },
  {
    name: "offline",
    scenario: "inbox",
    async steps(page) {
      await row(page, 0).click();
      await page.getByRole("log", { name: "Messages" }).waitFor();
      await page.evaluate(() =>
        window.fake.setSync([
          { accountId: 1 as never, phase: { kind: "offline" }, lastCompletedAt: 1_776_171_600_000 },
        ]),
      );
      await page.getByRole("status", { name: "Sync status" }).filter({ hasText: "Offline" }).waitFor();
    },
  },
];

function known(name: string): Shot {
  const found = [...shots, ...securityShots].find((shot) => shot.name === name);
  if (found === undefined) throw new Error(`no state is called ${name}`);
  return found;
}

export const docsShots: readonly Shot[] = [...CHOSEN.map(([name, from]) => ({ ...known(from), name })), ...OWN].flatMap(
  (shot) => SIZES.map((size) => ({ ...shot, size })),
);
