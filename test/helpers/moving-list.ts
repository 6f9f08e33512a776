/**
 * A provider's conversation list that moves while it is paged, and a sync of it that can be cut off anywhere.
 *
 * Real machine, real database, no network and no promises: a run is a pure function of its script. The model
 * server orders by (time, id), pages by keyset, and may show a change late, as servers with replicas do.
 */
import type { AccountId } from "../../shared/domain.ts";
import { ProviderError } from "../../shared/errors.ts";
import { dbCalls } from "../../electron/db/api.ts";
import type { WriteDb } from "../../electron/db/connection.ts";
import { step } from "../../electron/sync/machine.ts";
import type { CommitConversations, CommitResult, Page, RemoteConversation } from "../../electron/sync/ports.ts";
import { DEFAULT_CONFIG, initialState } from "../../electron/sync/state.ts";
import type { SyncConfig, SyncEffect, SyncEvent, SyncState } from "../../electron/sync/state.ts";
import { openMemoryDatabase, remoteConversation, seedAccount, T0 } from "./test-database.ts";

export interface Entry {
  readonly id: string;
  readonly at: number;
  readonly text: string | null;
  readonly redactedAt: number | null;
}

export class MovingList {
  readonly entries = new Map<string, Entry>();
  private readonly late: { due: number; entry: Entry }[] = [];
  private epoch = 0;
  now = T0;

  /** A change that the list shows `lagMs` later. */
  change(entry: Entry, lagMs: number): void {
    this.late.push({ due: this.now + lagMs, entry });
    this.settle();
  }

  expireCursors(): void {
    this.epoch += 1;
  }

  settle(): void {
    for (const waiting of this.late.splice(0)) {
      if (waiting.due > this.now) this.late.push(waiting);
      else this.apply(waiting.entry);
    }
  }

  private apply(entry: Entry): void {
    const shown = this.entries.get(entry.id);
    // A message never makes its conversation older, whatever order changes become visible in.
    if (shown === undefined || entry.at >= shown.at) this.entries.set(entry.id, entry);
  }

