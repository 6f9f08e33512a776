/**
 * The machine's part about the list of conversations: page by page, until a pass or a sweep is complete. Pure.
 *
 * Invariants: the mark moves only with the last page of a completed pass; the place is saved with the page it
 * belongs to, and pages that wait are stored together only in their order, with the place after the last of them.
 */
import type { Failure } from "../../shared/errors.ts";
import { backoffMs } from "./backoff.ts";
import { freshGuard, guardCursor } from "./cursor-guard.ts";
import type { StepContext } from "./machine.ts";
import { advancePass, restartPass } from "./passes.ts";
import type { Step } from "./plan.ts";
import type { Page, RemoteConversation } from "./ports.ts";
import type { Job, SyncEffect, SyncState, WalkEnd } from "./state.ts";

export type ListJob = Extract<Job, { kind: "list" | "sweep" }>;
export const isList = (job: Job): job is ListJob => job.kind === "list" || job.kind === "sweep";
type CommitList = Extract<SyncEffect, { type: "commitList" }>;

/** A pass that cannot end is tried again after this long. */
const STUCK_RETRY_MS = 300_000;

const only = (state: SyncState, ...effects: SyncEffect[]): Step => ({ state, effects });

export function listPage(
  state: SyncState,
  job: ListJob,
  page: Page<RemoteConversation>,
  { config, now }: StepContext,
): Step {
  const { kind } = job;
  const advanced = advancePass(job.pass, page, config.listOrder);
  const guardName = kind === "list" ? "listGuard" : "sweepGuard";
  let end: WalkEnd = "done";
  let guard = state[guardName];
  if (!advanced.done && page.nextCursor !== null) {
    const guarded = guardCursor(guard, job.pass.cursor, page.nextCursor);
    end = guarded === "stuck" || advanced.pass.pages >= config.maxPages ? "stuck" : "more";
    if (guarded !== "stuck") guard = guarded;
  }
  const seq = state.seq + 1;
  return only(
    { ...state, seq, [guardName]: guard, busy: { seq, doing: "commit", job: { kind, pass: advanced.pass }, end } },
    {
      type: "commitList",
      seq,
      commit: {
        generation: state.generation,
        kind,
        items: page.items,
        rejected: page.rejected,
        ...(page.gone === undefined ? {} : { gone: page.gone }),
        // Stuck: the rows are kept, the place is not moved.
        pass: end === "done" ? null : end === "more" ? advanced.pass : job.pass,
        mark: kind === "list" && end === "done" ? advanced.pass.newestAt : null,
        now,
      },
    },
  );
}

/** One commit of what two asked for, one right after the other: the rows of both, and the place after the second. */
export function mergeCommits(first: CommitList, second: CommitList): CommitList {
  const gone = [...(first.commit.gone ?? []), ...(second.commit.gone ?? [])];
  return {
    ...second,
    commit: {
      ...second.commit,
      items: [...first.commit.items, ...second.commit.items],
      rejected: [...first.commit.rejected, ...second.commit.rejected],
      ...(gone.length === 0 ? {} : { gone }),
    },
  };
}

export function listCommitted(state: SyncState, job: ListJob, end: WalkEnd, context: StepContext): Step {
  if (end === "more") return only({ ...state, [job.kind]: job.pass });
  if (end === "done") return only(passCompleted(state, job, context));
  // The next pass begins at the top, under the old mark.
  const until = context.now + STUCK_RETRY_MS;
  return only(
    { ...state, [job.kind]: null, hold: { kind: "wait", until, failure: stuckFailure(job.pass.pages) } },
    { type: "savePass", kind: job.kind, pass: null },
  );
}

const stuckFailure = (pages: number): Failure => ({ code: "cursor_stuck", detail: { pages: String(pages) } });

function passCompleted(state: SyncState, job: ListJob, { config, now }: StepContext): SyncState {
  if (job.kind === "sweep") return { ...state, sweep: null, sweepDueAt: now + config.sweepEveryMs, threadsDueAt: now };
  // The list may have moved while several pages were read: look again from the top, at once, a few times.
  const again = config.listOrder !== "unordered" && job.pass.pages > 1 && state.followUps < config.maxFollowUps;
  const pollMs = state.focused ? config.focusedPollMs : config.backgroundPollMs;
  return {
    ...state,
    list: null,
    mark: job.pass.newestAt ?? state.mark,
    lastCompletedAt: now,
    followUps: again ? state.followUps + 1 : 0,
    listDueAt: again ? now : now + pollMs,
    threadsDueAt: now,
  };
}

/** The server no longer knows the cursor: once per pass, begin again from the top and keep every row. */
export function passRefused(state: SyncState, job: ListJob, failure: Failure, { now, random }: StepContext): Step {
  const pass = restartPass(job.pass);
  const attempt = state.attempt + 1;
  const next: SyncState =
    pass === null
      ? { ...state, attempt, hold: { kind: "wait", until: now + backoffMs(attempt, null, random), failure } }
      : state;
  const guards = job.kind === "list" ? { listGuard: freshGuard } : { sweepGuard: freshGuard };
  return only({ ...next, ...guards, [job.kind]: pass }, { type: "savePass", kind: job.kind, pass });
}
