/** Redaction to the last byte, against only deleting the same rows. */
import { dirname } from "node:path";
import { rm } from "node:fs/promises";
import type { Context } from "../context.ts";
import type { Figure } from "../result.ts";
import { interleave, pairedSpread, quantile, summarize } from "../stats.ts";

interface Redacted {
  readonly tookMs: number;
  readonly longestMs: number;
}

export async function redact(context: Context): Promise<Figure[]> {
  const { sizes, data } = context;
  const longest = { ours: [] as number[], bare: [] as number[] };
  const run = async (mode: "ours" | "bare") => {
    const path = context.copyData(`redact-${mode}`);
    const result = await context.job<Redacted>("work/redact.ts", { path, texts: sizes.redactTexts, mode });
    longest[mode].push(result.longestMs);
    await rm(dirname(path), { recursive: true, force: true });
    return result.tookMs;
  };
  const { ours, theirs } = await interleave(
    sizes.redactTurns,
    () => run("ours"),
    () => run("bare"),
  );
  const [mine, limit] = [summarize(ours), summarize(theirs)];
  const worst = Math.round(quantile(longest.ours, 1));
  return [
    {
      name: "redact",
      title: `Redact ${sizes.redactTexts.toLocaleString("en")} of ${data.messages.toLocaleString("en")} texts to the last byte`,
      unit: "ms",
      isRate: false,
      ours: mine,
      limitName: "deleting the rows only, same schema, encryption and durability",
      limit,
      value: mine.median / limit.median,
      spread: pairedSpread(ours, theirs),
      goal: { kind: "at_most", value: 3, unit: "" },
      notes: [`The longest step, which is what a read would wait for: ${worst} ms.`],
      rivals: [],
    },
  ];
}
