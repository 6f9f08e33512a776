/** Drives the sync machine by hand: one event in, the effects it led to out. */
import type { ConversationId } from "../../shared/domain.ts";
import { ProviderError } from "../../shared/errors.ts";
import type { AppErrorCode } from "../../shared/errors.ts";
import { step } from "../../electron/sync/machine.ts";
import type { CommitResult, RemoteConversation, SavedSync, ThreadWork } from "../../electron/sync/ports.ts";
import { DEFAULT_CONFIG, initialState } from "../../electron/sync/state.ts";
import type { SyncConfig, SyncEffect, SyncEvent, SyncState } from "../../electron/sync/state.ts";
import { phaseOf } from "../../electron/sync/status.ts";

export const T0 = Date.UTC(2026, 3, 28, 12);
export const NEW: SavedSync = {
  generation: 1,
  mark: null,
  lastCompletedAt: null,
  sweepCompletedAt: T0,
  list: null,
  sweep: null,
};
export const OK: CommitResult = { applied: true, changed: [], newInbound: [], removedTexts: 0 };

export function conversation(lastMessageAt: number): RemoteConversation {
  return {
    remoteId: `c${lastMessageAt}`,
    ownNumber: "+15551112222",
    ownNumberRemoteId: null,
    contactNumber: "+15554443333",
    contactName: null,
    lastMessageAt,
    lastDirection: "inbound",
    preview: "hello",
    previewRedactedAt: null,
    messageCount: 1,
    consent: null,
    unreadCount: null,
  };
}

export const work = (id: number, cursor: string | null = null): ThreadWork => ({
  conversation: { id: id as ConversationId, remoteId: `r${id}`, ownNumber: "+1", contactNumber: "+2" },
  kind: cursor === null ? "full" : "delta",
  cursor,
});

/** Drives the machine by hand; every event returns the effects it led to. */
export function drive(saved: SavedSync = NEW, config: Partial<SyncConfig> = {}) {
  const full: SyncConfig = { ...DEFAULT_CONFIG, ...config };
  let state: SyncState = initialState(saved, full, T0);
  let now = T0;
  const send = (event: SyncEvent): readonly SyncEffect[] => {
    const next = step(state, event, { config: full, now, random: () => 0.5 });
    state = next.state;
    return next.effects;
  };
  const driver = {
    send,
    state: () => state,
    phase: () => phaseOf(state),
    elapse(ms: number) {
      now += ms;
      return send({ type: "tick" });
    },
    seq: () => state.busy?.seq ?? -1,
    fail: (code: AppErrorCode, options: { retryAfterMs?: number; detail?: Record<string, string> } = {}) =>
      send({ type: "failed", seq: driver.seq(), error: new ProviderError(code, options) }),
    listPage: (times: readonly number[], nextCursor: string | null) =>
      send({ type: "listPage", seq: driver.seq(), page: { items: times.map(conversation), rejected: [], nextCursor } }),
    threadPage: (nextCursor: string | null) =>
      send({ type: "threadPage", seq: driver.seq(), page: { items: [], rejected: [], nextCursor } }),
    committed: (result: CommitResult = OK) => send({ type: "committed", seq: driver.seq(), result }),
    found: (found: ThreadWork | null) => send({ type: "found", seq: driver.seq(), work: found }),
    /** From start to an idle account: an empty list, no numbers, no threads. */
    becomeIdle() {
      send({ type: "tick" });
      driver.listPage([T0 - 1_000], null);
      driver.committed();
      send({ type: "numbers", seq: driver.seq(), numbers: [] });
      return driver.found(null);
    },
  };
  return driver;
}

export const kinds = (effects: readonly SyncEffect[]) => effects.map((effect) => effect.type);
export const fetched = (effects: readonly SyncEffect[]) => effects.find((effect) => effect.type === "fetch");
