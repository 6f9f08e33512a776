/**
 * The outbox dispatcher of one account: takes replies from the durable queue, sends each once, settles it.
 *
 * No Electron, no SQL. Invariants: the row says `sending` before the request leaves; a reply whose outcome is
 * not known is looked up, never sent again by itself; one reply at a time per account; consent is checked by
 * the store at the moment of dispatch; a reply's files are at the provider before it leaves; after sleep or an outage
 * nothing leaves before sync had its look (catch-up.ts).
 */
import type { AccountId, ConversationId, Millis, OutboxId } from "../../shared/domain.ts";
import { ProviderError, failureOf } from "../../shared/errors.ts";
import type { AppErrorCode, Failure } from "../../shared/errors.ts";
import { backoffMs } from "../sync/backoff.ts";
import type { Clock, OutboxStore, OutboxWork, Provider, Random, SendReceipt } from "../sync/ports.ts";
import { followAccepted } from "./follow.ts";
import { createLeaveGate } from "./leave-gate.ts";
import { createUnknowns } from "./unknowns.ts";
import { isAboutFiles, nextTryMs, uploadFiles } from "./uploads.ts";
import { verdictOf } from "./verdict.ts";

export interface DispatcherOptions {
  readonly accountId: AccountId;
  readonly provider: Provider;
  readonly store: OutboxStore;
  readonly clock: Clock;
  readonly random: Random;
  /** Least time between two sends, the provider's pace. */
  readonly paceMs: number;
  /** A reply or its thread changed. */
  readonly onChanged: (id: ConversationId) => void;
  /** The key was refused: sync should notice at once. */
  readonly onBlocked: (failure: Failure) => void;
  /** Replies wait for a look at what happened meanwhile: sync should look now. */
  readonly onWaiting?: () => void;
  /** The store failed outside a send; nothing is lost, the queue is tried again. */
  readonly onError: (error: unknown) => void;
}

export interface Dispatcher {
  /** Something may be sendable now: a new reply, the network, a new key. */
  kick(): void;
  /** New messages are in the cache: an unknown outcome may be settled by them. */
  threadChanged(): void;
  /** A person is here: what waits for the network need not wait longer. */
  networkBack(): void;
  /** The computer goes to sleep: nothing leaves until it is awake, whatever timer fires first. */
  suspend(): void;
  /** Awake, online again or just started: others may have answered meanwhile, so sync looks before anything leaves. */
  cameBack(): void;
  /** Sync read the provider's whole list, in a pass that began at `startedAt`. */
  listChecked(startedAt: Millis): void;
  /** Sync cannot look, for another reason than a missing network: there is nothing to wait for. */
  cannotLook(): void;
  credentialsReplaced(provider: Provider): void;
  /** Aborts; a reply whose request has left becomes unknown. */
  stop(): Promise<void>;
}

const STORE_RETRY_MS = 5_000;
/** Clocks are set by seconds all the time; more than this is a clock that was wrong. */
const CLOCK_SLACK_MS = 30_000;
const NO_NETWORK: ReadonlySet<AppErrorCode> = new Set(["offline", "unreachable"]);
const STORE_IS_DOWN: ReadonlySet<AppErrorCode> = new Set(["disk_full", "disk_error", "db_damaged", "not_ready"]);

