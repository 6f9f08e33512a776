/**
 * Gathers what changed into one push: a busy sync must not make the window read and draw anew for every page.
 *
 * Invariants: what was added by few ids is pushed within `delayMs`, also while many others wait; "anything may have
 * changed" is pushed within `delayMs`, and while that goes on, once every `restMs`; nothing is pushed twice.
 */
import type { ConversationId, Millis } from "../../shared/domain.ts";
import type { Clock } from "../sync/ports.ts";

/** Above this many ids "anything may have changed" is shorter and cheaper. */
const MANY = 50;

export interface ChangesTiming {
  readonly delayMs: number;
  /** A list that changes all the time is looked at this often: a person reads no faster. */
  readonly restMs: number;
}

export interface Changes {
  add(ids: readonly ConversationId[]): void;
  all(): void;
}

export function createChanges(
  clock: Clock,
  { delayMs, restMs }: ChangesTiming,
  push: (conversationIds: ConversationId[] | null) => void,
): Changes {
  let ids = new Set<ConversationId>();
  let everything = false;
  let toldAllAt: Millis = -Infinity;
  let scheduled = false;
  let resting = false;

  /** Null: anything may be told now. A clock that was set back does not count. */
  function restLeft(): number | null {
    const since = clock.now() - toldAllAt;
    return since >= 0 && since < restMs ? restMs - since : null;
  }

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    clock.schedule(delayMs, () => {
      scheduled = false;
      flush();
    });
  }

  function flush(): void {
    if (ids.size > MANY) everything = true;
    const leftMs = everything ? restLeft() : null;
    if (everything && leftMs === null) {
      ids = new Set();
      everything = false;
      toldAllAt = clock.now();
      push(null);
      return;
    }
    if (leftMs !== null && !resting) {
      resting = true;
      clock.schedule(leftMs, () => {
        resting = false;
        flush();
      });
    }
    if (ids.size === 0 || ids.size > MANY) return;
    const few = [...ids];
    ids = new Set();
    push(few);
  }

  return {
    add(more) {
      if (more.length === 0) return;
      if (more.length > MANY) everything = true;
      else for (const id of more) ids.add(id);
      schedule();
    },
    all() {
      everything = true;
      schedule();
    },
  };
}
