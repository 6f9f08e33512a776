/**
 * The machine's part about threads: which one, page by page, until it is held to its newest message. Pure.
 *
 * Invariants: a thread's cursor is saved with the page it belongs to; a thread that fails puts off only itself.
 * Oldest first, the cursor kept at the end is the last page's own, because that page is where new messages will
 * appear. In any other order every walk starts at the top: newest first it ends below what is held completely
 * (a walk cut short moves no such mark, so it leaves no gap), without order it reads every page.
 */
import type { Millis } from "../../shared/domain.ts";
import { freshGuard, guardCursor } from "./cursor-guard.ts";
import type { StepContext } from "./machine.ts";
import type { Step } from "./plan.ts";
import type { Page, RemoteMessage, ThreadWork } from "./ports.ts";
import type { OpenThread, SyncConfig, SyncEffect, SyncState, Walk, WalkEnd } from "./state.ts";

const only = (state: SyncState, ...effects: SyncEffect[]): Step => ({ state, effects });

/** The store's answer to "which thread next". */
export function threadFound(
  state: SyncState,
  foreground: boolean,
  work: ThreadWork | null,
  { config, now }: StepContext,
): Step {
  const pollMs = state.focused ? config.focusedPollMs : config.backgroundPollMs;
  if (work === null) {
    if (foreground) return only({ ...state, open: null });
    return only({ ...state, threadsDueAt: now + pollMs, threadsDone: 0, threadsCaughtUp: true });
  }
  const { open } = state;
  const paced = !foreground && work.isRoutine === true ? beginRoutine(state, config, now) : state;
  if (paced !== state && paced.threadsDueAt > now) return only(paced);
  const recheck = foreground && open !== null && open.recheckAt !== null && open.recheckAt <= now;
  const fromTop = config.messageOrder !== "oldest_first";
  // Where a first walk from the top was cut short, newer messages may stand above its place.
  const isFull = recheck || (fromTop && (work.heldTo ?? null) === null);
  const kind = isFull ? "full" : work.kind;
  const cursor = isFull || fromTop ? null : work.cursor;
  const walk: Walk = {
    work: { ...work, kind, cursor },
    cursor,
    startedAt: now,
    pages: 0,
    guard: freshGuard,
    foreground,
    restarted: false,
  };
  return only({ ...paced, walk });
}

/** Takes one from the pace, or puts the next look off until there is one. All that is known to be new is here by then. */
function beginRoutine(state: SyncState, { routine, budget }: SyncConfig, now: Millis): SyncState {
  const { burst, share } = routine;
  const everyMs = Math.min(routine.everyMs, 1_000 / (budget.perSecond * share));
  const caughtUp: SyncState = { ...state, threadsDone: 0, threadsCaughtUp: true };
  // Further ahead than the pace ever gets: the clock was set back.
  const at = Math.min(state.routineAt, now + burst * everyMs);
  const allowedAt = at - (burst - 1) * everyMs;
  if (allowedAt > now) return { ...caughtUp, routineAt: at, threadsDueAt: allowedAt };
  return { ...caughtUp, routineAt: Math.max(at, now) + everyMs };
}

export function threadPage(
  state: SyncState,
  walk: Walk,
  page: Page<RemoteMessage>,
  { config, now }: StepContext,
): Step {
  let end: WalkEnd = "done";
  let guard = walk.guard;
  if (page.nextCursor !== null && !reachedHeld(walk, page, config)) {
    const guarded = guardCursor(guard, walk.cursor, page.nextCursor);
    end = guarded === "stuck" || walk.pages + 1 >= config.maxPages ? "stuck" : "more";
    if (guarded !== "stuck") guard = guarded;
  }
  const after: Walk = { ...walk, cursor: end === "more" ? page.nextCursor : walk.cursor, pages: walk.pages + 1, guard };
  const seq = state.seq + 1;
  return only(
    { ...state, seq, busy: { seq, doing: "commit", job: { kind: "thread", walk: after }, end } },
    {
      type: "commitThread",
      seq,
      commit: {
        generation: state.generation,
        conversationId: walk.work.conversation.id,
        items: page.items,
        rejected: page.rejected,
        kind: walk.work.kind,
        cursor: end === "done" && config.messageOrder !== "oldest_first" ? null : after.cursor,
        complete: end === "done",
        ...(config.listIsSilent ? { leadsList: true } : {}),
        ...(config.messagesVanish ? { dropsVanished: true } : {}),
        startedAt: walk.startedAt,
        now,
      },
    },
  );
}

/** Newest first: from here down everything is on this device already. */
function reachedHeld({ work }: Walk, page: Page<RemoteMessage>, { messageOrder, overlapMs }: SyncConfig): boolean {
  const heldTo = work.heldTo ?? null;
  if (messageOrder !== "newest_first" || work.kind === "full" || heldTo === null) return false;
  return page.items.some(({ createdAt }) => createdAt < heldTo - overlapMs);
}

export function threadCommitted(state: SyncState, walk: Walk, end: WalkEnd, context: StepContext): Step {
  const { config, now } = context;
  if (end === "stuck") return threadDeferred(state, walk, now + STUCK_THREAD_RETRY_MS);
  // The person opened another thread meanwhile: this one goes on in the background, from its saved cursor.
  const isOpen = state.open?.id === walk.work.conversation.id;
  if (end === "more") return only({ ...state, walk: walk.foreground && !isOpen ? null : walk });
  const threadsDone = walk.foreground || walk.work.isRoutine === true ? state.threadsDone : state.threadsDone + 1;
  return only({ ...state, walk: null, threadsDone, open: isOpen ? lookedAt(state, walk, config, now) : state.open });
}

const STUCK_THREAD_RETRY_MS = 600_000;

function lookedAt(state: SyncState, walk: Walk, config: StepContext["config"], now: Millis): OpenThread | null {
  const pollMs = state.focused ? config.openThreadPollMs : config.backgroundPollMs;
  return (
    state.open && {
      ...state.open,
      dueAt: now + pollMs,
      recheckAt:
        walk.work.kind === "full" || (walk.work.cursor === null && config.messageOrder === "oldest_first")
          ? null
          : state.open.recheckAt,
    }
  );
}

/** Puts one thread off; everything else goes on. */
export function threadDeferred(state: SyncState, walk: Walk, retryAt: Millis): Step {
  const conversationId = walk.work.conversation.id;
  const open = state.open?.id === conversationId ? { ...state.open, dueAt: retryAt, recheckAt: null } : state.open;
  return only({ ...state, walk: null, open }, { type: "deferThread", conversationId, retryAt });
}

const GONE_CONFIRM_MS = 60_000;

/**
 * The server says that a thread does not exist. One such answer may be a hiccup, so the rows go only when a
 * second request, at least a minute later, says the same.
 */
export function threadGone(state: SyncState, walk: Walk, now: Millis): Step {
  const { id } = walk.work.conversation;
  const { gone } = state;
  if (gone?.id !== id || now < gone.since + GONE_CONFIRM_MS) {
    const since = gone?.id === id ? gone.since : now;
    return threadDeferred({ ...state, gone: { id, since } }, walk, since + GONE_CONFIRM_MS);
  }
  const open = state.open?.id === id ? null : state.open;
  return only({ ...state, walk: null, gone: null, open }, { type: "removeThread", conversationId: id });
}
