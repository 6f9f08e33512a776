/**
 * Whatever the network and the server do on the way, the cache ends the same as after a clean sync.
 *
 * A hundred seeds of faults against a real server, through the real HTTP client, engine and database. Waiting
 * is real but shortened: the engine's clock runs five hundred times faster than the wall's.
 */
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Clock } from "../../../electron/sync/ports.ts";
import { createAgentMessage } from "../../../electron/providers/agentmessage/client.ts";
import { createSyncEngine } from "../../../electron/sync/engine.ts";
import type { WriteDb } from "../../../electron/db/connection.ts";
import { seeded } from "../../helpers/seeded.ts";
import { createInProcessClient, openMemoryDatabase, seedAccount } from "../../helpers/test-database.ts";
import { createSyncStore } from "../../../electron/sync/store.ts";
import { startAgentMessageServer } from "../../servers/agentmessage.ts";
import type { Fault } from "../../servers/agentmessage-faults.ts";

const SEEDS = 100;
const AT_ONCE = 10;
const SPEED = 500;
const NEWEST_AT = Date.UTC(2026, 3, 28, 12);
const DEADLINE_MS = 400;
const REQUEST_DEADLINE_MS = 20_000;

function fastClock(): Clock {
  const start = Date.now();
  return {
    now: () => NEWEST_AT + (Date.now() - start) * SPEED,
    schedule(delayMs, callback) {
      // A request's deadline is the exception: it must outlast an honest answer on a busy machine.
      const timer = setTimeout(callback, delayMs === REQUEST_DEADLINE_MS ? DEADLINE_MS : delayMs / SPEED);
      return () => clearTimeout(timer);
    },
  };
}

const FAULTS: readonly Fault[] = [
  { kind: "reset" },
  { kind: "reset-mid-body" },
  { kind: "wrong-length" },
  { kind: "hang" },
  { kind: "delay", ms: 60 },
  { kind: "gzip-bomb", bytes: 32 * 1024 * 1024 },
  { kind: "html" },
  { kind: "invalid-json" },
  { kind: "invalid-envelope" },
  { kind: "status", status: 429, retryAfter: 2 },
  { kind: "status", status: 429, retryAfter: new Date(NEWEST_AT + 3_000).toUTCString() },
  { kind: "status", status: 500 },
  { kind: "status", status: 503, retryAfter: 1 },
  { kind: "repeat-cursor" },
  { kind: "gzip" },
];

/** Everything the provider said, by its own ids, in one number. */
function storeHash(db: WriteDb): string {
  const rows = db.all(
    `SELECT c.remote_id AS conversation, c.last_message_at, c.preview, c.preview_redacted_at, m.remote_id AS message,
       m.body, m.body_state, m.created_at
     FROM conversations c LEFT JOIN messages m ON m.conversation_id = c.id ORDER BY c.remote_id, m.created_at, m.remote_id`,
  );
  return createHash("sha256").update(JSON.stringify(rows)).digest("hex");
}

async function syncOnce(
  faults: readonly { fault: Fault; after: number; times: number }[],
): Promise<{ hash: string; rows: number; requests: number }> {
  const server = await startAgentMessageServer({
    conversations: 12,
    messages: 4,
    pageSize: 4,
    messagePageSize: 3,
    newestAt: NEWEST_AT - 60_000,
  });
  for (const { fault, after, times } of faults) server.fault("any", fault, { after, times });
  const db = openMemoryDatabase();
  const clock = fastClock();
  const accountId = seedAccount(db);
  const provider = createAgentMessage({ baseUrl: server.baseUrl, apiKey: server.apiKey, fetch, clock });
  const allHeld = () =>
    db.get<{ n: number }>("SELECT count(*) AS n FROM threads WHERE complete = 1")?.n === server.conversationCount;
  let engine: ReturnType<typeof createSyncEngine> | null = null;
  await new Promise<void>((resolve, reject) => {
    engine = createSyncEngine({
      accountId,
      provider,
      store: createSyncStore(createInProcessClient(db)),
      clock,
      random: seeded(1),
      onStatus: ({ phase }) => {
        if (phase.kind === "up_to_date" && allHeld()) resolve();
      },
      onCommit: () => undefined,
      onBlocked: (failure) => reject(new Error(failure.code)),
    });
    void engine.start();
  });
  await engine!.stop();
  const hash = storeHash(db);
  const rows = db.get<{ n: number }>("SELECT count(*) AS n FROM messages")?.n ?? 0;
  const requests = server.log.length;
  db.close();
  await server.stop();
  return { hash, rows, requests };
}

describe("a sync through a hostile network", () => {
  it(`ends in the same store as a clean one, for ${SEEDS} seeds`, { timeout: 180_000 }, async () => {
    const clean = await syncOnce([]);
    expect(clean.rows).toBe(48);
    let requests = 0;
    for (let first = 0; first < SEEDS; first += AT_ONCE) {
      const batch = Array.from({ length: AT_ONCE }, (_, index) => {
        const random = seeded(first + index + 1);
        const count = 2 + Math.floor(random() * 5);
        return syncOnce(
          Array.from({ length: count }, () => ({
            fault: FAULTS[Math.floor(random() * FAULTS.length)]!,
            after: Math.floor(random() * 25),
            times: 1 + Math.floor(random() * 3),
          })),
        );
      });
      for (const [index, result] of (await Promise.all(batch)).entries()) {
        expect(result.hash, `seed ${first + index + 1}`).toBe(clean.hash);
        requests += result.requests;
      }
    }
    // The faults really were in the way: on average each seed had to ask again more than once.
    expect(requests).toBeGreaterThan(SEEDS * (clean.requests + 1));
  });
});
