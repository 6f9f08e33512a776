/**
 * The sync engine of one account: carries out what the machine decides, over the ports.
 *
 * No Electron, no Node, no SQL. Invariants: effects of one step run in order; an aborted request's answer is
 * dropped by its number; `stop` resolves when nothing of this account can write any more.
 */
import type { AccountId, ConversationId, Millis, SyncStatus } from "../../shared/domain.ts";
import { ProviderError, failureOf } from "../../shared/errors.ts";
import type { Failure } from "../../shared/errors.ts";
import { step } from "./machine.ts";
import type { Clock, CommitResult, Provider, Random, SyncStore } from "./ports.ts";
import { DEFAULT_CONFIG, initialState } from "./state.ts";
import type { Busy, Job, SyncConfig, SyncEffect, SyncEvent, SyncState, WakeReason } from "./state.ts";
import { phaseOf } from "./status.ts";

export interface EngineOptions {
  readonly accountId: AccountId;
  readonly provider: Provider;
  readonly store: SyncStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly config?: Partial<SyncConfig>;
  /** The status changed. Called at most once per step. */
  readonly onStatus: (status: SyncStatus) => void;
  /** A page is on disk: refetch what it changed, notify what is new, purge what was removed. */
  readonly onCommit: (result: CommitResult) => void;
  /** The whole list was read, in a pass that began at `startedAt`. */
  readonly onListChecked?: (startedAt: Millis) => void;
  /** The account cannot go on without the person. */
  readonly onBlocked: (failure: Failure) => void;
}

export interface SyncEngine {
  start(): Promise<void>;
  /** Aborts, waits for writes under way, and stays silent afterwards. */
  stop(): Promise<void>;
  wake(reason: WakeReason): void;
  /** A person wants everything looked at again: the sweep is due now, and so are the threads the store marked. */
  recheck(): void;
  setFocused(focused: boolean): void;
  open(id: ConversationId | null): void;
  /** A reply of this thread was sent. */
  touched(id: ConversationId): void;
  suspend(): void;
  resume(): void;
  /** A new key, same account: go on where it stood. */
  credentialsReplaced(provider: Provider, generation: number): void;
  status(): SyncStatus;
}

/** Clocks are set by seconds all the time; more than this is a clock that was wrong. */
const CLOCK_SLACK_MS = 30_000;

