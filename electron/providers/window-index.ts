/**
 * Which of a provider's conversations ("windows") make up one thread, where the provider splits what people
 * see as one exchange: a closed conversation is followed by another one, a billing window by the next.
 *
 * Memory of one client, filled from the lists as they pass by; forgetting it costs one walk over the list, never a
 * message. Invariants: a window belongs to the thread it was last seen in, and to no other; a thread's windows are
 * ordered newest first, ties by id, so that a cursor keeps its meaning; the list counts as known only when it passed by
 * from its top to its end (a walk that an earlier process began does not).
 */
import type { Millis } from "../../shared/domain.ts";

export interface Window<T> {
  readonly id: string;
  readonly startedAt: Millis;
  readonly facts: T;
}

export interface WindowIndex<T> {
  add(threadId: string, window: Window<T>): void;
  /** Newest first; empty when the thread is not known. */
  of(threadId: string): readonly Window<T>[];
  remove(threadId: string, windowId: string): void;
  /** A page of the whole list passed by, the one at `cursor` (null: its top), which leads to `next` (null: its end). */
  passed(cursor: string | null, next: string | null): void;
  /** Every window there was has passed by: no thread is known in part. */
  isWhole(): boolean;
}

export function createWindowIndex<T>(): WindowIndex<T> {
  const threads = new Map<string, Map<string, Window<T>>>();
  const threadOf = new Map<string, string>();
  let reached: string | null = null;
  let isWhole = false;
  return {
    passed(cursor, next) {
      if (cursor !== null && cursor !== reached) return;
      reached = next;
      if (next === null) isWhole = true;
    },
    isWhole: () => isWhole,
    add(threadId, window) {
      const before = threadOf.get(window.id) ?? threadId;
      if (before !== threadId) threads.get(before)?.delete(window.id);
      threadOf.set(window.id, threadId);
      const windows = threads.get(threadId) ?? new Map<string, Window<T>>();
      windows.set(window.id, window);
      threads.set(threadId, windows);
    },
    of: (threadId) =>
      [...(threads.get(threadId)?.values() ?? [])].toSorted(
        (a, b) => b.startedAt - a.startedAt || (a.id < b.id ? 1 : -1),
      ),
    remove: (threadId, windowId) => void threads.get(threadId)?.delete(windowId),
  };
}

/** A place in a walk over several lists: which of them, and the provider's own cursor inside it. */
export interface WindowCursor {
  readonly windowId: string;
  readonly inner: string | null;
}

export const writeWindowCursor = ({ windowId, inner }: WindowCursor): string => JSON.stringify([windowId, inner]);

/** Null for what is no such cursor. */
export function readWindowCursor(cursor: string): WindowCursor | null {
  try {
    const parsed: unknown = JSON.parse(cursor);
    if (!Array.isArray(parsed)) return null;
    const [windowId, inner] = parsed as unknown[];
    if (typeof windowId !== "string" || (typeof inner !== "string" && inner !== null)) return null;
    return { windowId, inner };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
