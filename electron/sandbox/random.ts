/**
 * Repeatable chance: the same words in give the same numbers out, on every machine and after every restart.
 *
 * Used for sample data only; must never produce a key or anything else that has to be unguessable.
 */

export interface Chance {
  /** Uniform in [0, 1). */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  pick<T>(items: readonly T[]): T;
  shuffled<T>(items: readonly T[]): T[];
  /** A UUID in the shape of version 4. */
  uuid(): string;
}

/** 32-bit FNV-1a with a final mix; equal strings give equal numbers. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A stream of chance that depends on `words` alone (sfc32 seeded by four hashes). */
export function createChance(...words: readonly (string | number)[]): Chance {
  const source = words.join("\u0000");
  let [a, b, c, d] = ["a", "b", "c", "d"].map((part) => hashOf(part + source)) as [number, number, number, number];

  const next32 = (): number => {
    const sum = (((a + b) >>> 0) + d) >>> 0;
    d = (d + 1) >>> 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) >>> 0;
    c = ((c << 21) | (c >>> 11)) >>> 0;
    c = (c + sum) >>> 0;
    return sum;
  };
  const next = (): number => next32() / 0x1_0000_0000;
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));

  return {
    next,
    between,
    pick(items) {
      if (items.length === 0) throw new Error("cannot pick from nothing");
      return items[between(0, items.length - 1)]!;
    },
    shuffled(items) {
      const copy = [...items];
      for (let i = copy.length - 1; i > 0; i -= 1) {
        const j = between(0, i);
        [copy[i], copy[j]] = [copy[j]!, copy[i]!];
      }
      return copy;
    },
    uuid() {
      const hex = Array.from({ length: 4 }, () => next32().toString(16).padStart(8, "0")).join("");
      const variant = "89ab"[Number.parseInt(hex[16]!, 16) & 3]!;
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
    },
  };
}
