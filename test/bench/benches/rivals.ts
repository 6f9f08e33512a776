/** Other stores at the same work in the same run: ingest, open, search, redact. Storage only, no window. */
import { readFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { launch } from "../apps.ts";
import { benchDir } from "../context.ts";
import type { Context } from "../context.ts";
import type { Figure, RivalFigure } from "../result.ts";
import { summarize } from "../stats.ts";

interface Times {
  readonly ingest: readonly number[];
  readonly open: readonly number[];
  readonly search: readonly number[];
  readonly redact: readonly number[];
}

interface Rival {
  readonly name: string;
  readonly terms: string;
  /** Which share of the messages it can bear in the time. */
  readonly share: number;
  readonly run: (context: Context, messages: number) => Promise<Times>;
}

const BATCH = 200;

const sql = (store: "ours" | "node-sqlite") => (context: Context, messages: number) =>
  context.job<Times>("rivals/sql.ts", { folder: context.makeFolder(store), messages, store });

const RIVALS: readonly Rival[] = [
  {
    name: "node:sqlite",
    terms:
      "not encrypted, WAL and FULL like ours, own full-text index; redaction sets the texts to null and stops there",
    share: 1,
    run: sql("node-sqlite"),
  },
  {
    name: "Dexie (IndexedDB)",
    terms: "not encrypted, strict durability, words as a multi-entry index",
    share: 0.2,
    run: (context, messages) => inPage(context, messages, "dexie"),
  },
  {
    name: "PouchDB (IndexedDB)",
    terms: "not encrypted, the browser's relaxed durability, search walks through everything",
    share: 0.1,
    run: (context, messages) => inPage(context, messages, "pouchdb"),
  },
  {
    name: "lowdb (JSON file)",
    terms: "not encrypted, nothing synced to the disk, the whole file written per batch, everything in memory",
    share: 0.1,
    run: (context, messages) =>
      context.job<Times>("rivals/lowdb.mjs", {
        folder: context.makeFolder("lowdb"),
        rivalsDir: context.rivalsDir,
        messages,
      }),
  },
];

/** In a page of the same Electron: the library as its own bundle, the work as text. */
async function inPage(context: Context, messages: number, name: "dexie" | "pouchdb"): Promise<Times> {
  if (context.rivalsDir === null) throw new Error("the rivals are not installed");
  const bundle = await readFile(join(context.rivalsDir, "node_modules", name, "dist", `${name}.min.js`), "utf8");
  const strip = (text: string) => stripTypeScriptTypes(text).replaceAll(/^export /gm, "");
  const workload = strip(await readFile(join(benchDir, "rivals", "workload.ts"), "utf8"));
  const stores = strip(await readFile(join(benchDir, "rivals", "in-page-stores.mjs"), "utf8"));
  const { page, close } = await launch(context, "bare", context.makeFolder(name));
  try {
    await page.addScriptTag({ content: bundle });
    const call =
      name === "dexie"
        ? `runDexie({ Dexie: window.Dexie, work, messages: ${messages} })`
        : `runPouch({ PouchDB: window.PouchDB, work, messages: ${messages} })`;
    return await page.evaluate(
      `(async () => { ${workload}\n${stores}
       const work = { BATCH, OPENS, PAGE_OF_THREAD, RESULTS, REDACT_SHARE, batchesOf, rowsOf, searchesOf };
       return ${call}; })()`,
    );
  } finally {
    await close();
  }
}

export async function rivals(context: Context): Promise<Figure[]> {
  if (context.rivalsDir === null) return [];
  const messages = context.sizes.rivalMessages;
  const ours = await sql("ours")(context, messages);
  const found: { rival: Rival; held: number; times: Times }[] = [];
  for (const rival of RIVALS) {
    const held = Math.max(BATCH, Math.round((messages * rival.share) / BATCH) * BATCH);
    try {
      found.push({ rival, held, times: await rival.run(context, held) });
      context.say(`  ${rival.name}: done`);
    } catch (error) {
      context.say(`  ${rival.name} could not be measured: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const rate = (ms: readonly number[]) => summarize(ms.map((each) => (BATCH * 1_000) / each));
  const figure = (what: keyof Times, title: string, unit: string, notes: string[]): Figure => {
    const isRate = what === "ingest";
    const summaryOf = (times: Times) => (isRate ? rate(times[what]) : summarize(times[what]));
    const summary = summaryOf(ours);
    const all: RivalFigure[] = found.map(({ rival, held, times }) => ({
      name: rival.name,
      summary: summaryOf(times),
      terms: `${held.toLocaleString("en")} messages; ${rival.terms}`,
    }));
    const ratios = all.map((rival) =>
      isRate ? summary.median / rival.summary.median : rival.summary.median / summary.median,
    );
    return {
      name: `rivals-${what}`,
      title,
      unit,
      isRate,
      ours: summary,
      limitName: "the fastest rival",
      limit: null,
      value: Math.min(...ratios),
      spread: null,
      goal: { kind: "at_least", value: 1, unit: "" },
      notes,
      rivals: all,
    };
  };
  if (found.length === 0) throw new Error("no rival could be measured");
  const size = `${messages.toLocaleString("en")} messages here.`;
  return [
    figure("ingest", "Ingest, batches of 200", "messages/s", [
      `${size} Ours encrypts, indexes for search, keeps tombstones and counts unread; a plain store does none of that.`,
    ]),
    figure("open", "Open a thread's newest 60 messages", "ms", [
      `${size} Ours joins tombstones and says what is missing of the thread.`,
    ]),
    figure("search", "Search by the beginning of a word, 60 results", "ms", [size]),
    figure("redact", "Remove the oldest hundredth of the texts", "ms", [
      `${size} Ours overwrites every byte of them, also in the search index and the log; the others leave the old bytes in their files until chance overwrites them.`,
    ]),
  ];
}
