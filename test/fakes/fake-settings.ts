/** The settings a fake starts from: written out, because zod must not run in a page. */
import type { Settings } from "../../shared/settings.ts";

export const fakeSettings = (): Settings => ({
  notifications: {
    enabled: true,
    privacy: "auto",
    quiet: { on: false, from: 20 * 60, to: 7 * 60 },
    mutedAccounts: [],
  },
  desktop: { closeToTray: true, startAtLogin: false },
  appearance: { theme: "system", density: "comfortable", textPercent: 100 },
});
