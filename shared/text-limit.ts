/** Whether a text is longer than its provider takes, asked where it is written and again where it is queued. Pure. */
import { CAPABILITIES } from "./capabilities.ts";
import type { ProviderName } from "./domain.ts";

/** Characters as a person counts them in code points; blanks around a text are not sent. */
export const charactersOf = (text: string): number => [...text.trim()].length;

/** @returns the most characters the provider takes, if the text has more; null: it fits, or no limit is documented */
export function findPassedLimit(provider: ProviderName, text: string): number | null {
  const { maxTextLength } = CAPABILITIES[provider];
  return maxTextLength !== null && charactersOf(text) > maxTextLength ? maxTextLength : null;
}
