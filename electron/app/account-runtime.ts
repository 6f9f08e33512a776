/**
 * One connected account at work: its provider client, its sync engine, its outbox dispatcher.
 *
 * Wiring only, no rules. Invariant: after `stop` nothing of this account sends, writes or reports any more.
 */
import type { Account, ConversationId, SyncStatus } from "../../shared/domain.ts";
import { failureOf } from "../../shared/errors.ts";
import type { Failure } from "../../shared/errors.ts";
import { createDispatcher } from "../outbox/dispatcher.ts";
import { errorName } from "../log.ts";
import type { Log } from "../log.ts";
import type { Fetch } from "../providers/http.ts";
import { getProviderEntry } from "../providers/registry.ts";
import { createSyncEngine } from "../sync/engine.ts";
import type { Clock, CommitResult, OutboxStore, Provider, Random, SyncStore } from "../sync/ports.ts";
import type { WakeReason } from "../sync/state.ts";

export interface RuntimeServices {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly random: Random;
  readonly syncStore: SyncStore;
  readonly outboxStore: OutboxStore;
  readonly log: Log;
  readonly onStatus: (status: SyncStatus) => void;
  readonly onCommit: (result: CommitResult) => void;
  readonly onThreadChanged: (id: ConversationId) => void;
  readonly onBlocked: (account: Account, failure: Failure) => void;
  /** The provider's clock minus ours, when it was seen to differ from the last word by more than noise. */
  readonly onClock: (id: Account["id"], offsetMs: number) => void;
}

/** Network delay and whole-second Date headers make this much noise. */
const CLOCK_NOISE_MS = 5_000;

export interface AccountRuntime {
  readonly account: Account;
  start(): Promise<void>;
  stop(): Promise<void>;
  wake(reason: WakeReason): void;
  /** Look at every conversation and thread again, now. */
  recheck(): void;
  setFocused(focused: boolean): void;
  open(id: ConversationId | null): void;
  /** A thread with unread messages was read here: the provider is told, where it can be. */
  tellRead(id: ConversationId): void;
  suspend(): void;
  resume(): void;
  /** A reply was queued. */
  dispatch(): void;
  credentialsReplaced(credentials: Readonly<Record<string, string>>, generation: number): void;
  status(): SyncStatus;
  /** Null: the provider tells of no pictures. */
  fetchMedia(): NonNullable<Provider["fetchMedia"]> | null;
}

export function createAccountRuntime(
  account: Account,
  credentials: Readonly<Record<string, string>>,
  services: RuntimeServices,
): AccountRuntime {
  const { clock, random, fetch, log } = services;
  const entry = getProviderEntry(account.provider);
  const connect = (keys: Readonly<Record<string, string>>) =>
    entry.create({
      baseUrl: account.baseUrl,
      credentials: keys,
      fetch,
      clock,
    });
  let provider = connect(credentials);
  const accountId = account.id;
  const stopping = new AbortController();
  /** Progress is not worth a line each. */
  let logged = "";
  let notedOffsetMs: number | null = null;

  function noteClock(): void {
    const offsetMs = provider.clockOffsetMs();
    if (offsetMs === null) return;
    if (notedOffsetMs !== null && Math.abs(offsetMs - notedOffsetMs) < CLOCK_NOISE_MS) return;
    notedOffsetMs = offsetMs;
    services.onClock(accountId, offsetMs);
  }

  const dispatcher = createDispatcher({
    accountId,
    provider,
    store: services.outboxStore,
    clock,
    random,
    paceMs: entry.sendPaceMs,
    onChanged(id) {
      services.onThreadChanged(id);
      engine.touched(id);
    },
    // Sync asks with the same key and reports what is wrong with it.
    onBlocked: () => engine.wake("manual"),
    onWaiting: () => engine.wake("online"),
    onError: (error) => log.warn("outbox failed", { accountId, name: errorName(error) }),
  });

  const engine = createSyncEngine({
    accountId,
    provider,
    store: services.syncStore,
    clock,
    random,
    ...(entry.tuning === undefined ? {} : { config: entry.tuning }),
    onStatus: (status) => {
      if (status.phase.kind !== logged)
        log.info("sync", {
          accountId,
          stage: status.phase.kind,
          code: "code" in status.phase ? status.phase.code : null,
        });
      logged = status.phase.kind;
      services.onStatus(status);
      if (status.phase.kind === "waiting" || status.phase.kind === "attention") dispatcher.cannotLook();
    },
    onCommit: (result) => {
      services.onCommit(result);
      noteClock();
      dispatcher.threadChanged();
    },
    onListChecked: dispatcher.listChecked,
    onBlocked: (failure) => services.onBlocked(account, failure),
  });

  /** A provider that cannot be told stays as it is. */
  async function tellRead(conversationId: ConversationId): Promise<void> {
    if (provider.markRead === undefined) return;
    try {
      const work = await services.syncStore.threadWork({ conversationId });
      if (work !== null) await provider.markRead(work.conversation, stopping.signal);
    } catch (error) {
      if (!stopping.signal.aborted) log.info("read mark not passed on", { accountId, code: failureOf(error).code });
    }
  }

  return {
    account,
    async start() {
      // Before sync begins: only a pass that starts after this counts as a look at what happened meanwhile.
      dispatcher.cameBack();
      await engine.start();
    },
    async stop() {
      stopping.abort();
      await Promise.all([engine.stop(), dispatcher.stop()]);
    },
    wake(reason) {
      if (reason === "online") dispatcher.cameBack();
      engine.wake(reason);
      if (reason !== "online") dispatcher.networkBack();
    },
    recheck: engine.recheck,
    setFocused: engine.setFocused,
    open: engine.open,
    tellRead: (id) => void tellRead(id),
    suspend() {
      dispatcher.suspend();
      engine.suspend();
    },
    resume() {
      dispatcher.cameBack();
      engine.resume();
    },
    dispatch: dispatcher.kick,
    credentialsReplaced(keys, generation) {
      provider = connect(keys);
      engine.credentialsReplaced(provider, generation);
      dispatcher.credentialsReplaced(provider);
    },
    status: engine.status,
    fetchMedia: () => provider.fetchMedia ?? null,
  };
}
