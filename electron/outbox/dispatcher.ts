/**
 * The outbox dispatcher of one account: takes replies from the durable queue, sends each once, settles it.
 *
 * No Electron, no SQL. Invariants: the row says `sending` before the request leaves; a reply whose outcome is
 * not known is looked up, never sent again by itself; one reply at a time per account; consent is checked by
 * the store at the moment of dispatch; after sleep or an outage nothing leaves before sync had its look (catch-up.ts).
 */
import type { AccountId, ConversationId, Millis, OutboxId } from "../../shared/domain.ts";
import { ProviderError, failureOf } from "../../shared/errors.ts";
import type { AppErrorCode, Failure } from "../../shared/errors.ts";
import { backoffMs } from "../sync/backoff.ts";
import type { Clock, OutboxStore, OutboxWork, Provider, Random, SendReceipt } from "../sync/ports.ts";
import type { CatchUp } from "./catch-up.ts";
import { asleep, catchUpFrom, listChecked, mayLeave, threadSeen } from "./catch-up.ts";
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

/** When to look again for a reply of unknown outcome, after each look that found nothing. */
const LOOK_AGAIN_MS = [2_000, 5_000, 15_000, 60_000, 300_000] as const;
/** How far apart a reply and its copy in the thread may be dated. */
const MATCH_WINDOW_MS = 600_000;
/** An accepted reply is asked about at growing distances: as long again as it has waited. */
const MIN_FOLLOW_MS = 10_000;
const FOLLOW_FOR_MS = 86_400_000;
const STORE_RETRY_MS = 5_000;
const NO_NETWORK: ReadonlySet<AppErrorCode> = new Set(["offline", "unreachable"]);
const STORE_IS_DOWN: ReadonlySet<AppErrorCode> = new Set(["disk_full", "disk_error", "db_damaged", "not_ready"]);

