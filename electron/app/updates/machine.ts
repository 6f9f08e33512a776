/**
 * The states of an update, pure: state and event in, state out.
 *
 * Invariants: only what was verified becomes `ready`; a restart happens only from `ready` or `waiting` and only when
 * nothing is sent or typed; a failure leaves the running version as it is; what makes no sense in a state changes
 * nothing.
 */
import type { UpdateBusy, UpdateState } from "../../../shared/updates.ts";

export type UpdateEvent =
  | { readonly type: "check" }
  | { readonly type: "none"; readonly at: number }
  | { readonly type: "found"; readonly version: string }
  | { readonly type: "progress"; readonly percent: number }
  | { readonly type: "verified" }
  | { readonly type: "failed"; readonly reason: "unreachable" | "refused" }
  /** The person asked; `busy` says what stands in the way, null: nothing. */
  | { readonly type: "restart"; readonly busy: UpdateBusy | null };

/** A check may begin: nothing is on its way or waiting to be installed. */
export const mayCheck = (state: UpdateState): boolean => state.kind === "idle" || state.kind === "failed";

/** What is on disk was verified. */
export const mayInstall = (state: UpdateState): state is Extract<UpdateState, { kind: "ready" | "waiting" }> =>
  state.kind === "ready" || state.kind === "waiting";

export function reduce(state: UpdateState, event: UpdateEvent): UpdateState {
  switch (event.type) {
    case "check":
      return mayCheck(state) ? { kind: "checking" } : state;
    case "none":
      return state.kind === "checking" ? { kind: "idle", checkedAt: event.at } : state;
    case "found":
      return state.kind === "checking" ? { kind: "available", version: event.version } : state;
    case "progress":
      return state.kind === "available" || state.kind === "downloading"
        ? { kind: "downloading", version: state.version, percent: clampPercent(event.percent) }
        : state;
    case "verified":
      return state.kind === "available" || state.kind === "downloading"
        ? { kind: "ready", version: state.version }
        : state;
    case "failed":
      return state.kind === "off" ? state : { kind: "failed", reason: event.reason };
    case "restart":
      if (!mayInstall(state)) return state;
      return event.busy === null
        ? { kind: "ready", version: state.version }
        : { kind: "waiting", version: state.version, busy: event.busy };
  }
}

const clampPercent = (percent: number): number => Math.min(100, Math.max(0, Math.floor(percent)));
