/** Stored settings of any age read as valid ones, each field on its own. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Settings, SettingsInput, defaultSettings, readSettings } from "../../../shared/settings.ts";
import { fakeSettings } from "../../fakes/fake-settings.ts";

describe("readSettings", () => {
  it("begins with what the fakes of the window begin with", () => {
    expect(fakeSettings()).toEqual(defaultSettings());
  });

  it("begins with notifications on, nothing started at login", () => {
    expect(readSettings(null)).toEqual(defaultSettings());
    expect(defaultSettings()).toMatchObject({
      notifications: { enabled: true, privacy: "auto", quiet: { on: false } },
      desktop: { startAtLogin: false },
    });
  });

  it("keeps what is understood and replaces what is not", () => {
    const stored = { notifications: { enabled: false, privacy: "whisper", quiet: { on: true } }, desktop: 7, more: 1 };
    const { notifications, desktop } = readSettings(stored);
    expect(notifications).toEqual({ ...defaultSettings().notifications, enabled: false });
    expect(desktop).toEqual(defaultSettings().desktop);
  });

  it("gives back what was saved", () => {
    const chosen = defaultSettings();
    chosen.notifications.quiet = { on: true, from: 1_300, to: 360 };
    chosen.desktop.startAtLogin = true;
    expect(SettingsInput.parse(chosen)).toEqual(chosen);
    expect(readSettings(JSON.parse(JSON.stringify(chosen)))).toEqual(chosen);
  });

  it("is valid for any JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (notifications, desktop) => {
        expect(Settings.safeParse(readSettings({ notifications, desktop })).success).toBe(true);
        expect(Settings.safeParse(readSettings(notifications)).success).toBe(true);
      }),
    );
  });
});
