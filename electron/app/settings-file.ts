/**
 * The settings file: ciphertext of secrets and the window's place, through electron-store.
 *
 * Must never hold a secret in the clear, a message or a number. Invariants: a damaged file is set aside under a
 * new name, never wiped, and the app starts with a fresh one; opening writes nothing; a disk that refuses fails
 * nothing but the keeping of a secret.
 */
import { existsSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import Store from "electron-store";
import { z } from "zod";
import { dbError } from "../db/db-errors.ts";
import type { LanguageChoice } from "../../shared/languages.ts";
import type { Theme } from "../../shared/themes.ts";
import { readLanguage, readPlace, readTheme, SETTINGS_NAME } from "./first-look.ts";
import type { WindowPlace } from "./first-look.ts";
import type { CiphertextFile } from "./secrets.ts";

/**
 * What must be right for the file to be ours. Checked before the store opens it, since that writes; and not by the
 * store's own `schema`, whose checker took a tenth of the start to make. The window's place is checked where it is
 * read: secrets must not go aside over a crooked number.
 */
const OwnFile = z.looseObject({ secrets: z.record(z.string(), z.string()).optional() });

interface Contents {
  secrets?: Record<string, string>;
  window?: unknown;
  toldOfTray?: unknown;
  lockTries?: unknown;
  language?: unknown;
  theme?: unknown;
}

/** Wrong tries at the app lock; kept here, so that a restart does not forget them. */
const LockTries = z.object({ failed: z.int().nonnegative(), until: z.int().nonnegative() });

export interface SettingsFile {
  readonly ciphertext: CiphertextFile;
  window(): WindowPlace | null;
  setWindow(place: WindowPlace): void;
  /** The person knows that closing the window leaves the app in the tray. */
  toldOfTray(): boolean;
  setToldOfTray(): void;
  /** What to speak; read before any inbox is open. */
  language(): LanguageChoice;
  setLanguage(choice: LanguageChoice): void;
  /** What the window's frame and its first paint look like; read before any inbox is open. */
  theme(): Theme;
  setTheme(theme: Theme): void;
  readonly lockTries: { get(): z.infer<typeof LockTries>; set(tries: z.infer<typeof LockTries>): void };
}

export function openSettingsFile(folder: string, now: number): SettingsFile {
  const store = openStore(folder, now);
  /** What the disk did not take: it holds until the app ends, and goes along with the next that is kept. */
  let unsaved: Partial<Contents> = {};

  const read = (name: keyof Contents): unknown => (Object.hasOwn(unsaved, name) ? unsaved[name] : store.get(name));

  /** For what is worth no failure: a window that closes, a right PIN. */
  function keep(change: Partial<Contents>): void {
    unsaved = { ...unsaved, ...change };
    try {
      store.set(unsaved);
      unsaved = {};
    } catch {
      // Full or read-only: the screens say so where it matters.
    }
  }

  return {
    ciphertext: {
      get: () => store.get("secrets") ?? {},
      set(all) {
        try {
          store.set("secrets", { ...all });
        } catch (error) {
          throw dbError(error);
        }
      },
    },
    window: () => readPlace(read("window")),
    setWindow: (place) => keep({ window: place }),
    toldOfTray: () => read("toldOfTray") === true,
    setToldOfTray: () => keep({ toldOfTray: true }),
    language: () => readLanguage(read("language")),
    setLanguage: (choice) => keep({ language: choice }),
    theme: () => readTheme(read("theme")),
    setTheme(theme) {
      if (readTheme(read("theme")) !== theme) keep({ theme });
    },
    lockTries: {
      get: () => LockTries.catch({ failed: 0, until: 0 }).parse(read("lockTries")),
      set: (tries) => keep({ lockTries: tries }),
    },
  };
}

function openStore(folder: string, now: number): Store<Contents> {
  const path = join(folder, `${SETTINGS_NAME}.json`);
  // The store would take a list or a number for an empty object and write over it.
  if (existsSync(path) && !isOwnFile(path)) setAside(path, now);
  // Without defaults, which it would write at once: a disk that refuses would then cost the start.
  return new Store<Contents>({
    cwd: folder,
    name: SETTINGS_NAME,
    clearInvalidConfig: false,
    configFileMode: 0o600,
    accessPropertiesByDotNotation: false,
  });
}

function isOwnFile(path: string): boolean {
  try {
    return OwnFile.safeParse(JSON.parse(readFileSync(path, "utf8"))).success;
  } catch {
    // Unreadable or not JSON: either way no settings.
    return false;
  }
}

/** Never onto a file set aside before. */
function setAside(path: string, now: number): void {
  const name = `${path}.set-aside-${new Date(now).toISOString().replace(/[:.]/g, "-")}`;
  let free = name;
  for (let count = 2; existsSync(free); count += 1) free = `${name}-${count}`;
  renameSync(path, free);
}
