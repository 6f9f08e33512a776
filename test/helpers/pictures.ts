/** Small real pictures and things that only pretend to be some. */

/** One dark pixel. */
export const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);
export const GIF = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");
export const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
export const HTML = Buffer.from("<!doctype html><script>alert(1)</script>");

/** A picture of this length whose bytes hold a word that is nowhere else. */
export function pngWith(canary: string, length = 40_000): Buffer {
  const filler = Buffer.alloc(Math.max(0, length - PNG.length), canary);
  return Buffer.concat([PNG, filler]);
}
