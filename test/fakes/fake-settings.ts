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
  composer: { sendKey: "enter", skinTone: 0, recentEmoji: [] },
  spelling: { on: true, languages: [] },
  appearance: { theme: "system", density: "comfortable", textPercent: 100 },
  privacy: { lockIdleMinutes: 15, lockOnSleep: true, lockOnScreenLock: true, hideFromCapture: false },
});
