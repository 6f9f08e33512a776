/** What the composer reads out of its text: the word after a slash or a colon, and the values saved replies are filled with. Pure. */
import type { Conversation, Millis } from "../../shared/domain.ts";
import type { VariableValues } from "../../shared/template-text.ts";
import { firstNameOf } from "../../shared/template-text.ts";
import type { Format } from "./format.ts";

export interface TypedWord {
  /** Where its sign stands. */
  readonly start: number;
  readonly end: number;
  readonly query: string;
}

const LONGEST_QUERY = 40;

/** A word that begins with a slash and ends at the caret; null: none. A web address or a fraction is no such word. */
export function slashWord(text: string, caret: number): TypedWord | null {
  const before = text.slice(Math.max(0, caret - LONGEST_QUERY - 1), caret);
  const found = /(?:^|\s)\/([^\s/]*)$/u.exec(before);
  if (found === null) return null;
  const query = found[1] ?? "";
  return { start: caret - query.length - 1, end: caret, query };
}

/** Spaces, brackets, emoji: what a name after a colon may follow. Letters and digits come before times and addresses. */
const BEFORE_COLON = String.raw`(?<![^\s(\p{Extended_Pictographic}\p{Emoji_Modifier}\u{fe0f}])`;
const COLON_WORD = new RegExp(
  String.raw`${BEFORE_COLON}:(\p{L}\p{M}*[\p{L}\p{M}\p{N}_-]{1,${LONGEST_QUERY - 1}})$`,
  "u",
);

/**
 * An emoji's name in the making: a colon and at least two letters that end at the caret; null: none. A time (10:30), an
 * address and a face made of signs (":)", ":D") are no such word. Underscores stand for spaces.
 */
export function colonWord(text: string, caret: number): TypedWord | null {
  // One emoji before the colon belongs to it.
  const found = COLON_WORD.exec(text.slice(Math.max(0, caret - LONGEST_QUERY - 3), caret));
  const name = found?.[1];
  if (name === undefined) return null;
  return { start: caret - name.length - 1, end: caret, query: name.replaceAll(/[_-]/gu, " ") };
}

export function variableValues(conversation: Conversation, now: Millis, format: Format): VariableValues {
  const { contactName, contactNumber, ownNumber, accountName } = conversation;
  return {
    "contact.firstName": firstNameOf(contactName),
    "contact.name": contactName,
    "contact.number": format.phone(contactNumber, ownNumber),
    "me.number": format.phone(ownNumber, ownNumber),
    "account.name": accountName,
    date: format.fullDate(now),
    time: format.time(now),
  };
}
