/**
 * The sync machine: (state, event) -> state and effects. Pure: no promises, no clock, no store.
 *
 * It decides what to ask for, when, and what a failure means; the engine carries out the effects. Invariants:
 * one request in flight; an answer whose `seq` is not awaited is dropped; the mark moves only with the last
 * page of a completed pass; a cursor never moves past a page that was not stored; a page read ahead waits for
 * the commit before it.
 */
import type { Millis } from "../../shared/domain.ts";
import { ProviderError } from "../../shared/errors.ts";
import type { Failure } from "../../shared/errors.ts";
import { backoffMs } from "./backoff.ts";
import { freshGuard, guardCursor } from "./cursor-guard.ts";
import { classifyFailure } from "./failures.ts";
import { feedCommitted, feedFailed, feedPage } from "./feed.ts";
import { advancePass, restartPass } from "./passes.ts";
import { plan } from "./plan.ts";
import type { Step } from "./plan.ts";
import { askAhead, dropAhead, hearAhead } from "./read-ahead.ts";
import type { CommitResult, Page, Random, RemoteConversation } from "./ports.ts";
import type { Busy, Hold, Job, SyncConfig, SyncEffect, SyncEvent, SyncState, WalkEnd } from "./state.ts";
import { threadCommitted, threadDeferred, threadFound, threadGone, threadPage } from "./threads.ts";

export interface StepContext {
  readonly config: SyncConfig;
  readonly now: Millis;
  readonly random: Random;
}

/** A pass that cannot end is tried again after this long. */
const STUCK_RETRY_MS = 300_000;
const THREAD_RETRY_MS = 600_000;
/** A thread that makes the server fail this often in a row is put off, so that it cannot stop the others. */
const THREAD_PATIENCE = 3;
const STORE_RETRY_MS = 5_000;

export function step(state: SyncState, event: SyncEvent, context: StepContext): Step {
  const { config, now } = context;
  const heard = hear(state, event, context);
  const { hold, busy, ahead } = heard.state;
  if (busy !== null) return busy.seq === state.busy?.seq ? heard : begin(heard, busy, context);
  const then = (next: Step): Step => ({ state: next.state, effects: [...heard.effects, ...next.effects] });
  if (hold.kind === "blocked" || hold.kind === "asleep" || hold.kind === "stopped") {
    return then(dropAhead(heard.state, []));
  }
  if (hold.kind === "wait" && hold.until > now) {
    return then(dropAhead(heard.state, [{ type: "tickAt", at: hold.until }]));
  }
  const ready: SyncState = { ...heard.state, hold: { kind: "none" } };
  // What a server refused ahead holds for whatever would be asked now.
  if (ahead?.answer?.type === "failed") {
    const asked: Busy = { seq: ahead.seq, doing: "fetch", job: ahead.job };
    return then(step({ ...ready, ahead: null, busy: asked }, ahead.answer, context));
  }
  const planned = plan(ready, config, now);
  if (ahead !== null && ahead.answer !== null && planned.state.busy?.seq === ahead.seq) {
    return then(step(planned.state, ahead.answer, context));
  }
  return then(dropAhead(planned.state, planned.effects));
}

/** A commit that leaves a page to come: it is asked for beside it. */
function begin(heard: Step, busy: Busy, context: StepContext): Step {
  if (busy.doing !== "commit" || busy.end !== "more") return heard;
  const stored = committed({ ...heard.state, busy: null }, busy.job, busy.end, STORED, context);
  return askAhead(heard, plan(stored.state, context.config, context.now));
}

const STORED: CommitResult = { applied: true, changed: [], newInbound: [], removedTexts: 0 };

/** A page that may not have been stored is asked for again: its cursor is no circle then. */
const LET_GO = { busy: null, ahead: null, listGuard: freshGuard, sweepGuard: freshGuard } as const;

const only = (state: SyncState, ...effects: SyncEffect[]): Step => ({ state, effects });

