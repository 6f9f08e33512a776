/**
 * Looks for updates, fetches and checks them, and waits for a moment at which nobody is disturbed.
 *
 * Must never restart by itself. Invariants: nothing is installed that `verify` refused; a restart waits while a reply
 * is on its way or being typed; on quit an update is installed only when nothing is on its way; a network that fails is
 * a state and never a dialog.
 */
import type { UpdateBusy, UpdateState } from "../../../shared/updates.ts";
import { errorName } from "../../log.ts";
import type { Log } from "../../log.ts";
import type { Clock } from "../../sync/ports.ts";
import { mayCheck, mayInstall, reduce } from "./machine.ts";
import type { UpdateEvent } from "./machine.ts";
import type { Offer, UpdaterPort } from "./port.ts";
import type { Refusal } from "./verify.ts";

export const FIRST_CHECK_MS = 30_000;
export const CHECK_EVERY_MS = 6 * 3_600_000;
export const TYPING_MS = 15_000;
const WAIT_POLL_MS = 1_000;

export interface UpdatesOptions {
  /** Null: this build does not update itself, for the reason given. */
  readonly port: UpdaterPort | null;
  readonly offReason: "development" | "not_configured";
  readonly clock: Clock;
  readonly log: Log;
  /** Null: may be installed. */
  readonly findRefusal: (file: string, offer: Offer, signature: string) => Promise<Refusal | null>;
  /** Replies whose request is on its way now. May reject: the cache can be broken. */
  readonly countSending: () => Promise<number>;
  /** Ends the app as a person would; `installsOnQuit` and `installNow` are asked on the way. */
  readonly quit: () => void;
  readonly onChanged: (state: UpdateState) => void;
}

export interface Updates {
  state(): UpdateState;
  /** Begins to look by itself, now and then. */
  start(): void;
  stop(): void;
  check(): Promise<UpdateState>;
  restart(): Promise<UpdateState>;
  /** A draft changed; an empty one is nothing to lose. */
  typed(isEmpty: boolean): void;
  /** The app is about to end: true when it may end by installing. Asked before the database closes. Never rejects. */
  installsOnQuit(): Promise<boolean>;
  /** Ends the app with the installation, once everything is closed. False: nothing could be started. */
  installNow(): boolean;
}

export function createUpdates(options: UpdatesOptions): Updates {
  const { port, clock, log } = options;
  let state: UpdateState =
    port === null ? { kind: "off", reason: options.offReason } : { kind: "idle", checkedAt: null };
  let typingUntil = 0;
  let isRestarting = false;
  let cancelCheck = () => {};
  let cancelWait = () => {};

  function send(event: UpdateEvent): UpdateState {
    const next = reduce(state, event);
    if (JSON.stringify(next) !== JSON.stringify(state)) {
      state = next;
      options.onChanged(state);
    }
    return state;
  }

  /** A cache that cannot answer may have one on its way. */
  async function isSending(): Promise<boolean> {
    try {
      return (await options.countSending()) > 0;
    } catch (error) {
      log.warn("replies not counted", { name: errorName(error) });
      return true;
    }
  }

  async function busyWith(): Promise<UpdateBusy | null> {
    if (await isSending()) return "sending";
    return clock.now() < typingUntil ? "typing" : null;
  }

  async function check(): Promise<UpdateState> {
    if (port === null || !mayCheck(state)) return state;
    send({ type: "check" });
    try {
      const offer = await port.check();
      if (offer === null) return send({ type: "none", at: clock.now() });
      send({ type: "found", version: offer.version });
      const file = await port.download((percent) => send({ type: "progress", percent }));
      const refusal = await options.findRefusal(file, offer, await port.signature());
      if (refusal === null) return send({ type: "verified" });
      log.warn("update refused", { reason: refusal });
      await port.discard(file);
      return send({ type: "failed", reason: "refused" });
    } catch (error) {
      log.info("update not fetched", { name: errorName(error) });
      return send({ type: "failed", reason: "unreachable" });
    }
  }

  function plan(delayMs: number): void {
    cancelCheck = clock.schedule(delayMs, () => {
      void check();
      plan(CHECK_EVERY_MS);
    });
  }

  async function tryRestart(): Promise<UpdateState> {
    cancelWait();
    const after = send({ type: "restart", busy: await busyWith() });
    if (after.kind === "waiting") {
      cancelWait = clock.schedule(WAIT_POLL_MS, () => void tryRestart());
    } else if (after.kind === "ready") {
      isRestarting = true;
      options.quit();
    }
    return after;
  }

  return {
    state: () => state,
    start() {
      if (port !== null) plan(FIRST_CHECK_MS);
    },
    stop() {
      cancelCheck();
      cancelWait();
    },
    check,
    async restart() {
      return mayInstall(state) ? tryRestart() : state;
    },
    typed(isEmpty) {
      typingUntil = isEmpty ? 0 : clock.now() + TYPING_MS;
    },
    async installsOnQuit() {
      return mayInstall(state) && !(await isSending());
    },
    installNow: () => port?.install(isRestarting) === true,
  };
}
