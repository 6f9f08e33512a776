/** Message ingest with search index, encrypted, against bare inserts into the same schema. */
import type { Context } from "../context.ts";
import type { Figure } from "../result.ts";
import { pairedSpread, summarize } from "../stats.ts";

export async function ingest(context: Context): Promise<Figure[]> {
  const rates = await context.job<{ ours: number[]; bare: number[] }>("work/ingest.ts", {
    folder: context.makeFolder("ingest"),
    messages: context.sizes.ingestMessages,
    turns: context.sizes.ingestTurns,
  });
  const [ours, limit] = [summarize(rates.ours), summarize(rates.bare)];
  return [
    {
      name: "ingest",
      title: "Message ingest with search index, encrypted",
      unit: "messages/s",
      isRate: true,
      ours,
      limitName: "bare inserts, same schema, index, encryption and durability",
      limit,
      value: ours.median / limit.median,
      spread: pairedSpread(rates.ours, rates.bare),
      goal: { kind: "at_least", value: 0.8, unit: "" },
      notes: ["200 messages per transaction, each synced to the disk, both sides page by page in turns."],
      rivals: [],
    },
  ];
}
