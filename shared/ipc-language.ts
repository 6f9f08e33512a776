/** The part of the contract about the language; `shared/ipc.ts` spreads it into the whole. No words in here. */
import { z } from "zod";
import { LANGUAGE_CHOICES, LANGUAGES } from "./languages.ts";

export const LanguageView = z.object({
  choice: z.enum(LANGUAGE_CHOICES),
  language: z.enum(LANGUAGES),
  /** BCP 47, of that language. */
  locale: z.string().min(2).max(64),
});
export type LanguageView = z.infer<typeof LanguageView>;

export const languageCalls = {
  "app.language": { input: z.undefined(), output: LanguageView },
  /** Stored and spoken at once, by window, menu and tray. */
  "app.setLanguage": { input: z.strictObject({ choice: z.enum(LANGUAGE_CHOICES) }), output: LanguageView },
} as const;

export const languagePushes = { "language.changed": LanguageView } as const;
