/**
 * Spelling: off until a person asks for it, where a word list would have to be downloaded.
 *
 * Chromium would by itself fetch a list for the system's language from Google as soon as a page has a text box. Must
 * run before the first window (`quietSpelling`). Invariant: no list is asked for that nobody chose. On a Mac the system
 * checks with its own lists, and nothing is ever downloaded.
 */
import type { Session } from "electron";
import type { SpellingSettings } from "../../shared/composer-settings.ts";

type SpellSession = Pick<
  Session,
  "setSpellCheckerEnabled" | "setSpellCheckerLanguages" | "availableSpellCheckerLanguages"
>;

export function quietSpelling(session: SpellSession, platform: NodeJS.Platform): void {
  session.setSpellCheckerEnabled(false);
  if (platform !== "darwin") session.setSpellCheckerLanguages([]);
}

export function applySpelling(
  session: SpellSession,
  platform: NodeJS.Platform,
  { on, languages }: SpellingSettings,
): void {
  if (platform === "darwin") return session.setSpellCheckerEnabled(on);
  const known = new Set(session.availableSpellCheckerLanguages);
  const chosen = on ? languages.filter((code) => known.has(code)) : [];
  // Off first: switched on with the wrong languages, those would be fetched.
  session.setSpellCheckerEnabled(false);
  session.setSpellCheckerLanguages(chosen);
  session.setSpellCheckerEnabled(chosen.length > 0);
}

/** Null: the system checks, in its own languages. */
export const spellingLanguages = (session: SpellSession, platform: NodeJS.Platform): string[] | null =>
  platform === "darwin" ? null : session.availableSpellCheckerLanguages;