function hear(state: SyncState, event: SyncEvent, context: StepContext): Step {
  const { config, now } = context;
  if (state.hold.kind === "stopped") return only(state);
  switch (event.type) {
    case "tick":
      return only(state);
    case "wake":
      return only(wake(state, event.reason === "manual", now));
    case "focus":
      return only(event.focused ? wake({ ...state, focused: true }, false, now) : { ...state, focused: false });
    case "open": {
      const open = event.id === null ? null : { id: event.id, dueAt: now, recheckAt: now + config.openRecheckMs };
      // What was fetched of another thread is stored page by page: nothing is lost by letting go of it.
      return only({ ...state, open, walk: state.walk?.foreground ? null : state.walk });
    }
    case "touched": {
      const { open } = state;
      if (open?.id !== event.id) return only(state);
      return only({ ...state, open: { ...open, dueAt: Math.min(open.dueAt, now + config.touchedPollMs) } });
    }
    case "suspend":
      return only({ ...state, ...LET_GO, hold: { kind: "asleep" } }, { type: "abort" });
    case "resume": {
      if (state.hold.kind !== "asleep") return only(state);
      // The network needs a moment after sleep; "offline" is what it is until then.
      const until = now + Math.round(context.random() * config.resumeJitterMs);
      const hold: Hold = { kind: "wait", until, failure: { code: "offline", detail: {} } };
      return only({ ...state, hold, listDueAt: now, attempt: 0 });
    }
    case "credentials":
      return only(
        {
          ...wake({ ...state, generation: event.generation, hold: { kind: "none" } }, true, now),
          ...LET_GO,
          threadFailure: null,
          threadsDueAt: now,
          numbersDue: true,
        },
        { type: "abort" },
      );
    case "stop":
      return only({ ...state, ...LET_GO, hold: { kind: "stopped" } }, { type: "abort" });
    default:
      // Neither awaited nor asked for ahead: a late answer, of a request that was aborted or replaced.
      return state.busy?.seq === event.seq
        ? hearAnswer(state, state.busy, event, context)
        : only(hearAhead(state, event));
  }
}

type Answer = Extract<SyncEvent, { seq: number }>;

function hearAnswer(state: SyncState, busy: Busy, event: Answer, context: StepContext): Step {
  const { now } = context;
  const idle: SyncState = { ...state, busy: null };
  switch (event.type) {
    case "found":
      return busy.doing === "find" ? threadFound(idle, busy.foreground, event.work, context) : only(idle);
    case "numbers":
      return only({ ...idle, numbersDue: false }, { type: "saveNumbers", seq: event.seq, numbers: event.numbers });
    case "listPage":
      return busy.doing === "fetch" && (busy.job.kind === "list" || busy.job.kind === "sweep")
        ? listPage(idle, busy.job, event.page, context)
        : only(idle);
    case "threadPage":
      return busy.doing === "fetch" && busy.job.kind === "thread"
        ? threadPage(idle, busy.job.walk, event.page, context)
        : only(idle);
    case "feedPage":
      return busy.doing === "fetch" && busy.job.kind === "feed"
        ? feedPage(idle, busy.job.walk, event.page, context)
        : only(idle);
    case "committed":
      return busy.doing === "commit" ? committed(idle, busy.job, busy.end, event.result, context) : only(idle);
    case "failed":
      return busy.doing === "fetch" ? failed(idle, busy.job, event.error, context) : only(idle);
    case "storeFailed": {
      const refused = state.ahead?.answer?.type === "failed" ? state.ahead.answer.error.retryAfterMs : null;
      const until = now + Math.max(STORE_RETRY_MS, refused ?? 0);
      const guards = { listGuard: freshGuard, sweepGuard: freshGuard };
      return only({ ...idle, ...guards, hold: { kind: "wait", until, failure: event.failure } });
    }
  }
}

/**
 * News may be there: look at once. Waiting ends too, unless a server asked for it and nobody insists; a person
 * who insists may also try a key again that was refused.
 */
function wake(state: SyncState, insist: boolean, now: Millis): SyncState {
  const { hold } = state;
  const asked = hold.kind === "wait" && hold.failure.code === "rate_limited";
  return {
    ...state,
    hold: (hold.kind === "wait" && (insist || !asked)) || (hold.kind === "blocked" && insist) ? { kind: "none" } : hold,
    attempt: insist ? 0 : state.attempt,
    listDueAt: Math.min(state.listDueAt, now),
    threadsDueAt: Math.min(state.threadsDueAt, now),
    feedDueAt: insist && state.feedDueAt < Infinity ? Math.min(state.feedDueAt, now) : state.feedDueAt,
    open: state.open && { ...state.open, dueAt: Math.min(state.open.dueAt, now) },
  };
}

