/**
 * Writes a picture as a PNG with a palette of at most 256 colours: a third of the size of what a browser saves.
 *
 * For pictures of our own screens only. Invariant: a picture that has no more colours than fit keeps every pixel;
 * otherwise the most frequent colours are kept exactly, and each other one becomes its nearest.
 */
import { crc32, deflateSync } from "node:zlib";

const MAX_COLOURS = 256;
/** The rest of the palette goes to the colours that would be furthest off. */
const KEPT_EXACTLY = 128;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const PALETTE_KIND = 3;

/**
 * @param {Buffer} pixels four bytes each, blue first, as Electron's `toBitmap` gives them; all opaque
 * @param {{ width: number, height: number }} size
 * @returns {Buffer}
 */
export function smallPng(pixels, { width, height }) {
  if (pixels.length !== width * height * 4) throw new Error("the pixels do not fill the picture");
  const counts = new Map();
  for (let at = 0; at < pixels.length; at += 4) {
    const colour = pixels.readUIntLE(at, 3);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const palette = choosePalette(counts);
  const places = new Map([...counts.keys()].map((colour) => [colour, nearest(palette, colour).place]));
  // Each line begins with the way it is filtered: not at all, which suits few colours best.
  const lines = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      lines[y * (width + 1) + 1 + x] = places.get(pixels.readUIntLE((y * width + x) * 4, 3)) ?? 0;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, PALETTE_KIND, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("PLTE", colours),
    chunk("IDAT", deflateSync(lines, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/**
 * @param {Map<number, number>} counts
 * @returns {number[]}
 */
function choosePalette(counts) {
  const byCount = [...counts].toSorted(([a, many], [b, more]) => more - many || a - b).map(([colour]) => colour);
  if (byCount.length <= MAX_COLOURS) return byCount;
  const palette = byCount.slice(0, KEPT_EXACTLY);
  const others = byCount.slice(KEPT_EXACTLY).map((colour) => ({ colour, off: nearest(palette, colour).off }));
  while (palette.length < MAX_COLOURS) {
    const worst = others.reduce((a, b) => (cost(b) > cost(a) ? b : a));
    palette.push(worst.colour);
    for (const other of others) other.off = Math.min(other.off, distance(worst.colour, other.colour));
  }
  return palette;

  /** @param {{ colour: number, off: number }} other */
  function cost({ colour, off }) {
    return off * Math.sqrt(counts.get(colour) ?? 0);
  }
}

/**
 * @param {readonly number[]} palette
 * @param {number} colour
 */
function nearest(palette, colour) {
  let place = 0;
  let off = Number.POSITIVE_INFINITY;
  for (const [index, candidate] of palette.entries()) {
    const between = distance(candidate, colour);
    if (between < off) [place, off] = [index, between];
  }
  return { place, off };
}

/**
 * @param {number} a
 * @param {number} b
 */
function distance(a, b) {
  const red = (a >> 16) - (b >> 16);
  const green = ((a >> 8) & 255) - ((b >> 8) & 255);
  const blue = (a & 255) - (b & 255);
  return red * red + green * green + blue * blue;
}

/**
 * @param {string} kind
 * @param {Buffer} data
 */
function chunk(kind, data) {
  const named = Buffer.concat([Buffer.from(kind, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
