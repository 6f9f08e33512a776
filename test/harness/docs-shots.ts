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
  ["first-sync-counting", "first-sync-counting"],
  ["needs-reply", "needs-reply"],
  ["nothing-done", "nothing-done"],
  ["nothing-open", "nothing-open"],
  ["no-conversations", "empty"],
  ["list-failed", "failed-list"],
  ["outbox-failed", "failed-outbox"],
  ["accounts-failed", "failed-accounts"],
  ["two-accounts", "two-accounts"],
  ["selection", "selection"],
  ["snooze", "snooze"],
  ["undo", "undo-toast"],
  ["thread-menu", "thread-menu"],
  ["thread-coming", "thread-coming"],
  ["thread-failed", "thread-failed"],
  ["right-to-left", "rtl-thread"],
  ["media", "media"],
  ["media-loading", "media-loading"],
  ["media-failed", "media-failed"],
  ["media-viewer", "media-viewer"],
  ["media-zoomed", "media-viewer-zoomed"],
  ["files", "files-draft"],
  ["files-refused", "files-refused"],
  ["files-drop", "files-drop"],
  ["files-outbox", "files-outbox"],
  ["no-sign-of-removals", "files-silent-provider"],
  ["removed-texts", "redactions"],
  ["unread-line", "timeline-unread"],
  ["new-messages", "timeline-newest"],
  ["gap", "timeline-gap"],
  ["gap-loading", "timeline-gap-loading"],
  ["gap-offline", "timeline-gap-offline"],
  ["jump-to-date", "jump-date"],
  ["contact-note", "contact-note"],
  ["contact-rename", "rename"],
  ["search-filters", "search-filters"],
  ["search-hint", "search-hint"],
  ["search-holes", "search-holes"],
  ["search-nothing", "search-none"],
  ["saved-replies", "writing-templates"],
  ["saved-reply-slash", "writing-slash"],
  ["saved-reply-edit", "template-dialog"],
  ["reply-gap", "writing-gap"],
  ["reply-too-long", "writing-too-long"],
  ["reply-segments", "writing-emoji-segments"],
  ["emoji", "writing-emoji"],
  ["emoji-search", "writing-emoji-search"],
  ["emoji-colon", "writing-colon"],
  ["send-later", "writing-later"],
  ["send-later-date", "writing-later-pick"],
  ["date-calendar", "en-date-calendar"],
  ["date-wrong", "en-date-wrong"],
  ["held-reply", "writing-crossed"],
  ["failed-reply", "failed-reply"],
  ["consent-ask", "consent-ask"],
  ["consent-confirmed", "consent-confirmed"],
  ["opted-out", "opted-out-here"],
  ["opt-out-ask", "opt-out-ask"],
  ["reply-window-open", "window-open"],
  ["reply-window-shut", "window-shut"],
  ["unknown-outcome", "unknown-outcome"],
  ["outbox", "outbox"],
  ["outbox-scheduled", "outbox-scheduled"],
  ["connect-refused", "connect-error"],
  ["accounts-trouble", "accounts"],
  ["accounts-undo", "accounts-undo"],
  ["replace-key", "replace-key"],
  ["sync-details", "sync-details"],
  ["storage-details", "storage-records"],
  ["settings-quiet-hours", "en-date-quiet"],
  ["settings-writing", "settings-writing"],
  ["settings-privacy", "privacy-on"],
  ["settings-privacy-off", "privacy-off"],
  ["settings-privacy-change", "privacy-change"],
  ["lock", "lock-screen"],
  ["lock-refused", "lock-refused"],
  ["lock-wait", "lock-wait"],
  ["lock-forgotten", "lock-forgotten"],
  ["support-report", "support-report"],
  ["import-names-start", "import-start"],
  ["import-names", "import-preview"],
  ["import-names-problem", "import-problem"],
  ["about", "about"],
  ["licences", "about-licences"],
  ["update-downloading", "update-downloading"],
  ["update-refused", "update-refused"],
  ["starting", "starting"],
  ["migrating", "migrating"],
  ["no-keyring", "no-keyring"],
  ["keyring-failed", "vault-failed"],
  ["data-of-newer-version", "future"],
  ["start-failed", "failed"],
  ["data-set-aside", "set-aside"],
  ["disk-full", "disk-full"],
  ["disk-error", "disk-error-at-start"],
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
