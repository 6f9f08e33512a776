/**
 * Texts removed to the last byte, or rows only deleted: `{ path, texts, mode }` on a private copy of the data set.
 *
 * Ours is the daily retention run and its purge, as the app does them, until the purge says it is done. Bare
 * deletes the same rows with the same schema, triggers, encryption and pragmas, and a checkpoint.
 */
import { performance } from "node:perf_hooks";
import type { AccountId } from "../../../shared/domain.ts";
import { purgePending, purgeStep } from "../../../electron/db/purge.ts";
import { enforceRetention } from "../../../electron/db/retention-repo.ts";
import { BENCH_KEY, openDatabase } from "../world.ts";
import { input, output } from "./job.ts";

const { path, texts, mode } = input<{ path: string; texts: number; mode: "ours" | "bare" }>();
const BATCH = 500;
const db = openDatabase({ path, key: BENCH_KEY });
const now = Date.now();
const accountId = db.get<{ id: AccountId }>("SELECT id FROM accounts")!.id;
const due = db.all<{ id: number; created_at: number }>(
  "SELECT id, created_at FROM messages WHERE body IS NOT NULL ORDER BY created_at LIMIT ?",
  texts,
);
const cutoff = due.at(-1)!.created_at + 1;
const held = () => db.get<{ n: number }>("SELECT count(*) AS n FROM messages WHERE body IS NOT NULL")!.n;
const before = held();
let longestMs = 0;
/** What a read that comes in the meantime would wait for. */
const step = <T>(work: () => T): T => {
  const startedAt = performance.now();
  const value = work();
  longestMs = Math.max(longestMs, performance.now() - startedAt);
  return value;
};
const startedAt = performance.now();
if (mode === "ours") {
  while (step(() => enforceRetention(db, { accountId, windowMs: now - cutoff, cutoff, now })).more);
  while (step(() => purgeStep(db, { now })).more);
} else {
  for (let start = 0; start < due.length; start += BATCH) {
    step(() =>
      db.transaction(() => {
        for (const { id } of due.slice(start, start + BATCH)) db.run("DELETE FROM messages WHERE id = ?", id);
      }),
    );
  }
  step(() => db.get("PRAGMA wal_checkpoint(TRUNCATE)"));
}
const tookMs = performance.now() - startedAt;
const removed = before - held();
if (removed < texts) throw new Error(`${removed} of ${texts} texts were removed`);
if (purgePending(db)) throw new Error("the purge is not done");
db.close();
output({ tookMs, removed, longestMs });
