/** Pictures with a palette, read back by hand: chunk by chunk, so that no encoder checks itself. */
import { crc32, inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { smallPng } from "../../../scripts/small-png.mjs";

/** Red, green and blue of every pixel. */
function read(png: Buffer) {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    const named = png.subarray(at + 4, at + 8 + length);
    expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(named));
    chunks.set(named.toString("latin1", 0, 4), named.subarray(4));
    at += length + 12;
  }
  const header = chunks.get("IHDR")!;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const palette = chunks.get("PLTE")!;
  const lines = inflateSync(chunks.get("IDAT")!);
  const pixels: number[][] = [];
  for (let y = 0; y < height; y += 1) {
    expect(lines[y * (width + 1)]).toBe(0);
    for (let x = 0; x < width; x += 1) {
      const place = lines[y * (width + 1) + 1 + x]! * 3;
      pixels.push([...palette.subarray(place, place + 3)]);
    }
  }
  return { width, height, colours: palette.length / 3, pixels };
}

/** Blue first, as the app's pictures come. */
const bitmap = (colours: readonly (readonly number[])[]) =>
  Buffer.from(colours.flatMap(([red, green, blue]) => [blue!, green!, red!, 255]));

describe("smallPng", () => {
  it("keeps every pixel of a picture with few colours", () => {
    const colours = [
      [255, 0, 0],
      [0, 255, 0],
      [1, 2, 3],
      [255, 0, 0],
      [254, 255, 253],
      [0, 0, 0],
    ];
    expect(read(smallPng(bitmap(colours), { width: 3, height: 2 }))).toEqual({
      width: 3,
      height: 2,
      colours: 5,
      pixels: colours,
    });
  });

  it("keeps the frequent colours of one with many, and comes near the others", () => {
    const many = Array.from({ length: 4096 }, (_, index) => [
      (index >> 8) * 16,
      ((index >> 4) & 15) * 16,
      (index & 15) * 16,
    ]);
    const paper = Array.from({ length: 4096 }, () => [251, 250, 247]);
    const { colours, pixels } = read(smallPng(bitmap([...paper, ...many]), { width: 64, height: 128 }));
    expect(colours).toBe(256);
    expect(pixels.slice(0, 4096)).toEqual(paper);
    const off = pixels
      .slice(4096)
      .map((pixel, index) => Math.hypot(...pixel.map((part, at) => part - many[index]![at]!)));
    expect(Math.max(...off)).toBeLessThan(64);
  });

  it("refuses pixels that do not fill the picture", () => {
    expect(() => smallPng(Buffer.alloc(8), { width: 2, height: 2 })).toThrow("do not fill");
  });
});
