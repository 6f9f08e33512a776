/** A JSON file as the store (lowdb): everything in memory, the whole file written anew for each batch. */
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { input, output } from "../work/job.ts";
import { OPENS, PAGE_OF_THREAD, REDACT_SHARE, RESULTS, batchesOf, rowsOf, searchesOf } from "./workload.ts";

const { folder, rivalsDir, messages } = input();
const require = createRequire(join(rivalsDir, "package.json"));
const { JSONFilePreset } = await import(pathToFileURL(join(require.resolve("lowdb"), "..", "node.js")).href).catch(
  () => import(pathToFileURL(join(rivalsDir, "node_modules", "lowdb", "lib", "node.js")).href),
);
const times = { ingest: [], open: [], search: [], redact: [] };
const timed = async (into, work) => {
  const startedAt = performance.now();
  const value = await work();
  into.push(performance.now() - startedAt);
  return value;
};

const db = await JSONFilePreset(join(folder, "lowdb.json"), { messages: [] });
const rows = rowsOf(messages);
for (const batch of batchesOf(rows)) {
  await timed(times.ingest, async () => {
    const seen = new Set(db.data.messages.map(({ id }) => id));
    db.data.messages.push(...batch.filter(({ id }) => !seen.has(id)));
    await db.write();
  });
}
const threads = rows.at(-1).thread + 1;
for (let turn = 0; turn < OPENS; turn += 1) {
  await timed(times.open, () =>
    db.data.messages.filter(({ thread }) => thread === (turn * 7) % threads).slice(-PAGE_OF_THREAD),
  );
}
for (const word of searchesOf()) {
  await timed(times.search, () => {
    const begins = new RegExp(`(^|\\W)${word}`, "i");
    return db.data.messages.filter(({ body }) => begins.test(body)).slice(-RESULTS);
  });
}
await timed(times.redact, async () => {
  const count = Math.ceil(rows.length * REDACT_SHARE);
  for (const message of db.data.messages.slice(0, count)) message.body = "";
  await db.write();
});
output(times);
