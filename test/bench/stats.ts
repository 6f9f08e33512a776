/**
 * The statistics of the benchmarks, and nothing else: order statistics, no means, no outlier removal.
 *
 * Invariants: a summary of no samples does not exist (it throws); a ratio compares the same statistic of both sides.
 */

export interface Summary {
  readonly n: number;
  readonly min: number;
  readonly median: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Linear interpolation between the two nearest ranks, as most tools do. @param share 0 to 1 */
export function quantile(samples: readonly number[], share: number): number {
  if (samples.length === 0) throw new Error("no samples");
  if (samples.some((sample) => !Number.isFinite(sample))) throw new Error("a sample is not a number");
  const sorted = samples.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * Math.min(1, Math.max(0, share));
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

export function summarize(samples: readonly number[]): Summary {
  return {
    n: samples.length,
    min: quantile(samples, 0),
    median: quantile(samples, 0.5),
    p95: quantile(samples, 0.95),
    p99: quantile(samples, 0.99),
    max: quantile(samples, 1),
  };
}

/** How far each pair's own ratio strays: the middle half. Noise that hits both of a pair cancels here. */
export function pairedSpread(ours: readonly number[], theirs: readonly number[]): { low: number; high: number } {
  if (ours.length !== theirs.length) throw new Error("pairs have two sides");
  const ratios = ours.map((value, index) => value / (theirs[index] ?? Number.NaN));
  return { low: quantile(ratios, 0.25), high: quantile(ratios, 0.75) };
}

/** Runs both sides in turns, the first side changing from turn to turn, so that noise hits both alike. */
export async function interleave(
  repeats: number,
  ours: (turn: number) => Promise<number> | number,
  theirs: (turn: number) => Promise<number> | number,
): Promise<{ ours: number[]; theirs: number[] }> {
  const samples = { ours: [] as number[], theirs: [] as number[] };
  for (let turn = 0; turn < repeats; turn += 1) {
    if (turn % 2 === 0) {
      samples.ours.push(await ours(turn));
      samples.theirs.push(await theirs(turn));
    } else {
      samples.theirs.push(await theirs(turn));
      samples.ours.push(await ours(turn));
    }
  }
  return samples;
}