function listPage(
  state: SyncState,
  job: Extract<Job, { kind: "list" | "sweep" }>,
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

function committed(state: SyncState, job: Job, end: WalkEnd, result: CommitResult, context: StepContext): Step {
  const { now } = context;
  // The account changed under us: whoever changed it starts a new machine.
  if (!result.applied) return only({ ...state, hold: { kind: "stopped" } });
  const fresh: SyncState = { ...state, attempt: 0 };
  switch (job.kind) {
    case "numbers":
      return only(fresh);
    case "thread":
      return threadCommitted(fresh, job.walk, end, context);
    case "feed":
      return feedCommitted(fresh, job.walk, end, result, context);
    case "list":
    case "sweep":
      if (end === "more") return only({ ...fresh, [job.kind]: job.pass });
      if (end === "done") return only(passCompleted(fresh, job, context));
      // The next pass begins at the top, under the old mark.
      return only(
        {
          ...fresh,
          [job.kind]: null,
          hold: { kind: "wait", until: now + STUCK_RETRY_MS, failure: stuckFailure(job.pass.pages) },
        },
        { type: "savePass", kind: job.kind, pass: null },
      );
  }
}

const stuckFailure = (pages: number): Failure => ({ code: "cursor_stuck", detail: { pages: String(pages) } });

function passCompleted(
  state: SyncState,
  job: Extract<Job, { kind: "list" | "sweep" }>,
  { config, now }: StepContext,
): SyncState {
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

function failed(state: SyncState, job: Job, error: ProviderError, context: StepContext): Step {
  const { now, random } = context;
  const failure = error.toFailure();
  // Labels are a comfort: a key without that scope works as well.
  if (job.kind === "numbers" && classifyFailure(error.code, false) !== "wait")
    return only({ ...state, numbersDue: false });
  const withoutFeed = job.kind === "feed" ? feedFailed(state, error.code, now) : null;
  if (withoutFeed !== null) return only(withoutFeed);
  const inThread = job.kind === "thread";
  switch (classifyFailure(error.code, inThread)) {
    case "blocked":
      if (inThread && error.code === "scope_missing") {
        return only({ ...state, walk: null, open: null, threadFailure: failure });
      }
      return only({ ...state, hold: { kind: "blocked", failure } }, { type: "block", failure });
    case "cursor":
      if (job.kind === "thread") return threadRestarted(state, job, context);
      if (job.kind === "list" || job.kind === "sweep") return passRefused(state, job, failure, context);
      break;
    case "local":
      if (job.kind !== "thread") break;
      if (error.code === "not_found") return threadGone(state, job.walk, now);
      return threadDeferred(state, job.walk, now + THREAD_RETRY_MS);
    case "wait":
      break;
  }
  const attempt = state.attempt + 1;
  if (job.kind === "thread" && error.code === "server_error" && attempt >= THREAD_PATIENCE) {
    return threadDeferred({ ...state, attempt: 0 }, job.walk, now + THREAD_RETRY_MS);
  }
  const until = now + backoffMs(attempt, error.retryAfterMs, random);
  return only({ ...state, attempt, hold: { kind: "wait", until, failure } });
}

function threadRestarted(state: SyncState, job: Extract<Job, { kind: "thread" }>, { now }: StepContext): Step {
  const { walk } = job;
  if (walk.restarted) return threadDeferred(state, walk, now + THREAD_RETRY_MS);
  const work = { ...walk.work, kind: "full" as const, cursor: null };
  return only({ ...state, walk: { ...walk, work, cursor: null, startedAt: now, pages: 0, restarted: true } });
}

/** The server no longer knows the cursor: once per pass, begin again from the top and keep every row. */
function passRefused(
  state: SyncState,
  job: Extract<Job, { kind: "list" | "sweep" }>,
  failure: Failure,
  { now, random }: StepContext,
): Step {
  const pass = restartPass(job.pass);
  const attempt = state.attempt + 1;
  const next: SyncState =
    pass === null
      ? { ...state, attempt, hold: { kind: "wait", until: now + backoffMs(attempt, null, random), failure } }
      : state;
  const guards = job.kind === "list" ? { listGuard: freshGuard } : { sweepGuard: freshGuard };
  return only({ ...next, ...guards, [job.kind]: pass }, { type: "savePass", kind: job.kind, pass });
}
