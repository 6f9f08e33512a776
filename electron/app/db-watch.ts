/**
 * Watches every answer of the database for two kinds of trouble: a damaged file, and a disk that takes nothing more.
 *
 * A `DbClient` around a `DbClient`; decides nothing about accounts or windows. Invariants: damage is told once, and
 * the texts whose calls it made fail are kept for who asks; disk trouble is told when it begins and when a real
 * write has shown that it is over; while it lasts one small write is tried every few seconds, never more.
 */
import type { ConversationId } from "../../shared/domain.ts";
import { failureOf } from "../../shared/errors.ts";
import type { AppState } from "../../shared/ipc.ts";
import type { DbCallName, DbInput, DbOutput } from "../db/api.ts";
import type { DbClient } from "../db/client.ts";
import type { LastWords } from "../db/salvage.ts";
import type { Clock } from "../sync/ports.ts";

export type DiskTrouble = NonNullable<AppState["disk"]>;

export interface WatchedDb extends DbClient {
  /** What the disk refuses now; null: it takes what it is given. */
  trouble(): DiskTrouble | null;
  isDamaged(): boolean;
  /** Texts a person wrote whose call failed because the file is damaged, oldest first. */
  lastWords(): readonly LastWords[];
}

export interface WatchOptions {
  readonly clock: Clock;
  readonly onDamaged: () => void;
  readonly onDisk: (trouble: DiskTrouble | null) => void;
}

const PROBE_EVERY_MS = 5_000;

export function watchDb(db: DbClient, { clock, onDamaged, onDisk }: WatchOptions): WatchedDb {
  let trouble: DiskTrouble | null = null;
  let damaged = false;
  let closed = false;
  let cancelProbe = () => {};
  const words: LastWords[] = [];

  function note(name: DbCallName, input: unknown, error: unknown): void {
    const { code } = failureOf(error);
    if (code === "disk_full" || code === "disk_error") setTrouble(code === "disk_full" ? "full" : "error");
    if (code !== "db_damaged") return;
    const written = findWords(name, input);
    if (written !== null) words.push(written);
    if (damaged) return;
    damaged = true;
    cancelProbe();
    onDamaged();
  }

  function setTrouble(next: DiskTrouble | null): void {
    if (closed || damaged) return;
    if (next !== null && trouble === null) scheduleProbe();
    if (next === trouble) return;
    trouble = next;
    onDisk(next);
  }

  function scheduleProbe(): void {
    cancelProbe();
    cancelProbe = clock.schedule(PROBE_EVERY_MS, () => void probe());
  }

  async function probe(): Promise<void> {
    try {
      await db.call("storage.probe", undefined);
      setTrouble(null);
    } catch (error) {
      note("storage.probe", undefined, error);
      if (!closed && !damaged) scheduleProbe();
    }
  }

  return {
    open: db.open,
    async call<N extends DbCallName>(name: N, input: DbInput<N>): Promise<DbOutput<N>> {
      try {
        return await db.call(name, input);
      } catch (error) {
        note(name, input, error);
        throw error;
      }
    },
    async check() {
      try {
        await db.check();
      } catch (error) {
        note("storage.probe", undefined, error);
        throw error;
      }
    },
    close() {
      closed = true;
      cancelProbe();
      return db.close();
    },
    trouble: () => trouble,
    isDamaged: () => damaged,
    lastWords: () => words,
  };
}

/** The calls that bring a person's text. */
const WRITTEN: ReadonlySet<DbCallName> = new Set(["drafts.save", "outbox.enqueue", "notify.reply"]);

function findWords(name: DbCallName, input: unknown): LastWords | null {
  if (!WRITTEN.has(name)) return null;
  const { conversationId, text } = input as { conversationId: ConversationId; text: string };
  return text.trim() === "" ? null : { conversationId, text };
}
