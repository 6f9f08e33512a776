/**
 * How many SMS a text becomes. Pure.
 *
 * GSM 03.38: 160 septets in one message, 153 in each part of several; extension characters take two
 * septets and do not straddle parts. Any other character makes the whole text UCS-2: 70 code units, or 67
 * per part, and a surrogate pair does not straddle parts either.
 */

const GSM_BASIC =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
  "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const GSM_EXTENDED = "\f^{}\\[~]|€";

export interface SmsSegments {
  readonly encoding: "gsm7" | "ucs2";
  /** Septets or UTF-16 code units used. */
  readonly units: number;
  readonly segments: number;
  /** Units left before one more segment begins. */
  readonly remaining: number;
}

export function smsSegments(text: string): SmsSegments {
  const characters = [...text];
  const isGsm = characters.every((character) => GSM_BASIC.includes(character) || GSM_EXTENDED.includes(character));
  const sizes = characters.map((character) => (isGsm ? (GSM_EXTENDED.includes(character) ? 2 : 1) : character.length));
  const [single, part] = isGsm ? [160, 153] : [70, 67];
  const units = sizes.reduce((sum, size) => sum + size, 0);
  const encoding = isGsm ? "gsm7" : "ucs2";
  if (units <= single) return { encoding, units, segments: units === 0 ? 0 : 1, remaining: single - units };

  let segments = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > part) {
      segments += 1;
      used = 0;
    }
    used += size;
  }
  return { encoding, units, segments, remaining: part - used };
}
