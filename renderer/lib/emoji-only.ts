/**
 * Whether a text is one to three emoji and nothing else: such a text is drawn large. Pure.
 *
 * By the form of an emoji, not by the list of them (`\p{RGI_Emoji}`): making that expression takes half a second.
 */

const MAX_CHARS = 40;
const ONE = String.raw`(?:\p{Emoji}\p{Emoji_Modifier}|\p{Emoji}\uFE0F|\p{Emoji_Presentation})`;
const TAGS = String.raw`[\u{E0020}-\u{E007F}]*`;
const JOINED = String.raw`(?:\u200D(?:${ONE}|\p{Extended_Pictographic}))*`;
const EMOJI = String.raw`(?:[0-9#*]\uFE0F\u20E3|\p{Regional_Indicator}{2}|${ONE}${TAGS}${JOINED})`;
const EMOJI_ONLY = new RegExp(String.raw`^(?:${EMOJI}\s?){1,3}$`, "u");

export const isEmojiOnly = (text: string): boolean => text.length < MAX_CHARS && EMOJI_ONLY.test(text.trim());