  sorted(): Entry[] {
    return [...this.entries.values()].toSorted((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
  }

  page(cursor: string | null, size: number): Page<RemoteConversation> {
    this.settle();
    const after = cursor === null ? null : (JSON.parse(cursor) as [number, number, string]);
    if (after !== null && after[0] !== this.epoch) throw new ProviderError("cursor_invalid");
    const rest = this.sorted().filter(
      ({ at, id }) => after === null || at < after[1] || (at === after[1] && id < after[2]),
    );
    const items = rest.slice(0, size);
    const last = items.at(-1);
    const nextCursor = rest.length > size && last !== undefined ? JSON.stringify([this.epoch, last.at, last.id]) : null;
    return { items: items.map(toRemote), rejected: [], nextCursor };
  }
}

const toRemote = ({ id, at, text, redactedAt }: Entry): RemoteConversation =>
  remoteConversation({
    remoteId: id,
    contactNumber: `+1555${id}`,
    lastMessageAt: at,
    preview: redactedAt === null ? text : null,
    previewRedactedAt: redactedAt,
  });

/** Ways to be broken on purpose, to show that the properties notice. */
export type Mutant =
  | "none"
  | "mark before the pass ends"
  | "mark stored before the pass ends"
  | "cursor before rows"
  | "no overlap"
  | "the page read ahead is stored first"
  | "the place runs ahead with what was read"
  | "only the last of the pages stored together has its rows"
  | "what was read ahead outlives a failed commit";

export class ListSync {
  readonly db: WriteDb = openMemoryDatabase();
  readonly accountId: AccountId = seedAccount(this.db);
  private readonly config: SyncConfig;
  private state: SyncState;
  private effects: SyncEffect[] = [];
  private readonly server: MovingList;
  private readonly mutant: Mutant;
  /** Set by the script: the next commit is cut off by a crash. */
  crashAtCommit = false;
  /** Set by the script: the disk refuses the next commit. */
  failAtCommit = false;
  /** Mutants only: a page that was read ahead and should be let go of. */
  private leftover: Page<RemoteConversation> | null = null;
  /** The pages the server gave, each with the cursor it was asked for by. */
  private readonly read: { readonly from: string | null; readonly page: Page<RemoteConversation> }[] = [];
  private readonly storedFrom = new Set<string | null>();
  /** How often pages were stored together. */
  together = 0;
  /** What was stored otherwise than it was read, in words. */
  readonly problems: string[] = [];

  constructor(server: MovingList, pageSize: number, mutant: Mutant) {
    this.server = server;
    this.mutant = mutant;
    const overlapMs = mutant === "no overlap" ? 0 : DEFAULT_CONFIG.overlapMs;
    this.config = { ...DEFAULT_CONFIG, pageSize, overlapMs, recentThreads: 0 };
    // A sweep would mend what a list pass missed, and hide it: it comes only when the script lets hours pass.
    this.db.run("UPDATE sync_state SET sweep_completed_at = ?", server.now);
    this.state = this.load();
    this.hear({ type: "tick" });
  }

  private load(): SyncState {
    return initialState(dbCalls["sync.load"](this.db, { accountId: this.accountId }), this.config, this.server.now);
  }

  /** The process died and started again: only what is in the database is left. */
  restart(): void {
    this.effects = [];
    this.state = this.load();
    this.hear({ type: "tick" });
  }

  sleepAndResume(): void {
    this.hear({ type: "suspend" });
    this.hear({ type: "resume" });
  }

  hear(event: SyncEvent): void {
    const next = step(this.state, event, { config: this.config, now: this.server.now, random: () => 0 });
    this.state = next.state;
    this.effects.push(...next.effects);
  }

  /** What is read ahead may arrive before the page before it is stored: a commit and requests run side by side. */
  overtake(): void {
    const [first, second] = this.effects;
    if (first?.type !== "commitList" || second?.type !== "fetch") return void this.work();
    this.effects.splice(1, 1);
    this.fetch(second);
  }

  /** Carries out the next effect; false when there is nothing to do before more time passes. */
  work(): boolean {
    const effect = this.effects.shift();
    if (effect === undefined) return false;
    switch (effect.type) {
      case "fetch":
        this.fetch(effect);
        return true;
      case "find":
        this.hear({ type: "found", seq: effect.seq, work: null });
        return true;
      case "commitList":
        this.commit(effect.seq, { ...effect.commit, accountId: this.accountId });
        return true;
      case "savePass":
        dbCalls["sync.savePass"](this.db, { ...effect, accountId: this.accountId, generation: 1 });
        return true;
      case "tickAt":
        return this.effects.length > 0;
      default:
        return true;
    }
  }

  private fetch({ seq, job, limit }: Extract<SyncEffect, { type: "fetch" }>): void {
    if (job.kind === "numbers") return this.hear({ type: "numbers", seq, numbers: [] });
    if (job.kind === "thread" || job.kind === "feed") throw new Error("this simulation has no threads");
    try {
      const page = this.leftover ?? this.server.page(job.pass.cursor, limit);
      this.leftover = null;
      this.read.push({ from: job.pass.cursor, page });
      this.hear({ type: "listPage", seq, page });
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      this.hear({ type: "failed", seq, error });
    }
  }

  private commit(seq: number, asked: CommitConversations): void {
    this.judge(asked);
    const commit = this.spoil(asked);
    const crash = this.crashAtCommit;
    this.crashAtCommit = false;
    if (this.mutant === "cursor before rows") {
      const { accountId, generation, kind, pass } = commit;
      if (pass !== null) dbCalls["sync.savePass"](this.db, { accountId, generation, kind, pass });
    }
    if (this.mutant === "the page read ahead is stored first") this.storeAhead(commit);
    if (crash) return this.restart();
    if (this.failAtCommit) return this.refuse(seq);
    const result: CommitResult = dbCalls["sync.commitConversations"](this.db, commit);
    this.markEarly(commit);
    this.hear({ type: "committed", seq, result });
  }

  /**
   * Pages are stored in the order they were read in, and the place follows the last of them. The first is the one at
   * the stored place, or one that was stored before: whoever slept while a page was stored reads it again.
   */
  private judge({ kind, items, pass }: CommitConversations): void {
    const saved = this.db.get<{ cursor: string | null }>("SELECT cursor FROM passes WHERE kind = ?", kind);
    const isOpen = (from: string | null) => from === null || from === saved?.cursor || this.storedFrom.has(from);
    const begins = (page: Page<RemoteConversation>, left: readonly RemoteConversation[]) =>
      page.items.length === 0 ? left.length === 0 : page.items.every((item, at) => item === left[at]);
    let left = items;
    let next = this.read.findLast(({ from, page }) => isOpen(from) && begins(page, left));
    for (let pages = 1; next !== undefined; pages += 1) {
      this.storedFrom.add(next.from);
      left = left.slice(next.page.items.length);
      const place = next.page.nextCursor;
      if (left.length === 0) {
        if (pass !== null && pass.cursor !== place)
          this.problems.push(`place ${pass.cursor} after rows up to ${place}`);
        if (pages > 1) this.together += 1;
        return;
      }
      next = this.read.findLast(({ from, page }) => from === place && begins(page, left));
    }
    this.problems.push(`stored at ${saved?.cursor}: not what was read there`);
  }

  /** Mutants only: a commit as a broken machine would ask for it. */
  private spoil(commit: CommitConversations): CommitConversations {
    const { pass, items } = commit;
    if (this.mutant === "only the last of the pages stored together has its rows") {
      return { ...commit, items: items.slice(-this.config.pageSize) };
    }
    const last = this.state.ahead.findLast(({ answer }) => answer?.type === "listPage");
    if (this.mutant !== "the place runs ahead with what was read" || pass === null) return commit;
    if (last?.answer?.type !== "listPage" || last.answer.page.nextCursor === null) return commit;
    return { ...commit, pass: { ...pass, cursor: last.answer.page.nextCursor } };
  }

  /** Mutants only: the mark of a pass that has not completed, on disk, or there and in memory. */
  private markEarly({ kind, pass }: CommitConversations): void {
    const isStored = this.mutant === "mark stored before the pass ends";
    const isKnown = this.mutant === "mark before the pass ends";
    if (!(isStored || isKnown) || kind !== "list" || pass === null || pass.newestAt === null) return;
    this.db.run("UPDATE sync_state SET mark = ?, last_completed_at = 1", pass.newestAt);
    if (isKnown) this.state = { ...this.state, mark: pass.newestAt };
  }

  private refuse(seq: number): void {
    this.failAtCommit = false;
    const answer = this.state.ahead[0]?.answer;
    const keeps = this.mutant === "what was read ahead outlives a failed commit";
    if (keeps && answer?.type === "listPage") this.leftover = answer.page;
    this.hear({ type: "storeFailed", seq, failure: { code: "disk_full", detail: {} } });
  }

  private storeAhead({ pass, ...commit }: CommitConversations): void {
    const [ahead] = this.state.ahead;
    if (pass === null || ahead?.answer?.type !== "listPage") return;
    const { items, nextCursor } = ahead.answer.page;
    if (nextCursor === null) return;
    dbCalls["sync.commitConversations"](this.db, { ...commit, items, pass: { ...pass, cursor: nextCursor } });
  }

  /** Runs to rest, lets `ms` pass, runs to rest again. */
  elapse(ms: number): void {
    while (this.work());
    this.server.now += ms;
    this.server.settle();
    this.hear({ type: "tick" });
    while (this.work());
  }

  /** What the cache shows, in the server's words and order. */
  shown(): Entry[] {
    return this.db
      .all<{ id: string; at: number; text: string | null; redactedAt: number | null }>(
        `SELECT remote_id AS id, last_message_at AS at, preview AS text, preview_redacted_at AS redactedAt
         FROM conversations ORDER BY last_message_at DESC, remote_id DESC`,
      )
      .map((row) => ({ ...row }));
  }
}
