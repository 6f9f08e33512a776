/**
 * What a person did in a notification, kept until the inbox has taken it: before it is open, and while its disk
 * refuses a reply.
 *
 * No Electron, no rules about messages. Invariants: nothing is dropped while the app runs; replies keep their order,
 * and none holds up a click; a reply may be handed over more than once (its key makes that harmless); a reply that
 * broke a damaged cache is left to whoever rebuilds it, because its ids mean nothing in the next one.
 */
import { failureOf } from "../../../shared/errors.ts";
import { errorName } from "../../log.ts";
import type { Log } from "../../log.ts";
import type { Activation } from "../../notify/activation.ts";
import type { Clock } from "../../sync/ports.ts";

export interface QueueOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** The open inbox's hand; null before it is open. */
  readonly activate: () => ((activation: Activation) => Promise<void>) | null;
  readonly showWindow: () => void;
  /** A reply could not be stored: told once, until one could be. */
  readonly onHeld: () => void;
}

export interface ActivationQueue {
  add(activation: Activation): void;
  /** The inbox is open: what waited is carried out. */
  flush(): void;
}

export const HELD_RETRY_MS = 5_000;

export function createActivationQueue({ clock, log, activate, showWindow, onHeld }: QueueOptions): ActivationQueue {
  const clicks: Activation[] = [];
  const replies: Activation[] = [];
  let isStoring = false;
  let isRefused = false;
  let cancelRetry = () => {};

  function open(): void {
    const act = activate();
    if (act === null) return;
    for (const click of clicks.splice(0)) {
      act(click).catch((error: unknown) => {
        warn(error);
        // Whoever clicked sees at least what is wrong.
        showWindow();
      });
    }
  }

  async function store(): Promise<void> {
    if (isStoring) return;
    isStoring = true;
    cancelRetry();
    while (await storeFirst());
    isStoring = false;
  }

  /** False: none is left, or not now. */
  async function storeFirst(): Promise<boolean> {
    const [reply] = replies;
    const act = activate();
    if (reply === undefined || act === null) return false;
    try {
      await act(reply);
      isRefused = false;
    } catch (error) {
      warn(error);
      if (failureOf(error).code !== "db_damaged") {
        retryLater();
        return false;
      }
    }
    replies.shift();
    return true;
  }

  function retryLater(): void {
    if (!isRefused) onHeld();
    isRefused = true;
    cancelRetry = clock.schedule(HELD_RETRY_MS, () => void store());
  }

  const warn = (error: unknown) =>
    log.warn("notification not carried out", {
      code: failureOf(error).code,
      name: errorName(error),
    });

  function flush(): void {
    open();
    void store();
  }

  return {
    add(activation) {
      (activation.kind === "reply" ? replies : clicks).push(activation);
      // The window says why there is nothing to see yet.
      if (activation.kind === "open" && activate() === null) showWindow();
      flush();
    },
    flush,
  };
}
