/** Builds the data set in a process of its own: `{ path, conversations, newestAt, baseUrl }` as JSON argument. */
import { performance } from "node:perf_hooks";
import { BENCH_KEY, fill, openDatabase } from "../world.ts";
import { input, output } from "./job.ts";

const { path, conversations, newestAt, baseUrl } = input<{
  path: string;
  conversations: number;
  newestAt: number;
  baseUrl: string;
}>();
const startedAt = performance.now();
const db = openDatabase({ path, key: BENCH_KEY });
// The data is thrown away with the folder: only what is measured needs every commit on disk.
db.exec("PRAGMA synchronous = OFF");
const messages = fill(db, { conversations, newestAt }, baseUrl);
db.exec("ANALYZE sqlite_schema");
db.get("PRAGMA wal_checkpoint(TRUNCATE)");
db.close();
output({ messages, tookMs: performance.now() - startedAt });
