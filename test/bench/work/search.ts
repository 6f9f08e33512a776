/** The bare full-text query over the parts, newest first, each one twice and the second one timed: `{ path, queries, limit }`. */
import { performance } from "node:perf_hooks";
import { BENCH_KEY, bareSearch, openDatabase } from "../world.ts";
import { input, output } from "./job.ts";

const { path, queries, limit } = input<{ path: string; queries: readonly string[]; limit: number }>();
const db = openDatabase({ path, key: BENCH_KEY });
const newestAt = db.get<{ at: number }>("SELECT max(created_at) AS at FROM messages WHERE body IS NOT NULL")!.at;
const ask = (query: string) => bareSearch(db, query.split(" "), { newestAt, limit });
const tookMs: number[] = [];
for (const query of queries) {
  ask(query);
  const startedAt = performance.now();
  ask(query);
  tookMs.push(performance.now() - startedAt);
}
db.close();
output({ tookMs });
