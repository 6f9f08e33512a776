/** The bare full-text query, each one twice and the second one timed: `{ path, queries, limit }`. */
import { performance } from "node:perf_hooks";
import { BENCH_KEY, openDatabase } from "../world.ts";
import { input, output } from "./job.ts";

const { path, queries, limit } = input<{ path: string; queries: readonly string[]; limit: number }>();
const db = openDatabase({ path, key: BENCH_KEY });
const ask = (query: string) =>
  db.all(
    `SELECT rowid, snippet(messages_fts, 0, '[', ']', '…', 8) AS marked FROM messages_fts
     WHERE messages_fts MATCH ? ORDER BY rowid DESC LIMIT ?`,
    query
      .split(" ")
      .map((word) => `"${word}"*`)
      .join(" "),
    limit,
  );
const tookMs: number[] = [];
for (const query of queries) {
  ask(query);
  const startedAt = performance.now();
  ask(query);
  tookMs.push(performance.now() - startedAt);
}
db.close();
output({ tookMs });
