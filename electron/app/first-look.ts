/**
 * What the first window needs of the settings file: where it stands, how it looks, what it speaks.
 *
 * Read before the file is opened for good, because what opens it (a store, a schema library) costs more than the rest of
 * the way to the first window. Reads and never writes; what is not as it should be counts as never chosen. Invariant:
 * `settings-file.ts` reads the same three through the same functions, so the two never disagree.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { LanguageChoice } from "../../shared/languages.ts";
import { LANGUAGE_CHOICES } from "../../shared/languages.ts";
import type { Theme } from "../../shared/themes.ts";
import { THEMES } from "../../shared/themes.ts";

/** The file is `threadkeep.json`. */
export const SETTINGS_NAME = "threadkeep";

/** Screen coordinates and sizes in whole device-independent pixels; the normal place, also of a maximised window. */
export interface WindowPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly maximized: boolean;
}

export interface FirstLook {
  /** Null: never placed by a person. */
  readonly place: WindowPlace | null;
  readonly theme: Theme;
  readonly language: LanguageChoice;
}

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (raw: unknown): Fields => (typeof raw === "object" && raw !== null ? (raw as Fields) : {});

export function readPlace(raw: unknown): WindowPlace | null {
  const { x, y, width, height, maximized } = fieldsOf(raw);
  if (!isWhole(x) || !isWhole(y) || !isWhole(width) || !isWhole(height)) return null;
  if (width <= 0 || height <= 0 || typeof maximized !== "boolean") return null;
  return { x, y, width, height, maximized };
}

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);

export const readTheme = (raw: unknown): Theme => THEMES.find((theme) => theme === raw) ?? "system";

export const readLanguage = (raw: unknown): LanguageChoice =>
  LANGUAGE_CHOICES.find((choice) => choice === raw) ?? "system";

export function takeFirstLook(folder: string): FirstLook {
  const { window, theme, language } = fieldsOf(readJson(join(folder, `${SETTINGS_NAME}.json`)));
  return { place: readPlace(window), theme: readTheme(theme), language: readLanguage(language) };
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null; // Not there yet, or no JSON: the settings file deals with that.
  }
}
