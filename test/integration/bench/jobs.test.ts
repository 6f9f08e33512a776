/** The benchmarks' own work at a tiny size, as processes: that they do what they say. Says nothing about speed. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { BENCH_KEY, openDatabase } from "../../bench/world.ts";
import { findResult } from "../../bench/work/job.ts";
import { checkIndexes } from "../../helpers/test-database.ts";

const TIMEOUT_MS = 60_000;
const benchDir = fileURLToPath(new URL("../../bench/", import.meta.url));

/** A hundred conversations hold a thousand messages. */
const CONVERSATIONS = 100;
let folder = "";
let data = "";

function job<T>(script: string, input: object): Promise<T> {
  const child = spawn(process.execPath, [join(benchDir, script), JSON.stringify(input)]);
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once("close", () => {
      const result = findResult<T>(output);
      if (result === null) reject(new Error(output));
      else resolve(result);
    });
  });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "threadkeep-bench-jobs-"));
  data = join(folder, "data.db");
  const options = {
    path: data,
    conversations: CONVERSATIONS,
    newestAt: 1_795_000_000_000,
    baseUrl: "http://127.0.0.1:9",
  };
  await job("work/build-data.ts", options);
  return () => rmSync(folder, { recursive: true, force: true });
}, TIMEOUT_MS);

describe("the benchmarks' jobs", () => {
  it("build the data set: whole threads, indexed, with nothing left to fetch", () => {
    const db = openDatabase({ path: data, key: BENCH_KEY });
    const count = (from: string) => db.get<{ n: number }>(`SELECT count(*) AS n FROM ${from}`)?.n;
    expect([count("conversations"), count("messages WHERE body IS NOT NULL")]).toEqual([100, 1_000]);
    checkIndexes(db);
    expect([count("threads WHERE complete = 1"), count("passes")]).toEqual([100, 0]);
    expect(
      count(
        "conversations WHERE last_message_at <> (SELECT max(created_at) FROM messages m WHERE m.conversation_id = conversations.id)",
      ),
    ).toBe(0);
    db.close();
  });

  it(
    "store the same messages on both sides",
    async () => {
      const rates = await job<{ ours: number[]; bare: number[] }>("work/ingest.ts", {
        folder,
        messages: 200,
        turns: 1,
      });
      expect([rates.ours.length, rates.bare.length]).toEqual([1, 1]);
      const held = ["ours-0.db", "bare-0.db"].map((name) => {
        const db = openDatabase({ path: join(folder, name), key: BENCH_KEY });
        const row = db.get("SELECT count(*) AS n, sum(length(body)) AS letters FROM messages");
        db.close();
        return row;
      });
      expect(held[0]).toMatchObject({ n: 200 });
      expect(held[0]).toEqual(held[1]);
    },
    TIMEOUT_MS,
  );

  it(
    "search, and remove what they are told to",
    async () => {
      const found = await job<{ tookMs: number[] }>("work/search.ts", {
        path: data,
        queries: ["th", "the you"],
        limit: 60,
      });
      expect(found.tookMs).toHaveLength(2);
      const removed = await job<{ removed: number }>("work/redact.ts", { path: data, texts: 20, mode: "ours" });
      expect(removed.removed).toBe(20);
    },
    TIMEOUT_MS,
  );
});
