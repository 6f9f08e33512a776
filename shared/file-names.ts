/** What may stand in the name of a file, whoever chose it: a provider's address or a person's disk. Pure. */

/** Separators, control characters, and those that nobody sees or that turn a name around. */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff/\\:*?"<>|]/g;

/** Fit to be shown and to be saved under, unless nothing is left or it hides itself (a dot in front). */
export const cleanFileName = (name: string): string => name.toWellFormed().normalize("NFC").replace(UNSAFE, "").trim();
