/**
 * Replies with files through random histories: never lost, never doubled, never with fewer files than the person attached,
 * and what was given up is in no byte of the database's files.
 *
 * Judged by the provider's own record of what arrived and by the raw bytes. Seeded; each broken variant must be caught.
 */
import { copyFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { draftAttachments, openAttachment } from "../../electron/db/attachments-repo.ts";
import { openDatabase } from "../../electron/db/database.ts";
import { purge } from "../../electron/db/purge.ts";
import type { OutboxItem } from "../../shared/domain.ts";
import type { MediaId } from "../../shared/media.ts";
import { FILES_MUTANTS } from "../helpers/outbox-files-mutants.ts";
import type { FilesMutant } from "../helpers/outbox-files-mutants.ts";
import type { Answer } from "../helpers/outbox-files-provider.ts";
import { FilesWorld, THREADS, wordOf } from "../helpers/outbox-files-world.ts";
import type { Intent, Step } from "../helpers/outbox-files-world.ts";
import { makeTempFolder } from "../helpers/test-database.ts";

const RUNS = 150;
const SEED = 20261121;
const TIMEOUT_MS = 180_000;

const which = fc.nat(50);
const thread = fc.nat(THREADS - 1);
const answers = fc.array(
  fc.constantFrom<Answer>("ok", "ok", "ok", "offline", "busy", "refused", "done then lost", "not done, not known"),
  { minLength: 1, maxLength: 8, size: "max" },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("reply" as const),
      thread,
      files: fc.nat(3),
      hasText: fc.boolean(),
      laterMs: fc.option(fc.integer({ min: 1, max: 60_000 }), { freq: 3 }),
      isTwice: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("attach" as const, "look" as const), thread }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("answers" as const), uploads: answers, sends: answers }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom("detach" as const, "retry" as const, "discard" as const, "takeBack" as const),
      which,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("cancel" as const), which }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("crash" as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("undo" as const, "purge" as const) }) },
  // Short ones end between two requests.
  { weight: 3, arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.integer({ min: 1, max: 12 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.integer({ min: 100, max: 60_000 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("forget" as const),
      thread,
      by: fc.constantFrom("provider" as const, "retention" as const),
    }),
  },
);
const history = fc.array(step, { minLength: 6, maxLength: 40, size: "max" });

let folder: ReturnType<typeof makeTempFolder>;
let template: string;
beforeAll(() => {
  folder = makeTempFolder();
  template = `${folder.dbPath}-template`;
  openDatabase({ path: template, key: null }).close();
  return () => folder.remove();
});

/** What was met over all runs: histories in which nothing happens would say nothing. */
const met = { sentWithFiles: 0, settledByThread: 0, keptFiles: 0, forgottenFiles: 0, unsent: 0, broughtTwice: 0 };

/** Plays one history; returns what the promises say against its end, in words. */
async function faultsOf(steps: readonly Step[], mutant: FilesMutant | null): Promise<string[]> {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(folder.dbPath + suffix, { force: true });
  copyFileSync(template, folder.dbPath);
  const world = new FilesWorld(folder.dbPath, mutant);
  try {
    for (const one of steps) await world.play(one);
    await world.rest();
    const faults = [...draftFaults(world)];
    for (const intent of world.intents) faults.push(...replyFaults(world, intent));
    expect(purge(world.db, { now: world.clock.now() }).done).toBe(true);
    faults.push(...byteFaults(world));
    met.broughtTwice += world.provider.kept.size - new Set(world.provider.kept.values()).size;
    return faults;
  } catch (error) {
    // A mutant may be refused by the store itself: noticed as well.
    if (mutant === null) throw error;
    return [String(error)];
  } finally {
    world.db.close();
  }
}

/** The word in the bytes of a file that is still to be sent; null: it is not there. */
function heldWord({ db }: FilesWorld, id: MediaId): string | null {
  const held = openAttachment(db, { id });
  return held === null ? null : new TextDecoder().decode(held.bytes).slice(0, 24);
}

function draftFaults(world: FilesWorld): string[] {
  return world.drafts.flatMap((names, index) => {
    const held = draftAttachments(world.db, { conversationId: world.ids[index]! }).map(({ id }) => heldWord(world, id));
    return held.join() === names.map(wordOf).join() ? [] : [`draft ${index} should hold ${names.join()}`];
  });
}

interface Row {
  readonly state: OutboxItem["state"];
  readonly text: string;
  readonly settled: number | null;
}

function replyFaults(world: FilesWorld, intent: Intent): string[] {
  const { id, tag, files, text, thread: where } = intent;
  const { db } = world;
  const row = db.get<Row>("SELECT state, text, settled_message_id AS settled FROM outbox WHERE id = ?", id);
  const arrived = world.provider.arrivals.filter((one) => one.tag === tag);
  const faults: string[] = [];
  if (arrived.length > 1) faults.push(`${tag} was sent ${arrived.length} times`);
  for (const { urls } of arrived) {
    const brought = urls.map((url) => world.provider.kept.get(url));
    if (brought.join() !== files.map(wordOf).join()) faults.push(`${tag} left with other files than ${files.join()}`);
  }
  if (intent.isOut) return row === undefined ? faults : [...faults, `${tag} was taken out and is there`];
  if (row === undefined) return [...faults, `${tag} is not known any more`];
  const tokens = db.all<{ token: MediaId }>("SELECT token FROM attachments WHERE outbox_id = ? ORDER BY id", id);
  if (row.state !== "sent") {
    // Where the provider forgot the message before it was seen there is no proof, and a person decides.
    const isUnproven = row.state === "unknown" && arrived.every(({ isForgotten }) => isForgotten);
    if (arrived.length > 0 && !isUnproven) faults.push(`${tag} arrived and is shown as ${row.state}`);
    const held = tokens.map(({ token }) => heldWord(world, token));
    if (row.text !== text || held.join() !== files.map(wordOf).join())
      faults.push(`${tag} did not leave and lost a part`);
    met.unsent += 1;
    return faults;
  }
  if (arrived.length !== 1) faults.push(`${tag} is shown as sent and arrived ${arrived.length} times`);
  if (tokens.length > 0) faults.push(`${tag} was sent and has files in the outbox`);
  if (arrived[0]?.isForgotten === true) for (const name of files) world.forgotten.add(name);
  else if (!world.shaken.has(where)) faults.push(...mediaFaults(world, row.settled, files));
  if (files.length > 0) met.sentWithFiles += 1;
  if (files.length > 0 && arrived[0]?.isAnswered === false) met.settledByThread += 1;
  return faults;
}

/** A sent file is its message's: held once, under that message. */
function mediaFaults({ db }: FilesWorld, messageId: number | null, files: readonly string[]): string[] {
  const held = db.all<{ word: string }>(
    `SELECT CAST(substr(b.bytes, 1, 24) AS TEXT) AS word FROM message_media x JOIN media_blobs b ON b.media_id = x.id
     WHERE x.message_id = ? ORDER BY x.position`,
    messageId,
  );
  met.keptFiles += held.length;
  return held.map(({ word }) => word).join() === files.map(wordOf).join() ? [] : [`sent without ${files.join()}`];
}

function byteFaults(world: FilesWorld): string[] {
  const raw = ["", "-wal"]
    .filter((suffix) => existsSync(folder.dbPath + suffix))
    .map((suffix) => readFileSync(folder.dbPath + suffix).toString("latin1"))
    .join("\n");
  met.forgottenFiles += world.forgotten.size;
  return [...world.forgotten].filter((name) => raw.includes(wordOf(name))).map((name) => `still on disk: ${name}`);
}

it(
  `a reply with files is never lost, never doubled and never sent with fewer, in ${RUNS} histories`,
  async () => {
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        expect(await faultsOf(steps, null)).toEqual([]);
      }),
      { numRuns: RUNS, seed: SEED },
    );
    expect(Math.min(met.sentWithFiles, met.keptFiles, met.forgottenFiles)).toBeGreaterThan(RUNS);
    expect(Math.min(met.settledByThread, met.unsent, met.broughtTwice)).toBeGreaterThan(RUNS / 20);
  },
  TIMEOUT_MS,
);

it.each(FILES_MUTANTS)(
  "catches: %s",
  async (mutant) => {
    const outcome = await fc.check(
      fc.asyncProperty(history, async (steps) => (await faultsOf(steps, mutant)).length === 0),
      { numRuns: RUNS, seed: SEED, endOnFailure: true },
    );
    expect(outcome.failed).toBe(true);
  },
  TIMEOUT_MS,
);
