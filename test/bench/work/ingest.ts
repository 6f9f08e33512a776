/**
 * Messages to disk, ours and bare, page by page in turns: `{ folder, messages, turns }`.
 *
 * Both sides: the app's schema with its search index and triggers, its encryption, its pragmas (WAL, FULL,
 * secure_delete), 200 messages per transaction. Bare inserts only what it is given; ours checks tombstones, doubles and
 * adoptions.
 */
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import type { ConversationId } from "../../../shared/domain.ts";
import {
  BENCH_KEY,
  PAGE,
  addAccount,
  commitWholeList,
  commitWholeThread,
  createWorld,
  openDatabase,
  threadItems,
} from "../world.ts";
import { input, output } from "./job.ts";

const { folder, messages, turns } = input<{ folder: string; messages: number; turns: number }>();
const NEWEST_AT = 1_795_000_000_000;
const THREAD = 200;
/** Threads of a full page each: a hundred conversations hold one. */
const perTurn = Math.max(1, Math.round(messages / THREAD));

function prepare(name: string, turn: number) {
  const db = openDatabase({ path: join(folder, `${name}-${turn}.db`), key: BENCH_KEY });
  const world = createWorld({ conversations: perTurn * 100, newestAt: NEWEST_AT });
  const accountId = db.transaction(() => {
    const id = addAccount(db, "http://127.0.0.1:9", NEWEST_AT);
    commitWholeList(db, id, world, NEWEST_AT);
    return id;
  });
  const idOf = (index: number) =>
    db.get<{ id: ConversationId }>("SELECT id FROM conversations WHERE remote_id = ?", world.get(index).id)!.id;
  db.get("PRAGMA wal_checkpoint(TRUNCATE)");
  return { db, accountId, idOf, world };
}

const rates = { ours: [] as number[], bare: [] as number[] };
for (let turn = -1; turn < turns; turn += 1) {
  const ours = prepare("ours", turn);
  const bare = prepare("bare", turn);
  const spent = { ours: 0, bare: 0 };
  for (let thread = 0; thread < perTurn; thread += 1) {
    const index = thread * 100;
    const items = threadItems(ours.world, index);
    const id = ours.idOf(index);
    const runOurs = () => {
      const startedAt = performance.now();
      commitWholeThread(ours.db, ours.accountId, id, items, NEWEST_AT);
      spent.ours += performance.now() - startedAt;
    };
    const runBare = () => {
      const startedAt = performance.now();
      for (let start = 0; start < items.length; start += PAGE) {
        bare.db.transaction(() => {
          for (const item of items.slice(start, start + PAGE)) {
            bare.db.run(
              `INSERT INTO messages (conversation_id, remote_id, direction, body, body_state, media_urls, media_count, channel,
                 segment_count, status, created_at, seen_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
              id,
              item.remoteId,
              item.direction,
              item.body,
              "text",
              null,
              0,
              item.channel,
              item.segmentCount,
              item.status ?? "received",
              item.createdAt,
              NEWEST_AT,
            );
          }
        });
      }
      spent.bare += performance.now() - startedAt;
    };
    for (const run of thread % 2 === 0 ? [runOurs, runBare] : [runBare, runOurs]) run();
  }
  ours.db.close();
  bare.db.close();
  // The first turn warms up.
  if (turn < 0) continue;
  rates.ours.push((perTurn * THREAD * 1_000) / spent.ours);
  rates.bare.push((perTurn * THREAD * 1_000) / spent.bare);
}
output(rates);