export function createSyncEngine(options: EngineOptions): SyncEngine {
  const { accountId, store, clock, random } = options;
  let provider = options.provider;
  const config: SyncConfig = {
    ...DEFAULT_CONFIG,
    messageOrder: provider.messageOrder,
    listOrder: provider.listOrder ?? "newest_first",
    listIsSilent: provider.listIsSilent ?? false,
    messagesVanish: provider.messagesVanish ?? false,
    hasFeed: provider.listChanges !== undefined,
    ...options.config,
  };
  let state: SyncState | null = null;
  let request = new AbortController();
  let cancelTimer = () => {};
  let shown = "";
  let heardAt = -Infinity;
  const running = new Set<Promise<void>>();
  /** What was heard before the store had answered. */
  const early: SyncEvent[] = [];

  function hear(event: SyncEvent): void {
    if (state === null) {
      early.push(event);
      return;
    }
    const now = clock.now();
    const wentBack = now < heardAt - CLOCK_SLACK_MS;
    heardAt = now;
    // What was due in a minute, or asked for by a server, would now be due in hours: look at once.
    if (wentBack) take({ type: "wake", reason: "manual" }, now);
    take(event, now);
    tellStatus();
  }

  function take(event: SyncEvent, now: Millis): void {
    if (state === null) return;
    const { busy } = state;
    const next = step(state, event, { config, now, random });
    state = next.state;
    for (const effect of next.effects) run(effect);
    if (event.type === "committed" && event.result.applied && busy?.seq === event.seq) tellListChecked(busy);
  }

  function tellListChecked(done: Busy): void {
    if (done.doing === "commit" && done.end === "done" && done.job.kind === "list") {
      options.onListChecked?.(done.job.pass.startedAt);
    }
  }

  function tellStatus(): void {
    if (state === null || state.hold.kind === "stopped") return;
    const status = statusNow();
    const text = JSON.stringify(status);
    if (text === shown) return;
    shown = text;
    options.onStatus(status);
  }

  function statusNow(): SyncStatus {
    if (state === null)
      return { accountId, phase: { kind: "syncing", first: false, done: 0, total: null }, lastCompletedAt: null };
    return { accountId, phase: phaseOf(state), lastCompletedAt: state.lastCompletedAt };
  }

  function track(work: Promise<void>): void {
    running.add(work);
    void work.finally(() => running.delete(work));
  }

  /** Runs a store call whose answer the machine awaits; a store that fails is an event like any other. */
  function awaitStore<T>(seq: number, work: Promise<T>, toEvent: (value: T) => SyncEvent): void {
    track(
      work.then(
        (value) => hear(toEvent(value)),
        (error: unknown) => hear({ type: "storeFailed", seq, failure: failureOf(error) }),
      ),
    );
  }

  function commit(seq: number, work: Promise<CommitResult>): void {
    awaitStore(seq, work, (result) => {
      if (result.applied) options.onCommit(result);
      return { type: "committed", seq, result };
    });
  }

  function run(effect: SyncEffect): void {
    switch (effect.type) {
      case "fetch":
        request = new AbortController();
        track(fetchJob(effect.seq, effect.job, effect.limit, request.signal));
        return;
      case "find": {
        const { seq, conversationId, recent } = effect;
        const work =
          conversationId === null
            ? store.nextThread({ accountId, recent, now: clock.now() })
            : store.threadWork({ conversationId });
        return awaitStore(seq, work, (found) => ({ type: "found", seq, work: found }));
      }
      case "commitList":
        return commit(effect.seq, store.commitConversations({ ...effect.commit, accountId }));
      case "commitThread":
        return commit(effect.seq, store.commitMessages({ ...effect.commit, accountId }));
      case "commitFeed":
        return commit(effect.seq, store.commitChanges({ ...effect.commit, accountId }));
      case "saveNumbers":
        return track(quietly(store.saveNumbers({ accountId, generation: generation(), numbers: effect.numbers })));
      case "savePass":
        return track(
          quietly(store.savePass({ accountId, generation: generation(), kind: effect.kind, pass: effect.pass })),
        );
      case "deferThread":
        return track(quietly(store.deferThread(effect)));
      case "removeThread":
        return track(removeThread(effect.conversationId));
      case "abort":
        return request.abort();
      case "block":
        return options.onBlocked(effect.failure);
      case "tickAt":
        cancelTimer();
        cancelTimer = clock.schedule(Math.max(0, effect.at - clock.now()), () => hear({ type: "tick" }));
    }
  }

  const generation = () => state?.generation ?? 0;

  /** For writes nobody waits for: a failing store shows up at the next commit, which is awaited. */
  async function quietly(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      hear({ type: "storeFailed", seq: state?.busy?.seq ?? -1, failure: failureOf(error) });
    }
  }

  async function removeThread(conversationId: ConversationId): Promise<void> {
    await quietly(
      store.removeConversation({ accountId, generation: generation(), conversationId }).then((removed) => {
        if (removed) options.onCommit({ applied: true, changed: [conversationId], newInbound: [], removedTexts: 1 });
      }),
    );
  }

  async function fetchJob(seq: number, job: Job, limit: number, signal: AbortSignal): Promise<void> {
    try {
      if (job.kind === "numbers") {
        hear({ type: "numbers", seq, numbers: await provider.listNumbers(signal) });
      } else if (job.kind === "feed") {
        const { cursor } = job.walk;
        if (provider.listChanges === undefined) throw new ProviderError("internal");
        hear({ type: "feedPage", seq, page: await provider.listChanges({ cursor, limit, signal }) });
      } else if (job.kind === "thread") {
        const { work, cursor } = job.walk;
        const since = work.kind === "delta" ? sinceHeld(work.heldTo ?? null) : null;
        const page = await provider.listMessages(work.conversation, { cursor, limit, signal, since });
        hear({ type: "threadPage", seq, page });
      } else {
        const { cursor, stopBefore: since } = job.pass;
        const page = await provider.listConversations({ cursor, limit, signal, since, purpose: job.kind });
        hear({ type: "listPage", seq, page });
      }
    } catch (error) {
      if (signal.aborted) return;
      const known = error instanceof ProviderError ? error : new ProviderError("internal", { cause: error });
      hear({ type: "failed", seq, error: known });
    }
  }

  const sinceHeld = (heldTo: number | null) => (heldTo === null ? null : heldTo - config.overlapMs);

  return {
    async start() {
      const saved = await store.loadSync({ accountId });
      state = initialState(saved, config, clock.now());
      for (const event of early.splice(0)) hear(event);
      hear({ type: "tick" });
    },
    async stop() {
      hear({ type: "stop" });
      cancelTimer();
      await Promise.allSettled(running);
    },
    wake: (reason) => hear({ type: "wake", reason }),
    recheck() {
      // When the next sweep is due is this process's own business: the store only knows when the last one ended.
      if (state !== null) state = { ...state, sweepDueAt: clock.now() };
      hear({ type: "wake", reason: "manual" });
    },
    setFocused: (focused) => hear({ type: "focus", focused }),
    open: (id) => hear({ type: "open", id }),
    touched: (id) => hear({ type: "touched", id }),
    suspend: () => hear({ type: "suspend" }),
    resume: () => hear({ type: "resume" }),
    credentialsReplaced(next, nextGeneration) {
      provider = next;
      hear({ type: "credentials", generation: nextGeneration });
    },
    status: statusNow,
  };
}
