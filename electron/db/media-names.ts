/**
 * What the address of a medium, or the type its bytes have, says about it. Pure.
 *
 * A guess from an address is a word for a button, nothing more: only the type found in the bytes decides what is drawn.
 */
import { cleanFileName } from "../../shared/file-names.ts";
import type { MediaKind } from "../../shared/media.ts";

/** What may be drawn. Everything else, SVG above all, is a file to be saved. */
export const DRAWN_TYPES: ReadonlySet<string> = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

const GUESSES: ReadonlyArray<readonly [RegExp, MediaKind]> = [
  [/\.(png|jpe?g|gif|webp)$/i, "picture"],
  [/\.(mp4|mov|m4v|3gpp?|webm|mpeg)$/i, "video"],
  [/\.(mp3|m4a|aac|ogg|opus|wav|amr)$/i, "audio"],
];
const MAX_NAME_CHARS = 120;

export function kindOfType(contentType: string): MediaKind {
  if (DRAWN_TYPES.has(contentType)) return "picture";
  if (contentType.startsWith("video/")) return "video";
  return contentType.startsWith("audio/") ? "audio" : "file";
}

const pathOf = (source: string): string => URL.parse(source, "https://relative.invalid/")?.pathname ?? "";

export function guessKind(source: string): MediaKind {
  const path = pathOf(source);
  return GUESSES.find(([pattern]) => pattern.test(path))?.[1] ?? "file";
}

/** The file name in an address, where it has one with an ending: `photo.jpg`. Fit to be shown and to be saved under. */
export function nameOfSource(source: string): string | null {
  const last = pathOf(source).split("/").at(-1) ?? "";
  let name: string;
  try {
    name = decodeURIComponent(last);
  } catch {
    return null;
  }
  const safe = cleanFileName(name);
  if (!/^[^.].*\.[a-z0-9]{1,5}$/i.test(safe) || /\.json$/i.test(safe)) return null;
  return safe.length > MAX_NAME_CHARS ? `${safe.slice(0, MAX_NAME_CHARS - 8)}${safe.slice(-8)}` : safe;
}
