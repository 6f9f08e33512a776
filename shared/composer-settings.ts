/**
 * What a person can choose about writing: what sends, and whether spelling is checked. Part of `settings.ts`.
 */
import { z } from "zod";

/** `sendKey`: what sends: Enter alone, or Enter with Control (Command on a Mac), so that Enter begins a line. */
const composer = {
  sendKey: z.enum(["enter", "mod_enter"]),
  /** 0: none; 1 to 5: light to dark. */
  skinTone: z.int().min(0).max(5),
  /** The latest first. */
  recentEmoji: z.array(z.string().min(1).max(40)).max(40),
};

export const ComposerSettings = z.object(composer);
export const ComposerInput = z.strictObject(composer);
export type ComposerSettings = z.infer<typeof ComposerSettings>;

const spelling = {
  on: z.boolean(),
  /** Chromium's codes ("en-US"). None chosen: nothing is downloaded and nothing checked, unless the system does it. */
  languages: z.array(z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/u)).max(20),
};

export const SpellingSettings = z.object(spelling);
export const SpellingInput = z.strictObject(spelling);
export type SpellingSettings = z.infer<typeof SpellingSettings>;

export const defaultComposer = (): ComposerSettings => ({ sendKey: "enter", skinTone: 0, recentEmoji: [] });
export const defaultSpelling = (): SpellingSettings => ({ on: true, languages: [] });
