/**
 * What a person can choose about notifications, the desktop and the look, with the values it starts from.
 *
 * Schemas and defaults; no I/O. Invariant: any stored value, also of an older or newer version, reads as valid
 * settings, each field on its own.
 */
import { z } from "zod";
import {
  ComposerInput,
  ComposerSettings,
  SpellingInput,
  SpellingSettings,
  defaultComposer,
  defaultSpelling,
} from "./composer-settings.ts";
import { AccountId } from "./domain.ts";
import { PrivacyInput, PrivacySettings, defaultPrivacy } from "./lock.ts";
import { THEMES } from "./themes.ts";

/** `auto`: the text, but only who wrote where the provider removes texts after a time. */
export const NotificationPrivacy = z.enum(["auto", "full", "sender", "nothing"]);
export type NotificationPrivacy = z.infer<typeof NotificationPrivacy>;

const MINUTES_PER_DAY = 1_440;
/** Minutes since local midnight. */
const MinuteOfDay = z
  .int()
  .min(0)
  .max(MINUTES_PER_DAY - 1);

/** From `from` until just before `to`, over midnight where `to` is the smaller. */
const quiet = { on: z.boolean(), from: MinuteOfDay, to: MinuteOfDay };
const notifications = {
  enabled: z.boolean(),
  privacy: NotificationPrivacy,
  mutedAccounts: z.array(AccountId).max(1_000),
};
/** `closeToTray`: closing the window keeps the app running in the tray. */
const desktop = { closeToTray: z.boolean(), startAtLogin: z.boolean() };

export const NotificationSettings = z.object({ ...notifications, quiet: z.object(quiet) });
export type NotificationSettings = z.infer<typeof NotificationSettings>;

export const DesktopSettings = z.object(desktop);
export type DesktopSettings = z.infer<typeof DesktopSettings>;

const appearance = {
  theme: z.enum(THEMES),
  density: z.enum(["comfortable", "compact"]),
  /** Per cent of the system's own text size. */
  textPercent: z.int().min(90).max(200),
};

export const AppearanceSettings = z.object(appearance);
export type AppearanceSettings = z.infer<typeof AppearanceSettings>;

export const Settings = z.object({
  notifications: NotificationSettings,
  desktop: DesktopSettings,
  appearance: AppearanceSettings,
  composer: ComposerSettings,
  spelling: SpellingSettings,
  privacy: PrivacySettings,
});
export type Settings = z.infer<typeof Settings>;

/** The same as it comes in: what is not named is refused. */
export const SettingsInput = z.strictObject({
  notifications: z.strictObject({ ...notifications, quiet: z.strictObject(quiet) }),
  desktop: z.strictObject(desktop),
  appearance: z.strictObject(appearance),
  composer: ComposerInput,
  spelling: SpellingInput,
  privacy: PrivacyInput,
});

export const defaultSettings = (): Settings => ({
  notifications: {
    enabled: true,
    privacy: "auto",
    quiet: { on: false, from: 20 * 60, to: 7 * 60 },
    mutedAccounts: [],
  },
  desktop: { closeToTray: true, startAtLogin: false },
  appearance: { theme: "system", density: "comfortable", textPercent: 100 },
  composer: defaultComposer(),
  spelling: defaultSpelling(),
  privacy: defaultPrivacy(),
});

/** Stored JSON as settings; what is missing or not understood takes its default. */
export function readSettings(stored: unknown): Settings {
  const defaults = defaultSettings();
  const parts = asRecord(stored);
  return {
    notifications: readFields(NotificationSettings, parts["notifications"], defaults.notifications),
    desktop: readFields(DesktopSettings, parts["desktop"], defaults.desktop),
    appearance: readFields(AppearanceSettings, parts["appearance"], defaults.appearance),
    composer: readFields(ComposerSettings, parts["composer"], defaults.composer),
    spelling: readFields(SpellingSettings, parts["spelling"], defaults.spelling),
    privacy: readFields(PrivacySettings, parts["privacy"], defaults.privacy),
  };
}

function readFields<T>(schema: z.ZodObject & z.ZodType<T>, stored: unknown, defaults: T): T {
  const found = asRecord(stored);
  const read = asRecord(defaults);
  for (const [name, field] of Object.entries(schema.shape)) {
    const parsed = z.safeParse(field, found[name]);
    if (parsed.success) read[name] = parsed.data;
  }
  return schema.parse(read);
}

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
