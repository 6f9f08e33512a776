/**
 * The conversations that the end-to-end tests know: who wrote what, what is redacted, who opted out.
 *
 * Conversation 0 is the newest. Every text is unique, so that finding it proves where it came from.
 */
export const CONVERSATIONS = 40;

/** What each of the first conversations is for. */
export const READABLE = 0;
export const REDACTED = 1;
export const OPTED_OUT = 2;
export const NO_CONSENT = 3;
export const LONG = 4;

const MESSAGES = 6;
const LONG_MESSAGES = 120;

export const messagesOf = (index: number): number => (index === LONG ? LONG_MESSAGES : MESSAGES);

/** The text of a message, as the server tells it before redaction. */
export const textOf = (index: number, message: number): string => `Pelican ${index} says line ${message}.`;

export const lastTextOf = (index: number): string => textOf(index, messagesOf(index) - 1);

/** Null: the provider's retention has removed it. */
export const bodyOf = (index: number, message: number): string | null =>
  index === REDACTED ? null : textOf(index, message);

export const consentOf = (index: number): "in" | "out" | "none" =>
  index === OPTED_OUT ? "out" : index === NO_CONSENT ? "none" : "in";