export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { accountId, store, clock, random, onChanged } = options;
  let provider = options.provider;
  let blocked = false;
  let stopped = false;
  let attempt = 0;
  let notBefore = 0;
  /** The server's own wish, which nobody's return ends. */
  let askedUntil = 0;
  let isNetworkBack = false;
  let seenAt = -Infinity;
  let request = new AbortController();
  let running: Promise<void> | null = null;
  let again = false;
  let cancelTimer = () => {};
  /** An outcome the store could not take yet: nothing else is done before it is on record. */
  let unsettled: (() => Promise<void>) | null = null;
  /** How often in a row a reply's files could not be brought. */
  const uploadTries = new Map<OutboxId, number>();

  const shared = {
    accountId,
    store,
    clock,
    provider: () => provider,
    signal: () => request.signal,
    isStopped: () => stopped,
    isBlocked: () => blocked,
    isHalted: () => stopped || blocked,
    onChanged,
    kick,
    kickIn,
    onWaiting: options.onWaiting,
  };
  const gate = createLeaveGate(shared);
  const unknowns = createUnknowns(shared);

  function kick(): void {
    if (stopped) return;
    if (running !== null) {
      again = true;
      return;
    }
    running = drain()
      .catch((error: unknown) => {
        options.onError(error);
        kickIn(STORE_RETRY_MS);
      })
      .then(() => {
        running = null;
        if (!again) return;
        again = false;
        kick();
      });
  }

  function kickIn(delayMs: number): void {
    cancelTimer();
    cancelTimer = clock.schedule(delayMs, kick);
  }

  async function drain(): Promise<void> {
    noticeClock();
    await settleOutcome();
    if (isNetworkBack) await store.networkIsBack({ accountId });
    isNetworkBack = false;
    await unknowns.look();
    await followAccepted(shared);
    while (!stopped && !blocked) {
      const waitMs = notBefore - clock.now();
      if (waitMs > 0) return kickIn(waitMs);
      const work = await store.nextQueued({ accountId, now: clock.now() });
      if (work === null) return kickWhenDue();
      if (!(await gate.mayLeave(work.item.conversationId))) return;
      const attachments = await bringFiles(work);
      if (attachments === null) continue;
      // Files take their time: the computer may have slept meanwhile.
      if (attachments.length > 0 && !(await gate.mayLeave(work.item.conversationId))) return;
      if (stopped) return;
      const verdict = await store.beginSend({ id: work.item.id, now: clock.now() });
      onChanged(work.item.conversationId);
      if (verdict === "go") await send(work, attachments);
    }
  }

  /** A clock that was set back would make of every wait one of hours: they end, and so do those for the network on record. */
  function noticeClock(): void {
    const now = clock.now();
    if (now < seenAt - CLOCK_SLACK_MS) {
      [notBefore, askedUntil] = [0, 0];
      isNetworkBack = true;
    }
    seenAt = now;
  }

  /** What waits for its time (also from before a restart) is sent without anybody asking. */
  async function kickWhenDue(): Promise<void> {
    const dueAt = await store.nextDueAt({ accountId, now: clock.now() });
    const follow = provider.followSent === undefined ? null : await store.nextFollow({ accountId });
    const nextAt = Math.min(dueAt ?? Infinity, follow?.dueAt ?? Infinity);
    if (nextAt < Infinity && !stopped) kickIn(Math.max(0, nextAt - clock.now()));
  }

  /** Null: it does not leave now. What went wrong is on record, and a message was certainly not made. */
  async function bringFiles(work: OutboxWork): Promise<readonly string[] | null> {
    if (work.files.length === 0) return [];
    request = new AbortController();
    const used = provider;
    try {
      const urls = await uploadFiles(shared, work);
      uploadTries.delete(work.item.id);
      return urls;
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      await (isAboutFiles(error) ? putOff(work, error) : settleFailure(work, error, used));
      onChanged(work.item.conversationId);
      return null;
    }
  }

  /** The account's other replies go on. Files that cannot be brought again and again are left to the person. */
  async function putOff({ item: { id } }: OutboxWork, error: ProviderError): Promise<void> {
    const now = clock.now();
    const failure = error.toFailure();
    const tries = (uploadTries.get(id) ?? 0) + 1;
    const waitMs = nextTryMs(tries, error);
    if (waitMs !== null) {
      uploadTries.set(id, tries);
      return store.requeue({ id, failure, notBefore: now + waitMs, now });
    }
    uploadTries.delete(id);
    return store.markFailed({ id, failure, now });
  }

  async function send(work: OutboxWork, attachments: readonly string[]): Promise<void> {
    const { id, conversationId, text } = work.item;
    const { conversation, tag } = work;
    const { ownNumber: from, contactNumber: to } = conversation;
    // Ended, or asleep, while it was put on record as being sent: nothing has left, and nothing does.
    if (stopped || gate.isAsleep()) {
      await store.requeue({ id, failure: null, notBefore: null, now: clock.now() });
      return onChanged(conversationId);
    }
    request = new AbortController();
    const used = provider;
    let putOnRecord: () => Promise<void>;
    try {
      const { signal } = request;
      const receipt = await used.send({ conversation, from, to, text, attachments, tag, signal });
      putOnRecord = () => settleSent(id, receipt);
    } catch (error) {
      putOnRecord = () => settleFailure(work, error, used);
    }
    unsettled = async () => {
      await putOnRecord();
      onChanged(conversationId);
    };
    await settleOutcome();
  }

  async function settleOutcome(): Promise<void> {
    await unsettled?.();
    unsettled = null;
  }

  /** A disk that refuses is asked again with the same outcome; any other failure leaves an outcome to look up. */
  async function settleSent(id: OutboxId, receipt: SendReceipt): Promise<void> {
    try {
      await store.markSent({ id, receipt, now: clock.now() });
      attempt = 0;
      notBefore = clock.now() + options.paceMs;
    } catch (error) {
      const failure = failureOf(error);
      if (STORE_IS_DOWN.has(failure.code)) throw error;
      await markUnknown(id, failure);
    }
  }

  async function markUnknown(id: OutboxId, failure: Failure): Promise<void> {
    await store.markUnknown({ id, failure, now: clock.now() });
    unknowns.lookSoon();
  }

  async function settleFailure({ item: { id } }: OutboxWork, error: unknown, used: Provider): Promise<void> {
    const now = clock.now();
    const failure = failureOf(error);
    // Not the provider's word: whether the request left is not known.
    if (!(error instanceof ProviderError)) return markUnknown(id, failure);
    switch (verdictOf(error)) {
      case "unknown":
        return markUnknown(id, failure);
      case "failed":
        return store.markFailed({ id, failure, now });
      case "blocked":
        await store.requeue({ id, failure, notBefore: null, now });
        // The key was replaced while the old one was being refused.
        if (provider !== used) return;
        blocked = true;
        attempt += 1;
        notBefore = now + backoffMs(attempt, error.retryAfterMs, random);
        return options.onBlocked(failure);
      case "later":
        attempt += 1;
        notBefore = now + backoffMs(attempt, error.retryAfterMs, random);
        if (error.retryAfterMs !== null) askedUntil = notBefore;
        // Whoever had no network has not seen what others wrote; the wait begins when there may be one again.
        if (NO_NETWORK.has(failure.code)) gate.lostNetwork(notBefore);
        return store.requeue({ id, failure, notBefore, now });
    }
  }

  function cameBack(): void {
    gate.cameBack();
    goOn();
  }

  function goOn(): void {
    notBefore = askedUntil;
    attempt = 0;
    isNetworkBack = true;
    unknowns.askProvider();
    kick();
  }

  return {
    kick,
    threadChanged() {
      if (unknowns.areOpen() || gate.isHeld()) kick();
    },
    // A person at work is proof enough that the computer is awake.
    networkBack: () => (gate.isAsleep() ? cameBack() : goOn()),
    suspend: gate.suspend,
    cameBack,
    listChecked(startedAt) {
      // The key is a good one, so what it was refused for may have passed; the distance between tries stays.
      const isFree = blocked;
      blocked = false;
      if (gate.listChecked(startedAt) || isFree) kick();
    },
    cannotLook() {
      if (gate.cannotLook()) kick();
    },
    credentialsReplaced(next) {
      provider = next;
      blocked = false;
      attempt = 0;
      notBefore = askedUntil;
      unknowns.askProvider();
      kick();
    },
    async stop() {
      stopped = true;
      cancelTimer();
      unknowns.stop();
      request.abort();
      await running;
    },
  };
}
