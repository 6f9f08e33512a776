/**
 * A process of its own that syncs one account into an encrypted file, to be killed at any moment.
 *
 * Arguments: one JSON object `{ dbPath, keyHex, baseUrl, apiKey, pageSize, threads }`. Prints one JSON line per
 * stored page (`{"stored":n}`) and `{"done":true}` when the first pass is complete (with `threads`: when the
 * background threads are, too); then exits 0. The same engine, store and worker as in the app, Node's fetch.
 */
import { createDbClient } from "../../electron/db/client.ts";
import { createAgentMessage } from "../../electron/providers/agentmessage/client.ts";
import { systemClock } from "../../electron/app/system-clock.ts";
import { createSyncEngine } from "../../electron/sync/engine.ts";
import { createSyncStore } from "../../electron/sync/store.ts";

interface Options {
  readonly dbPath: string;
  readonly keyHex: string;
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly pageSize: number;
  readonly threads: boolean;
}

const options = JSON.parse(process.argv[2] ?? "{}") as Options;
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const clock = systemClock;

const db = createDbClient({ workerUrl: new URL("../../electron/db/worker.ts", import.meta.url) });
await db.open({
  path: options.dbPath,
  key: new Uint8Array(Buffer.from(options.keyHex, "hex")),
  keyIsNew: false,
  now: clock.now(),
});
const known = await db.call("accounts.list", undefined);
const accountId =
  known[0]?.id ??
  (await db.call("accounts.insert", {
    uid: "00000000-0000-4000-8000-000000000001",
    provider: "agentmessage",
    name: "Kill test",
    baseUrl: options.baseUrl,
    keyHint: null,
    isSample: false,
    now: clock.now(),
  }));

let pages = 0;
const provider = createAgentMessage({ baseUrl: options.baseUrl, apiKey: options.apiKey, fetch, clock });
const engine = createSyncEngine({
  accountId,
  provider,
  store: createSyncStore(db),
  clock,
  random: Math.random,
  config: { pageSize: options.pageSize, ...(options.threads ? {} : { recentThreads: 0 }) },
  onStatus: ({ phase }) => {
    if (phase.kind === "attention") say({ attention: phase.code });
    if (phase.kind !== "up_to_date") return;
    void engine
      .stop()
      .then(() => db.close())
      .then(() => say({ done: true }));
  },
  onCommit: () => say({ stored: (pages += 1) }),
  onBlocked: (failure) => say({ blocked: failure.code }),
});
await engine.start();
