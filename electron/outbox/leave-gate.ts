/**
 * Holds replies back after sleep, an outage or a start, until sync had its look (catch-up.ts), and says when to look.
 *
 * No timers of its own: `kickIn` calls the dispatcher again. Invariants: sync is asked for one look, not for one after
 * each of its own commits; a computer that sleeps lets nothing leave.
 */
import type { ConversationId, Millis } from "../../shared/domain.ts";
import type { Clock, OutboxStore } from "../sync/ports.ts";
import type { CatchUp } from "./catch-up.ts";
import { asleep, catchUpFrom, countedFrom, listChecked, mayLeave, threadSeen } from "./catch-up.ts";

export interface LeaveGateOptions {
  readonly store: Pick<OutboxStore, "isThreadHeld">;
  readonly clock: Clock;
  readonly kickIn: (delayMs: number) => void;
  /** Sync should look now. */
  readonly onWaiting?: (() => void) | undefined;
}

export interface LeaveGate {
  /** False: it is looked at again when sync has something to say, at the latest when the wait is over. */
  mayLeave(id: ConversationId): Promise<boolean>;
  /** A reply was held by it, and nothing has gone since. */
  isHeld(): boolean;
  isAsleep(): boolean;
  suspend(): void;
  /** Awake, online again or just started. Whoever says so has woken sync as well. */
  cameBack(): void;
  /** There was no network; one may be there from `notBefore` on. */
  lostNetwork(notBefore: Millis): void;
  /** False: nothing waited for it. */
  listChecked(startedAt: Millis): boolean;
  /** False: nothing waited for it. */
  cannotLook(): boolean;
}

export function createLeaveGate({ store, clock, kickIn, onWaiting }: LeaveGateOptions): LeaveGate {
  let catchUp: CatchUp | null = null;
  let isHeld = false;
  let asksToLook = false;

  const gate: LeaveGate = {
    async mayLeave(id) {
      isHeld = false;
      const now = clock.now();
      const asked = catchUp === null ? null : countedFrom(catchUp, now);
      catchUp = asked;
      const leave = mayLeave(asked, id, now);
      if (asked === null || leave === "go") return true;
      const isSeen = leave === "look" && (await store.isThreadHeld({ conversationId: id }));
      // The computer went to sleep or came back while the store was asked: the answer is one of before.
      if (catchUp !== asked) return gate.mayLeave(id);
      if (isSeen) {
        catchUp = threadSeen(asked, id);
        return true;
      }
      isHeld = true;
      if (asked.until < Infinity) kickIn(asked.until - clock.now());
      if (asksToLook) onWaiting?.();
      asksToLook = false;
      return false;
    },
    isHeld: () => isHeld,
    isAsleep: () => catchUp?.until === Infinity,
    suspend() {
      catchUp = asleep(clock.now());
    },
    cameBack() {
      catchUp = catchUpFrom(clock.now());
      asksToLook = false;
    },
    lostNetwork(notBefore) {
      catchUp = catchUpFrom(clock.now(), notBefore);
      asksToLook = true;
    },
    listChecked(startedAt) {
      if (catchUp === null) return false;
      catchUp = listChecked(catchUp, startedAt);
      return true;
    },
    cannotLook() {
      if (catchUp === null || catchUp.until === Infinity) return false;
      catchUp = null;
      return true;
    },
  };
  return gate;
}
