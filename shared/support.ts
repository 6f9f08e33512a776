/**
 * The support report: what a person may send when something does not work, line by line. Schemas only.
 *
 * Holds no message text, key, number or name. What is shown is what is saved: main keeps the report it showed and
 * saves the chosen sections of exactly that one.
 */
import { z } from "zod";
import { Millis } from "./domain.ts";

const SUPPORT_SECTIONS = ["app", "settings", "accounts", "storage", "errors", "log"] as const;
export const SupportSectionId = z.enum(SUPPORT_SECTIONS);
export type SupportSectionId = z.infer<typeof SupportSectionId>;

export const SupportReport = z.object({
  /** Names this report when it is saved; a later one has another. */
  id: z.int().positive(),
  madeAt: Millis,
  sections: z.array(z.object({ id: SupportSectionId, lines: z.array(z.string().max(1_000)) })),
});
export type SupportReport = z.infer<typeof SupportReport>;

/** `outdated`: another report was made since; `unwritable`: the chosen place refuses. */
export const SupportSaved = z.object({ result: z.enum(["saved", "cancelled", "outdated", "unwritable"]) });
export type SupportSaved = z.infer<typeof SupportSaved>;
