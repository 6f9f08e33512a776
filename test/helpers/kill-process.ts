/**
 * A sync that dies at a chosen point: the real engine and database in one process, to be killed and started again.
 *
 * Argument: one JSON object, `KillOptions`. The database is not
 * encrypted, so that its raw bytes can be searched. Prints, synchronously, `{"acked":[…]}` for each stored page
 * (remote ids), `{"purged":true}` when a purge is done and `{"done":true}` at the end. A failpoint is a place at
 * a port of the engine or between two SQL statements; the process kills itself there with SIGKILL.
 */
import { writeSync } from "node:fs";
import { dbCalls } from "../../electron/db/api.ts";
import type { SqlValue, WriteDb } from "../../electron/db/connection.ts";
import { openDatabase } from "../../electron/db/database.ts";
import { systemClock } from "../../electron/app/system-clock.ts";
import { createAgentMessage } from "../../electron/providers/agentmessage/client.ts";
import { createSyncEngine } from "../../electron/sync/engine.ts";
import { createPurger } from "../../electron/sync/purger.ts";
import type { SyncStore } from "../../electron/sync/ports.ts";
import { createSyncStore } from "../../electron/sync/store.ts";
import { createInProcessClient } from "./test-database.ts";

export const FAILPOINTS = [
  "answer received, nothing stored",
  "between two statements of a page",
  "page stored, not acknowledged",
  "texts removed, purge not begun",
  "some parts of the index merged, others not",
  "index merged, log not truncated",
  "purge reported done",
] as const;
export type Failpoint = (typeof FAILPOINTS)[number];

export interface KillOptions {
  readonly dbPath: string;
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly pageSize: number;
  readonly failpoint: Failpoint | null;
  /** Which time the point is passed, from 1. */
  readonly occurrence: number;
  /** Broken on purpose: the place is saved before the rows of its page. */
  readonly cursorFirst?: boolean;
}

const say = (line: object) => void writeSync(1, `${JSON.stringify(line)}\n`);

function main(options: KillOptions): void {
  let left = options.occurrence;
  const reach = (failpoint: Failpoint) => {
    if (failpoint !== options.failpoint) return;
    left -= 1;
    if (left === 0) process.kill(process.pid, "SIGKILL");
  };

  const real = openDatabase({ path: options.dbPath, key: null });
  let inPage = false;
  const db: WriteDb = {
    ...real,
    run(sql, ...values) {
      if (inPage) reach("between two statements of a page");
      if (sql.includes("('merge', ?)")) reach("some parts of the index merged, others not");
      return real.run(sql, ...values);
    },
    get<R>(sql: string, ...values: SqlValue[]) {
      // The purge asks for this once every step of the merge is done.
      if (sql.includes("wal_checkpoint(TRUNCATE)")) reach("index merged, log not truncated");
      return real.get<R>(sql, ...values);
    },
  };

  const accountId =
    dbCalls["accounts.list"](db)[0]?.id ??
    dbCalls["accounts.insert"](db, {
      uid: "00000000-0000-4000-8000-000000000001",
      provider: "agentmessage",
      name: "Kill test",
      baseUrl: options.baseUrl,
      keyHint: null,
      isSample: false,
      now: systemClock.now(),
    });
  // Each start looks at everything again, so that every removal on the server is found in this run.
  db.run("UPDATE sync_state SET sweep_completed_at = 0");
  const startedAt = systemClock.now();

  const plain = createSyncStore(createInProcessClient(db));
  async function page<T>(remoteIds: readonly string[], work: () => Promise<T>): Promise<T> {
    reach("answer received, nothing stored");
    inPage = true;
    const result = await work();
    inPage = false;
    reach("page stored, not acknowledged");
    say({ acked: remoteIds });
    return result;
  }
  const ids = (items: readonly { remoteId: string }[]) => items.map(({ remoteId }) => remoteId);
  const store: SyncStore = {
    ...plain,
    async commitConversations(commit) {
      if (options.cursorFirst === true && commit.pass !== null) await plain.savePass({ ...commit, pass: commit.pass });
      return page(ids(commit.items), () => plain.commitConversations(commit));
    },
    commitMessages: (commit) => page(ids(commit.items), () => plain.commitMessages(commit)),
    async purge(input) {
      reach("texts removed, purge not begun");
      const result = await plain.purge(input);
      if (result.done) {
        say({ purged: true });
        reach("purge reported done");
      }
      return result;
    },
  };
  const purger = createPurger(store, systemClock, (error) => {
    throw error;
  });
  if (dbCalls["purge.pending"](db)) purger.request();

  const settled = () => {
    const row = db.get<{ swept: number; open: number }>(
      `SELECT (SELECT sweep_completed_at FROM sync_state) AS swept,
         (SELECT count(*) FROM conversations c LEFT JOIN threads t ON t.conversation_id = c.id
          WHERE t.conversation_id IS NULL OR t.complete = 0 OR t.covered_to < c.last_message_at
            OR t.recheck_due_at IS NOT NULL) AS open`,
    );
    return row !== undefined && row.swept >= startedAt && row.open === 0;
  };

  let ending = false;
  async function end(): Promise<void> {
    if (ending) return;
    ending = true;
    await engine.stop();
    if (dbCalls["purge.pending"](db)) purger.request();
    await purger.flush();
    db.close();
    say({ done: true });
    process.exit(0);
  }

  const { baseUrl, apiKey } = options;
  const provider = createAgentMessage({ baseUrl, apiKey, fetch, clock: systemClock });
  const engine = createSyncEngine({
    accountId,
    provider,
    store,
    clock: systemClock,
    random: Math.random,
    config: { pageSize: options.pageSize },
    onStatus: () => undefined,
    onCommit(result) {
      if (result.removedTexts > 0) purger.request();
      if (settled()) void end();
    },
    onBlocked: (failure) => say({ blocked: failure.code }),
  });
  void engine.start();
}

if (import.meta.main) main(JSON.parse(process.argv[2] ?? "{}") as KillOptions);
