/** Every state once: the shots of one name, which differ in size and theme alone, belong together. */
import { languageShots } from "./language-shots.ts";
import { securityShots } from "./security-shots.ts";
import type { Shot } from "./shot-list.ts";
import { shots } from "./shot-list.ts";

export interface State {
  readonly name: string;
  readonly shots: readonly [Shot, ...Shot[]];
  /** Looked at in forced colours too, and with large text in a wide window as well. */
  readonly isMain: boolean;
}

/** One of each kind of screen, dialog, list, form and notice. */
const MAIN: ReadonlySet<string> = new Set(
  `
    inbox needs-reply selection undo-toast first-sync search-filters search-holes unknown-outcome redactions
    timeline-unread timeline-gap media media-viewer contact-panel files-draft files-refused files-drop
    writing-slash writing-templates writing-emoji writing-later writing-crossed consent-ask opt-out-ask
    template-dialog palette shortcuts snooze rename jump-date import-preview connect connect-error appearance
    notification-settings settings-writing privacy-on support-report about outbox outbox-scheduled accounts
    storage-records sync-details disk-full welcome lock-screen no-keyring en-date-field en-date-calendar
    en-date-quiet ar-date-calendar ar-inbox es-settings
  `
    .trim()
    .split(/\s+/),
);

export const allShots: readonly Shot[] = [...shots, ...languageShots, ...securityShots];

export const allStates: readonly State[] = [...new Set(allShots.map(({ name }) => name))].map((name) => {
  const [first, ...others] = allShots.filter((shot) => shot.name === name);
  return { name, shots: [first!, ...others], isMain: MAIN.has(name) };
});

for (const name of MAIN) {
  if (!allStates.some((state) => state.name === name)) throw new Error(`no state is called ${name}`);
}
