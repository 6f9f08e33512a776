/**
 * Whatever history a cache has, after the purge no removed word is in its files, and every kept text is found.
 *
 * Texts of half a year arrive, are edited, moved in time, redacted and fall due; purges run some steps, the process ends
 * and begins again, in any order. Judged by the raw bytes and by the index held against the rows. Seeded. The variants
 * "a part is not marked" and "only one part is merged" must be caught.
 */
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { AccountId, ConversationId } from "../../shared/domain.ts";
import type { WriteDb } from "../../electron/db/connection.ts";
import { openDatabase } from "../../electron/db/database.ts";
import { purge, purgeStep } from "../../electron/db/purge.ts";
import { enforceRetention } from "../../electron/db/retention-repo.ts";
import {
  T0,
  checkIndexes,
  commitThread,
  countHits,
  makeTempFolder,
  remoteMessage,
  seedConversation,
} from "../helpers/test-database.ts";

const RUNS = 30;
const SEED = 100;
const DAY = 86_400_000;
const PAGE = 25;

/** Unlike all others, so that the index holds nearly all of its letters. */
const canary = (name: string) => createHash("sha256").update(name).digest("hex").slice(0, 24);

type Mutant = "none" | "a part is not marked" | "only one part is merged";

const which = fc.nat(400);
const action = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("hold" as const), day: fc.nat(180), spread: fc.nat(4) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("edit" as const, "redact" as const), which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("move" as const), which, day: fc.nat(180) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("retention" as const), day: fc.integer({ min: 60, max: 180 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("purge" as const), steps: fc.nat(6) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("restart" as const) }) },
);
const history = fc.array(action, { minLength: 6, maxLength: 20 });
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never;

let folder: ReturnType<typeof makeTempFolder>;
let template: string;
let accountId: AccountId;
let id: ConversationId;

const open = (path: string) => openDatabase({ path, key: null });

beforeAll(() => {
  folder = makeTempFolder();
  template = `${folder.dbPath}-template`;
  const db = open(template);
  ({ accountId, id } = seedConversation(db, { preview: null, lastMessageAt: T0 + DAY }));
  db.close();
  return () => folder.remove();
});

/** Plays one history and purges; returns what was found wrong, or null. */
function play(actions: readonly Action[], mutant: Mutant): string | null {
  const path = folder.dbPath;
  for (const suffix of ["", "-wal", "-shm"]) rmSync(path + suffix, { force: true });
  copyFileSync(template, path);
  let db = open(path);
  const held: { at: number; version: number; isGone: boolean }[] = [];
  const gone = new Set<string>();
  const word = (index: number, version = held[index]!.version) => canary(`${index} ${version}`);
  const store = (indexes: readonly number[]) => {
    const items = indexes.map((index) =>
      remoteMessage({
        remoteId: `m${index}`,
        body: held[index]!.isGone ? null : `${word(index)} and more`,
        redactedAt: held[index]!.isGone ? T0 : null,
        createdAt: held[index]!.at,
      }),
    );
    commitThread(db, accountId, id, items, { kind: "delta" });
  };
  const change = (index: number, what: () => void) => {
    if (held.length === 0 || held[index % held.length]!.isGone) return;
    what();
    store([index % held.length]);
  };

  for (const act of actions) {
    if (act.do === "hold") {
      const first = held.length;
      for (let at = 0; at < PAGE; at += 1) {
        held.push({ at: T0 - act.day * DAY - at * act.spread * 21_600_000, version: 0, isGone: false });
      }
      store(Array.from({ length: PAGE }, (_, at) => first + at));
    } else if (act.do === "edit") {
      change(act.which, () => {
        const index = act.which % held.length;
        gone.add(word(index));
        held[index]!.version += 1;
      });
    } else if (act.do === "redact") {
      change(act.which, () => {
        const index = act.which % held.length;
        gone.add(word(index));
        held[index]!.isGone = true;
      });
    } else if (act.do === "move") {
      change(act.which, () => (held[act.which % held.length]!.at = T0 - act.day * DAY));
    } else if (act.do === "retention") {
      const cutoff = T0 - act.day * DAY;
      enforceRetention(db, { accountId, windowMs: T0 - cutoff, cutoff, now: T0 });
      for (const [index, text] of held.entries()) {
        if (text.isGone || text.at >= cutoff) continue;
        gone.add(word(index));
        text.isGone = true;
      }
    } else if (act.do === "purge") {
      for (let step = 0; step < act.steps; step += 1) purgeStep(db, { now: T0, pages: 2 });
    } else {
      db.close();
      db = open(path);
    }
    sabotage(db, mutant);
  }
  purge(db, { now: T0 });
  const wrong = judge(
    db,
    path,
    gone,
    held.flatMap((text, index) => (text.isGone ? [] : [word(index)])),
  );
  db.close();
  return wrong;
}

function sabotage(db: WriteDb, mutant: Mutant): void {
  if (mutant === "a part is not marked") {
    db.run("UPDATE index_parts SET state = 0 WHERE id = (SELECT max(id) FROM index_parts WHERE state = 1)");
  } else if (mutant === "only one part is merged") {
    db.run("UPDATE index_parts SET state = 0 WHERE id > (SELECT min(id) FROM index_parts WHERE state = 1)");
  }
}

function judge(db: WriteDb, path: string, gone: ReadonlySet<string>, kept: readonly string[]): string | null {
  const raw = ["", "-wal"]
    .filter((suffix) => existsSync(path + suffix))
    .map((suffix) => readFileSync(path + suffix).toString("latin1"))
    .join("\n");
  // The index stores a term without the letters it shares with the one before.
  for (const text of gone) if (raw.includes(text.slice(8))) return `still in the files: ${text}`;
  for (const text of kept.slice(-8)) if (countHits(db, text) !== 1) return `not found: ${text}`;
  checkIndexes(db);
  return null;
}

describe("the purge", () => {
  it(`leaves no removed word and every kept text in ${RUNS} histories`, () => {
    fc.assert(
      fc.property(history, (actions) => {
        expect(play(actions, "none")).toBeNull();
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });

  it.each<Mutant>(["a part is not marked", "only one part is merged"])("catches: %s", (mutant) => {
    const result = fc.check(
      fc.property(history, (actions) => play(actions, mutant) === null),
      { numRuns: RUNS, seed: SEED, endOnFailure: true },
    );
    expect(result.failed).toBe(true);
  });
});
