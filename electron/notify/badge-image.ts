/**
 * The unread badge as pixels, drawn here so that no page code has to run for it. Pure.
 *
 * BGRA, premultiplied by being opaque or fully transparent, square. A red disc with up to two characters.
 */
const GLYPHS: Readonly<Record<string, readonly string[]>> = {
  "0": ["###", "#.#", "#.#", "#.#", "###"],
  "1": [".#.", "##.", ".#.", ".#.", "###"],
  "2": ["###", "..#", "###", "#..", "###"],
  "3": ["###", "..#", "###", "..#", "###"],
  "4": ["#.#", "#.#", "###", "..#", "..#"],
  "5": ["###", "#..", "###", "..#", "###"],
  "6": ["###", "#..", "###", "#.#", "###"],
  "7": ["###", "..#", "..#", "..#", "..#"],
  "8": ["###", "#.#", "###", "#.#", "###"],
  "9": ["###", "#.#", "###", "..#", "###"],
  "+": ["...", ".#.", "###", ".#.", "..."],
};
const GLYPH_WIDTH = 3;
const GLYPH_HEIGHT = 5;
const RED = [0x2f, 0x2f, 0xd6, 0xff] as const;
const WHITE = [0xff, 0xff, 0xff, 0xff] as const;

export interface Bitmap {
  readonly pixels: Uint8Array;
  readonly size: number;
}

/** At most two characters are readable at this size. */
export const badgeText = (count: number): string => (count > 9 ? "9+" : String(Math.max(0, Math.floor(count))));

export function drawBadge(count: number, size = 32): Bitmap {
  const pixels = new Uint8Array(size * size * 4);
  const put = (x: number, y: number, colour: readonly number[]) => pixels.set(colour, (y * size + x) * 4);
  const middle = (size - 1) / 2;
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) if (Math.hypot(x - middle, y - middle) <= size / 2) put(x, y, RED);
  }
  const text = badgeText(count);
  const cells = text.length * (GLYPH_WIDTH + 1) - 1;
  const scale = Math.floor(Math.min((size * 0.72) / cells, (size * 0.72) / GLYPH_HEIGHT));
  const left = Math.round((size - cells * scale) / 2);
  const top = Math.round((size - GLYPH_HEIGHT * scale) / 2);
  for (const [index, character] of [...text].entries()) {
    for (const [row, line] of (GLYPHS[character] ?? []).entries()) {
      for (const [column, cell] of [...line].entries()) {
        if (cell !== "#") continue;
        const x = left + (index * (GLYPH_WIDTH + 1) + column) * scale;
        for (let dy = 0; dy < scale; dy += 1) {
          for (let dx = 0; dx < scale; dx += 1) put(x + dx, top + row * scale + dy, WHITE);
        }
      }
    }
  }
  return { pixels, size };
}
