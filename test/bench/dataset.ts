/**
 * The data set: built once per size and schema, kept in .cache, copied by whoever changes it.
 *
 * Invariant: what is found in the cache was finished (it is renamed into place) and belongs to this schema and text.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { MIGRATIONS } from "../../electron/db/migrations/index.ts";
import { benchDir } from "./context.ts";
import { findResult } from "./work/job.ts";

export interface DataSet {
  readonly path: string;
  readonly conversations: number;
  readonly messages: number;
  readonly newestAt: number;
  readonly baseUrl: string;
}

/** A fixed port: the account's address is in the data, and an app opened on it must find the server there. */
export const DATA_PORT = 47_813;

/** Far enough back that nothing of it is in the future on any machine, near enough to be no history. */
const NEWEST_AT = Date.UTC(2026, 10, 1);

export async function ensureDataSet(options: {
  conversations: number;
  cacheDir: string;
  run: (script: string, input: object) => Promise<string>;
}): Promise<DataSet> {
  const { conversations, cacheDir } = options;
  const sources = ["texts.ts", "world.ts"].map((name) => readFileSync(join(benchDir, name), "utf8"));
  const hash = createHash("sha256")
    .update([...sources, ...MIGRATIONS.map(({ sql }) => sql)].join("\n"))
    .digest("hex")
    .slice(0, 12);
  const folder = join(cacheDir, "bench");
  const path = join(folder, `data-${conversations}-${hash}.db`);
  const infoPath = `${path}.json`;
  if (existsSync(path) && existsSync(infoPath)) {
    return { ...(JSON.parse(readFileSync(infoPath, "utf8")) as DataSet), path };
  }
  mkdirSync(folder, { recursive: true });
  // Those of an older schema or text are never used again.
  for (const name of readdirSync(folder)) {
    if (name.startsWith(`data-${conversations}-`)) rmSync(join(folder, name), { force: true });
  }
  const building = join(folder, `building-${process.pid}.db`);
  try {
    const baseUrl = `http://127.0.0.1:${DATA_PORT}`;
    const output = await options.run("work/build-data.ts", {
      path: building,
      conversations,
      newestAt: NEWEST_AT,
      baseUrl,
    });
    const result = findResult<{ messages: number }>(output);
    if (result === null) throw new Error(`the data set was not built:\n${output.slice(-2_000)}`);
    renameSync(building, path);
    const data: DataSet = { path, conversations, messages: result.messages, newestAt: NEWEST_AT, baseUrl };
    writeFileSync(infoPath, JSON.stringify(data));
    return data;
  } finally {
    for (const suffix of ["", "-wal", "-shm"]) rmSync(building + suffix, { force: true });
  }
}
