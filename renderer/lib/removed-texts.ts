/** Which texts a thread has lost since it was last drawn. Pure. */
import type { Message } from "../../shared/domain.ts";
import { withoutQuote } from "../../shared/quotes.ts";

/** The texts that were there before and are not now, though their messages are: they were removed. */
export function removedTexts(before: readonly Message[], after: readonly Message[]): string[] {
  const kinds = new Map(after.map(({ id, body }) => [id, body.kind]));
  return before.flatMap(({ id, body }) => {
    const kind = kinds.get(id);
    return body.kind === "text" && kind !== undefined && kind !== "text" ? [body.text] : [];
  });
}

/** Somebody's words without what they quote of those texts. */
export const withoutRemoved = (words: string, before: readonly Message[], after: readonly Message[]): string =>
  removedTexts(before, after).reduce(withoutQuote, words);