export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { accountId, store, clock, random } = options;
  let provider = options.provider;
  let blocked = false;
  let stopped = false;
  let attempt = 0;
  let looks = 0;
  let openUnknowns = 0;
  let askProvider = true;
  let notBefore = 0;
  let request = new AbortController();
  let running: Promise<void> | null = null;
  let again = false;
  let catchUp: CatchUp | null = null;
  /** A reply was held by it, and nothing has gone since. */
  let isHeld = false;
  /** Sync is asked for one look, not for one after each of its own commits. */
  let asksToLook = false;
  let cancelTimer = () => {};
  let cancelLook = () => {};
  /** An outcome the store could not take yet: nothing else is done before it is on record. */
  let unsettled: (() => Promise<void>) | null = null;

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
    await settleOutcome();
    await lookForUnknowns();
    await followAccepted();
    while (!stopped && !blocked) {
      const waitMs = notBefore - clock.now();
      if (waitMs > 0) return kickIn(waitMs);
      const work = await store.nextQueued({ accountId, now: clock.now() });
      if (work === null) return kickWhenDue();
      if (!(await isCaughtUp(work.item.conversationId))) return;
      const verdict = await store.beginSend({ id: work.item.id, now: clock.now() });
      options.onChanged(work.item.conversationId);
      if (verdict === "go") await send(work);
    }
  }

  /** False: it is looked at again when sync has something to say, at the latest when the wait is over. */
  async function isCaughtUp(id: ConversationId): Promise<boolean> {
    isHeld = false;
    const leave = mayLeave(catchUp, id, clock.now());
    if (catchUp === null || leave === "go") return true;
    const isSeen = leave === "look" && (await store.isThreadHeld({ conversationId: id }));
    if (isSeen) {
      catchUp = threadSeen(catchUp, id);
      return true;
    }
    isHeld = true;
    if (catchUp.until < Infinity) kickIn(catchUp.until - clock.now());
    if (asksToLook) options.onWaiting?.();
    asksToLook = false;
    return false;
  }

  /** What waits for its time (also from before a restart) is sent without anybody asking. */
  async function kickWhenDue(): Promise<void> {
    const dueAt = await store.nextDueAt({ accountId, now: clock.now() });
    const follow = provider.followSent === undefined ? null : await store.nextFollow({ accountId });
    const nextAt = Math.min(dueAt ?? Infinity, follow?.dueAt ?? Infinity);
    if (nextAt < Infinity && !stopped) kickIn(Math.max(0, nextAt - clock.now()));
  }

  /** What the provider accepted may still fail: it is asked until it says, or for a day. */
  async function followAccepted(): Promise<void> {
    while (!stopped && !blocked && provider.followSent !== undefined) {
      const work = await store.nextFollow({ accountId });
      const now = clock.now();
      if (work === null || work.dueAt > now) return;
      let outcome: SendReceipt | "failed" | null = null;
      try {
        outcome = await provider.followSent(work.follow, request.signal);
      } catch (error) {
        // No word is no outcome: the same as "not decided yet".
        if (!(error instanceof ProviderError)) throw error;
      }
      const age = now - work.sentAt;
      await store.settleFollow({
        id: work.id,
        outcome,
        askAt: age > FOLLOW_FOR_MS ? null : now + Math.max(MIN_FOLLOW_MS, age),
      });
      if (outcome !== null) options.onChanged(work.conversationId);
    }
  }

  async function send(work: OutboxWork): Promise<void> {
    const { id, conversationId, text } = work.item;
    const { conversation, tag } = work;
    const { ownNumber: from, contactNumber: to } = conversation;
    request = new AbortController();
    let putOnRecord: () => Promise<void>;
    try {
      const receipt = await provider.send({ conversation, from, to, text, tag, signal: request.signal });
      putOnRecord = () => settleSent(id, receipt);
    } catch (error) {
      putOnRecord = () => settleFailure(work, error);
    }
    unsettled = async () => {
      await putOnRecord();
      options.onChanged(conversationId);
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
      await store.markUnknown({ id, failure, now: clock.now() });
      lookSoon();
    }
  }

  async function settleFailure({ item: { id } }: OutboxWork, error: unknown): Promise<void> {
    const now = clock.now();
    const failure = failureOf(error);
    // Not the provider's word: whether the request left is not known.
    if (!(error instanceof ProviderError)) {
      await store.markUnknown({ id, failure, now });
      return lookSoon();
    }
    switch (verdictOf(error)) {
      case "unknown":
        await store.markUnknown({ id, failure, now });
        return lookSoon();
      case "failed":
        return store.markFailed({ id, failure, now });
      case "blocked":
        blocked = true;
        await store.requeue({ id, failure, notBefore: null, now });
        return options.onBlocked(failure);
      case "later":
        attempt += 1;
        notBefore = now + backoffMs(attempt, error.retryAfterMs, random);
        // Whoever had no network has not seen what others wrote; the wait begins when there may be one again.
        if (NO_NETWORK.has(failure.code)) {
          catchUp = catchUpFrom(now, notBefore);
          asksToLook = true;
        }
        return store.requeue({ id, failure, notBefore, now });
    }
  }

  function lookSoon(): void {
    looks = 0;
    openUnknowns += 1;
    scheduleLook();
  }

  function scheduleLook(): void {
    const delayMs = LOOK_AGAIN_MS[Math.min(looks, LOOK_AGAIN_MS.length - 1)]!;
    looks += 1;
    cancelLook();
    cancelLook = clock.schedule(delayMs, () => {
      askProvider = true;
      kick();
    });
  }

  /** Proof first from the provider by the reply's mark (when a look is due), then from the cached thread. */
  async function lookForUnknowns(): Promise<void> {
    const asking = askProvider && !blocked;
    askProvider = false;
    const unknowns = await store.unknowns({ accountId });
    openUnknowns = 0;
    for (const work of unknowns) {
      if (stopped) return;
      if (await settle(work, asking)) options.onChanged(work.item.conversationId);
      else openUnknowns += 1;
    }
    if (openUnknowns > 0 && asking && !stopped) scheduleLook();
  }

  async function settle(work: OutboxWork, asking: boolean): Promise<boolean> {
    const { id } = work.item;
    if (asking) {
      try {
        const { contactNumber: to } = work.conversation;
        const receipt = await provider.findSent({ to, tag: work.tag, signal: request.signal });
        if (receipt !== null) {
          await store.markSent({ id, receipt, now: clock.now() });
          return true;
        }
      } catch (error) {
        // No proof this way (the key may lack the scope): the thread may still have it.
        if (!(error instanceof ProviderError)) throw error;
      }
    }
    return store.settleFromThread({ id, windowMs: MATCH_WINDOW_MS, now: clock.now() });
  }

  function cameBack(): void {
    // Whoever says so has woken sync as well.
    catchUp = catchUpFrom(clock.now());
    asksToLook = false;
    goOn();
  }

  function goOn(): void {
    notBefore = 0;
    attempt = 0;
    askProvider = true;
    kick();
  }

  return {
    kick,
    threadChanged() {
      if (openUnknowns > 0 || isHeld) kick();
    },
    // A person at work is proof enough that the computer is awake.
    networkBack: () => (catchUp?.until === Infinity ? cameBack() : goOn()),
    suspend() {
      catchUp = asleep(clock.now());
    },
    cameBack,
    listChecked(startedAt) {
      if (catchUp === null) return;
      catchUp = listChecked(catchUp, startedAt);
      kick();
    },
    cannotLook() {
      if (catchUp === null || catchUp.until === Infinity) return;
      catchUp = null;
      kick();
    },
    credentialsReplaced(next) {
      provider = next;
      blocked = false;
      attempt = 0;
      askProvider = true;
      kick();
    },
    async stop() {
      stopped = true;
      cancelTimer();
      cancelLook();
      request.abort();
      await running;
    },
  };
}
