/**
 * A process of its own that sends a reply with a file out of an encrypted database, to be killed at a failpoint.
 *
 * Argument: one `FilesProcessOptions` as JSON. The app's database, store, dispatcher, HighLevel client and sync engine;
 * the failpoints sit in wrappers around the ports. Prints `{"states":[…]}` whenever something changed. Runs until killed.
 */
import { systemClock } from "../../electron/app/system-clock.ts";
import { openDatabase } from "../../electron/db/database.ts";
import { createDispatcher } from "../../electron/outbox/dispatcher.ts";
import { getProviderEntry } from "../../electron/providers/registry.ts";
import { createSyncEngine } from "../../electron/sync/engine.ts";
import type { OutboxStore, Provider } from "../../electron/sync/ports.ts";
import type { OutboxId } from "../../shared/domain.ts";
import { createInProcessClient, createStores } from "./test-database.ts";

export const FILE_FAILPOINTS = [
  "upload-answered",
  "upload-recorded",
  "row-says-sending",
  "answer-read",
  "sent-recorded",
] as const;
export type FileFailpoint = (typeof FILE_FAILPOINTS)[number];
/** Wrong in exactly one way each, to prove that the test can fail. */
export type FileMutant = "address not recorded" | "sent before it says so";

export interface FilesProcessOptions {
  readonly dbPath: string;
  readonly keyHex: string;
  readonly baseUrl: string;
  readonly credentials: Readonly<Record<string, string>>;
  readonly failpoint: FileFailpoint | null;
  readonly personRetries: boolean;
  readonly mutant: FileMutant | null;
}

const given = process.argv[2];
if (given !== undefined && process.argv[1]?.endsWith("files-process.ts") === true) {
  await live(JSON.parse(given) as FilesProcessOptions);
}

async function live(options: FilesProcessOptions): Promise<void> {
  const clock = systemClock;
  const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
  const hit = (at: FileFailpoint) => {
    if (options.failpoint === at) process.kill(process.pid, "SIGKILL");
  };
  const db = openDatabase({ path: options.dbPath, key: new Uint8Array(Buffer.from(options.keyHex, "hex")) });
  process.stdin.resume().once("end", () => process.exit());
  const client = createInProcessClient(db);
  const stores = createStores(db);
  const [account] = await client.call("accounts.list", undefined);
  if (account === undefined) throw new Error("the database has no account");
  const { baseUrl, credentials } = options;
  const entry = getProviderEntry("highlevel");
  const highLevel = entry.create({ baseUrl, credentials, fetch, clock });

  const store: OutboxStore = {
    ...stores.outbox,
    async markUploaded(input) {
      hit("upload-answered");
      if (options.mutant !== "address not recorded") await stores.outbox.markUploaded(input);
      hit("upload-recorded");
    },
    async beginSend(input) {
      if (options.mutant === "sent before it says so") return "go";
      const verdict = await stores.outbox.beginSend(input);
      if (verdict === "go") hit("row-says-sending");
      return verdict;
    },
    async markSent(input) {
      await stores.outbox.markSent(input);
      hit("sent-recorded");
    },
  };
  const provider: Provider = {
    ...highLevel,
    async send(request) {
      const receipt = await highLevel.send(request);
      hit("answer-read");
      return receipt;
    },
  };
  const tell = () => say({ states: db.all<{ state: string }>("SELECT state FROM outbox").map(({ state }) => state) });
  const dispatcher = createDispatcher({
    accountId: account.id,
    provider,
    store,
    clock,
    random: Math.random,
    paceMs: 0,
    onChanged: tell,
    onBlocked: (failure) => say({ blocked: failure.code }),
    onError: (error) => say({ error: String(error) }),
  });
  await store.recoverInterrupted({ now: clock.now() });
  if (options.personRetries) {
    for (const { id } of db.all<{ id: OutboxId }>("SELECT id FROM outbox WHERE state = 'unknown'")) {
      await client.call("outbox.retry", { id, now: clock.now() });
    }
  }
  const engine = createSyncEngine({
    accountId: account.id,
    provider: highLevel,
    store: stores.sync,
    clock,
    random: Math.random,
    onStatus: tell,
    onCommit: () => dispatcher.threadChanged(),
    onBlocked: (failure) => say({ blocked: failure.code }),
  });
  await engine.start();
  dispatcher.kick();
  tell();
}
