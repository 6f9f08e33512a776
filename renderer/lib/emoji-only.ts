/** Whether a text is one to three emoji and nothing else: such a text is drawn large. Pure. */

const MAX_CHARS = 40;
const EMOJI_ONLY = /^(?:\p{RGI_Emoji}\s?){1,3}$/v;
/** Every emoji holds one of these. Making the expression above takes tens of ms: only where it may be needed. */
const MAYBE_EMOJI = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u20E3]/u;

export const isEmojiOnly = (text: string): boolean =>
  text.length < MAX_CHARS && MAYBE_EMOJI.test(text) && EMOJI_ONLY.test(text.trim());
