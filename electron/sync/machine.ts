/**
 * The sync machine: (state, event) -> state and effects. Pure: no promises, no clock, no store.
 *
 * It decides what to ask for, when, and what a failure means; the engine carries out the effects. Invariants:
 * one request in flight; an answer whose `seq` is not awaited is dropped; a cursor never moves past a page that was
 * not stored; pages read ahead wait for the commit before them.
 */
import type { Millis } from "../../shared/domain.ts";
import { ProviderError } from "../../shared/errors.ts";
import { backoffMs } from "./backoff.ts";
import { freshGuard } from "./cursor-guard.ts";
import { classifyFailure } from "./failures.ts";
import { feedCommitted, feedFailed, feedPage } from "./feed.ts";
import { isList, listCommitted, listPage, mergeCommits, passRefused } from "./lists.ts";
import { plan } from "./plan.ts";
import type { Step } from "./plan.ts";
import { askAhead, dropAhead, hearAhead, isSamePlace, refusalAhead } from "./read-ahead.ts";
import type { CommitResult, Random } from "./ports.ts";
import type { Busy, Hold, Job, SyncConfig, SyncEffect, SyncEvent, SyncState, WalkEnd } from "./state.ts";
import { threadCommitted, threadDeferred, threadFound, threadGone, threadPage } from "./threads.ts";

export interface StepContext {
  readonly config: SyncConfig;
  readonly now: Millis;
  readonly random: Random;
}

const THREAD_RETRY_MS = 600_000;
/** A thread that makes the server fail this often in a row is put off, so that it cannot stop the others. */
const THREAD_PATIENCE = 3;
const STORE_RETRY_MS = 5_000;

export function step(state: SyncState, event: SyncEvent, context: StepContext): Step {
  const { config, now } = context;
  const heard = hear(state, event, context);
  const { hold, busy, ahead } = heard.state;
  if (busy !== null) return readOn(gather(heard, context), context);
  const then = (next: Step): Step => ({ state: next.state, effects: [...heard.effects, ...next.effects] });
  if (hold.kind === "blocked" || hold.kind === "asleep" || hold.kind === "stopped") {
    return then(dropAhead(heard.state, []));
  }
  if (hold.kind === "wait" && hold.until > now) {
    return then(dropAhead(heard.state, [{ type: "tickAt", at: hold.until }]));
  }
  const ready: SyncState = { ...heard.state, hold: { kind: "none" } };
  const planned = plan(ready, config, now);
  const [next] = ahead;
  if (next?.answer != null && next.answer.type !== "failed" && planned.state.busy?.seq === next.seq) {
    return then(step(planned.state, next.answer, context));
  }
  // What a server refused ahead holds for whatever would be asked now.
  const refused = refusalAhead(ahead);
  if (refused !== null) {
    const asked: Busy = { seq: refused.seq, doing: "fetch", job: refused.job };
    return then(step({ ...ready, ahead: [], busy: asked }, refused.refusal, context));
  }
  return then(dropAhead(planned.state, planned.effects));
}

/** A commit that was just begun takes along the pages that were read since: one transaction is cheaper than several. */
function gather(heard: Step, context: StepContext): Step {
  const { busy, ahead } = heard.state;
  const [next, ...rest] = ahead;
  const begun = heard.effects.at(-1);
  if (begun?.type !== "commitList" || busy?.doing !== "commit" || busy.end !== "more") return heard;
  if (next?.answer?.type !== "listPage" || !isList(next.job) || !isSamePlace(next.job, busy.job)) return heard;
  const turned = listPage({ ...heard.state, ahead: rest, busy: null }, next.job, next.answer.page, context);
  const [second] = turned.effects;
  if (second?.type !== "commitList") return heard;
  const effects = [...heard.effects.slice(0, -1), mergeCommits(begun, second)];
  return gather({ state: turned.state, effects }, context);
}

/** While something is being stored, the page after all that was read is asked for. */
function readOn(heard: Step, context: StepContext): Step {
  const after = allStored(heard.state, context);
  return after === null ? heard : askAhead(heard, after.job, plan(after.state, context.config, context.now), context);
}

/**
 * The state as it will be once what is being stored and all that was read after it is stored, and where the walk
 * stands then. Null: nothing is to be read on from there, or a request is under way.
 */
function allStored(state: SyncState, context: StepContext): { state: SyncState; job: Job } | null {
  let at: SyncState = { ...state, ahead: [] };
  for (const next of [...state.ahead, null]) {
    const { busy } = at;
    if (busy?.doing !== "commit" || busy.end !== "more") return null;
    at = committed({ ...at, busy: null }, busy.job, busy.end, STORED, context).state;
    if (next === null) return { state: at, job: busy.job };
    if (next.answer === null || next.answer.type === "failed") return null;
    at = hearAnswer(at, { seq: next.seq, doing: "fetch", job: next.job }, next.answer, context).state;
  }
  return null;
}

const STORED: CommitResult = { applied: true, changed: [], newInbound: [], removedTexts: 0 };

/** A page that may not have been stored is asked for again: its cursor is no circle then. */
const LET_GO = { busy: null, ahead: [], listGuard: freshGuard, sweepGuard: freshGuard } as const;

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
      // What was fetched of another thread is stored page by page: nothing is lost by letting go of it. What the store
      // has to say of that one is not about this one.
      const busy = state.busy?.doing === "find" && state.busy.foreground ? null : state.busy;
      return only({ ...state, open, busy, walk: state.walk?.foreground ? null : state.walk });
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
      return busy.doing === "fetch" && isList(busy.job) ? listPage(idle, busy.job, event.page, context) : only(idle);
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
      const askedMs = refusalAhead(state.ahead)?.refusal.error.retryAfterMs ?? 0;
      const until = now + Math.max(STORE_RETRY_MS, askedMs);
      const guards = { listGuard: freshGuard, sweepGuard: freshGuard };
      return only({ ...idle, ...guards, hold: { kind: "wait", until, failure: event.failure, isAsked: askedMs > 0 } });
    }
  }
}

/**
 * News may be there: look at once. Waiting ends too, unless a server asked for it and nobody insists; a person
 * who insists may also try a key again that was refused.
 */
function wake(state: SyncState, insist: boolean, now: Millis): SyncState {
  const { hold } = state;
  const asked = hold.kind === "wait" && (hold.isAsked === true || hold.failure.code === "rate_limited");
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

function committed(state: SyncState, job: Job, end: WalkEnd, result: CommitResult, context: StepContext): Step {
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
      return listCommitted(fresh, job, end, context);
  }
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
      if (isList(job)) return passRefused(state, job, failure, context);
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
  const isAsked = error.retryAfterMs !== null;
  return only({ ...state, attempt, hold: { kind: "wait", until, failure, isAsked } });
}

function threadRestarted(state: SyncState, job: Extract<Job, { kind: "thread" }>, { now }: StepContext): Step {
  const { walk } = job;
  if (walk.restarted) return threadDeferred(state, walk, now + THREAD_RETRY_MS);
  const work = { ...walk.work, kind: "full" as const, cursor: null };
  return only({ ...state, walk: { ...walk, work, cursor: null, startedAt: now, pages: 0, restarted: true } });
}
