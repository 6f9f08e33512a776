/**
 * Stores that live in a page of the same Electron (Dexie, PouchDB on IndexedDB). Turned into text and run there.
 *
 * Both index words themselves, as their users do: IndexedDB has no full-text index.
 */

/** Runs in the page. `work` is workload.ts as a module's exports. */
export async function runDexie({ Dexie, work, messages }) {
  const { OPENS, PAGE_OF_THREAD, REDACT_SHARE, RESULTS, batchesOf, rowsOf, searchesOf } = work;
  const times = { ingest: [], open: [], search: [], redact: [] };
  const timed = async (into, job) => {
    const startedAt = performance.now();
    const value = await job();
    into.push(performance.now() - startedAt);
    return value;
  };
  const db = new Dexie("bench", { chromeTransactionDurability: "strict" });
  db.version(1).stores({ messages: "id, [thread+at], at, *words" });
  const rows = rowsOf(messages);
  for (const batch of batchesOf(rows)) {
    await timed(times.ingest, () =>
      db.transaction("rw", db.messages, () =>
        db.messages.bulkPut(batch.map((row) => ({ ...row, words: [...new Set(row.body.split(" "))] }))),
      ),
    );
  }
  const threads = rows.at(-1).thread + 1;
  for (let turn = 0; turn < OPENS; turn += 1) {
    const thread = (turn * 7) % threads;
    await timed(times.open, () =>
      db.messages
        .where("[thread+at]")
        .between([thread, Dexie.minKey], [thread, Dexie.maxKey])
        .desc()
        .limit(PAGE_OF_THREAD)
        .toArray(),
    );
  }
  for (const word of searchesOf()) {
    await timed(times.search, () => db.messages.where("words").startsWith(word).distinct().limit(RESULTS).toArray());
  }
  await timed(times.redact, () =>
    db.transaction("rw", db.messages, async () => {
      const old = await db.messages
        .orderBy("at")
        .limit(Math.ceil(rows.length * REDACT_SHARE))
        .toArray();
      await db.messages.bulkPut(old.map((row) => ({ ...row, body: "", words: [] })));
    }),
  );
  await db.delete();
  return times;
}

/** Runs in the page. Documents sort by thread and time, so a thread is a range; a search walks through all. */
export async function runPouch({ PouchDB, work, messages }) {
  const { OPENS, PAGE_OF_THREAD, REDACT_SHARE, RESULTS, batchesOf, rowsOf, searchesOf } = work;
  const times = { ingest: [], open: [], search: [], redact: [] };
  const timed = async (into, job) => {
    const startedAt = performance.now();
    const value = await job();
    into.push(performance.now() - startedAt);
    return value;
  };
  const db = new PouchDB("bench-pouch", { auto_compaction: true });
  const rows = rowsOf(messages);
  const pad = (number) => String(number).padStart(14, "0");
  for (const batch of batchesOf(rows)) {
    await timed(times.ingest, () =>
      db.bulkDocs(batch.map((row) => ({ _id: `${pad(row.thread)}:${pad(row.at)}:${row.id}`, ...row }))),
    );
  }
  const threads = rows.at(-1).thread + 1;
  for (let turn = 0; turn < OPENS; turn += 1) {
    const thread = pad((turn * 7) % threads);
    await timed(times.open, () =>
      db.allDocs({
        include_docs: true,
        descending: true,
        startkey: `${thread};`,
        endkey: `${thread}:`,
        limit: PAGE_OF_THREAD,
      }),
    );
  }
  for (const word of searchesOf().slice(0, 10)) {
    await timed(times.search, async () => {
      const begins = new RegExp(`(^|\\W)${word}`, "i");
      const all = await db.allDocs({ include_docs: true, descending: true });
      return all.rows.filter(({ doc }) => begins.test(doc.body)).slice(0, RESULTS);
    });
  }
  await timed(times.redact, async () => {
    const old = await db.allDocs({ include_docs: true, limit: Math.ceil(rows.length * REDACT_SHARE) });
    await db.bulkDocs(old.rows.map(({ doc }) => ({ ...doc, body: "" })));
  });
  await db.destroy();
  return times;
}
