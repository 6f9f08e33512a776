/** What the composer reads out of its text: the word after a slash, and the values saved replies are filled with. Pure. */
import type { Conversation, Millis } from "../../shared/domain.ts";
import type { VariableValues } from "../../shared/template-text.ts";
import { firstNameOf } from "../../shared/template-text.ts";
import type { Format } from "./format.ts";

export interface SlashWord {
  /** Where the slash stands. */
  readonly start: number;
  readonly end: number;
  readonly query: string;
}

const LONGEST_QUERY = 40;

/** A word that begins with a slash and ends at the caret; null: none. A web address or a fraction is no such word. */
export function slashWord(text: string, caret: number): SlashWord | null {
  const before = text.slice(Math.max(0, caret - LONGEST_QUERY - 1), caret);
  const found = /(?:^|\s)\/([^\s/]*)$/u.exec(before);
  if (found === null) return null;
  const query = found[1] ?? "";
  return { start: caret - query.length - 1, end: caret, query };
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
