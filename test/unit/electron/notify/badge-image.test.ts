/** The badge as pixels: readable, inside its square, and another one for every number it can show. */
import { describe, expect, it } from "vitest";
import { badgeText, drawBadge } from "../../../../electron/notify/badge-image.ts";

const key = ({ pixels }: { pixels: Uint8Array }) => Buffer.from(pixels).toString("base64");

describe("drawBadge", () => {
  it("shows one to nine, then 9+", () => {
    expect([0, 1, 9, 10, 5_000, -3].map(badgeText)).toEqual(["0", "1", "9", "9+", "9+", "0"]);
  });

  it("differs for every text, and is opaque or clear, never between", () => {
    const images = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((count) => drawBadge(count));
    expect(new Set(images.map(key)).size).toBe(10);
    for (const { pixels, size } of images) {
      expect(pixels).toHaveLength(size * size * 4);
      const alphas = pixels.filter((_, index) => index % 4 === 3);
      expect(new Set(alphas)).toEqual(new Set([0, 255]));
      // Corners are clear: it is a disc.
      expect([alphas[0], alphas[size - 1], alphas.at(-1)]).toEqual([0, 0, 0]);
    }
  });
});
