/**
 * The first sync in the real app: how many conversations per second reach the disk, against only fetching and
 * parsing the same pages in the same process; and how long the main thread stalls meanwhile.
 */
import { launch } from "../apps.ts";
import type { RunningApp } from "../apps.ts";
import type { Context } from "../context.ts";
import { PAGE } from "../world.ts";
import type { Figure } from "../result.ts";
import { pairedSpread, quantile, summarize } from "../stats.ts";
import { OWN_KEY } from "../texts.ts";
import type { Bridge } from "../../../shared/ipc.ts";

declare global {
  interface Window {
    readonly threadkeep: Bridge;
  }
}

interface Turn {
  readonly oursMs: number;
  readonly fetchMs: number;
  readonly idleStallMs: number;
  readonly syncStallMs: number;
}

export async function firstSync(context: Context): Promise<Figure[]> {
  const { syncConversations, syncTurns } = context.sizes;
  const turns: Turn[] = [];
  const server = await context.server<{ baseUrl: string }>("work/serve.ts", {
    conversations: syncConversations,
    newestAt: Date.now() - 60_000,
    port: 0,
  });
  try {
    for (let turn = -1; turn < syncTurns; turn += 1) {
      const running = await launch(context, "ours", context.makeFolder("sync"));
      try {
        const measured = await measureTurn(running, server.baseUrl);
        // The first turn warms the server up.
        if (turn >= 0) turns.push(measured);
      } finally {
        await running.close();
      }
    }
  } finally {
    await server.stop();
  }
  const rate = (ms: number) => (syncConversations * 1_000) / ms;
  const ours = turns.map(({ oursMs }) => rate(oursMs));
  const fetched = turns.map(({ fetchMs }) => rate(fetchMs));
  const added = turns.map(({ idleStallMs, syncStallMs }) => syncStallMs - idleStallMs);
  const [mine, limit] = [summarize(ours), summarize(fetched)];
  return [
    {
      name: "first-sync",
      title: "First sync, whole path to the encrypted disk",
      unit: "conversations/s",
      isRate: true,
      ours: mine,
      limitName: "fetching and JSON-parsing the same pages only",
      limit,
      value: mine.median / limit.median,
      spread: pairedSpread(ours, fetched),
      goal: { kind: "at_least", value: 0.7, unit: "" },
      notes: [
        `${syncConversations} conversations in pages of ${PAGE}: below the number of requests after which the app spares its provider (100 a second).`,
        "Both sides in the app's own main process over its own network stack, one request at a time, from the same server on this machine. Ours begins with the click on Connect: the check of the key, the keyring and the account's row are in it.",
      ],
      rivals: [],
    },
    {
      name: "main-stall",
      title: "Main-thread stall during the first sync, p99",
      unit: "ms",
      isRate: false,
      ours: summarize(turns.map(({ syncStallMs }) => syncStallMs)),
      limitName: "the same app, idle",
      limit: summarize(turns.map(({ idleStallMs }) => idleStallMs)),
      value: quantile(added, 0.5),
      spread: null,
      goal: { kind: "at_most", value: 10, unit: "ms more" },
      notes: ["Lateness of a timer due every 5 ms, as the event loop's own histogram has it."],
      rivals: [],
    },
  ];
}

const IDLE_MS = 3_000;

async function measureTurn({ app, page }: RunningApp, baseUrl: string): Promise<Turn> {
  await page.getByRole("button", { name: "Connect an account" }).waitFor();
  const idleStallMs = await app.evaluate(async (_electron, idleMs) => {
    const { monitorEventLoopDelay } = process.getBuiltinModule("node:perf_hooks");
    const delays = monitorEventLoopDelay({ resolution: 5 });
    delays.enable();
    await new Promise((resolve) => setTimeout(resolve, idleMs));
    delays.disable();
    return delays.percentile(99) / 1e6;
  }, IDLE_MS);
  const fetchMs = await app.evaluate(
    async ({ net }, { baseUrl: base, key, limit }) => {
      // As the app asks: Electron's `fetch` cannot hold every answer the test server gives.
      const get = (url: string) =>
        new Promise<string>((resolve, reject) => {
          const request = net.request(url);
          request.setHeader("Authorization", `Bearer ${key}`);
          request.on("error", reject);
          request.on("response", (answer) => {
            const chunks: Buffer[] = [];
            answer.on("data", (chunk) => chunks.push(chunk));
            answer.on("end", () => resolve(Buffer.concat(chunks).toString()));
          });
          request.end();
        });
      const startedAt = performance.now();
      let cursor: string | null = null;
      do {
        const query: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
        const listed = JSON.parse(await get(`${base}/v1/conversations?limit=${limit}${query}`)) as {
          meta: { next_cursor: string | null };
        };
        cursor = listed.meta.next_cursor;
      } while (cursor !== null && cursor !== "");
      return performance.now() - startedAt;
    },
    { baseUrl, key: OWN_KEY, limit: PAGE },
  );
  await app.evaluate(() => {
    const { monitorEventLoopDelay } = process.getBuiltinModule("node:perf_hooks");
    const delays = monitorEventLoopDelay({ resolution: 5 });
    delays.enable();
    Object.assign(globalThis, { benchDelays: delays });
  });
  const oursMs = await page.evaluate(
    async ({ baseUrl: base, key }) => {
      const completed = new Promise<number>((resolve) => {
        const stop = window.threadkeep.subscribe("sync.changed", (statuses) => {
          if (statuses[0] === undefined || statuses[0].lastCompletedAt === null) return;
          stop();
          resolve(performance.now());
        });
      });
      const startedAt = performance.now();
      const outcome = await window.threadkeep.invoke("accounts.connect", {
        provider: "agentmessage",
        name: "Bench",
        baseUrl: base,
        credentials: { apiKey: key },
      });
      if (!outcome.ok) throw new Error(`not connected: ${outcome.error.code}`);
      return (await completed) - startedAt;
    },
    { baseUrl, key: OWN_KEY },
  );
  const syncStallMs = await app.evaluate(() => {
    const delays = (globalThis as unknown as { benchDelays: { disable(): void; percentile(p: number): number } })
      .benchDelays;
    delays.disable();
    return delays.percentile(99) / 1e6;
  });
  return { oursMs, fetchMs, idleStallMs, syncStallMs };
}
