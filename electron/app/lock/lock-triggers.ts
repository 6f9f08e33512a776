/**
 * What locks the app by itself: idle time, sleep, the system's own lock screen. No Electron; the system is a port.
 *
 * Must not unlock anything, ever. Idle time is polled, as systems tell it but do not announce it: when it could be
 * reached at the earliest, and at least every so often, since the setting may change meanwhile.
 */
import type { PrivacySettings } from "../../../shared/lock.ts";
import type { Clock } from "../../sync/ports.ts";

const SHORTEST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;

/** The part of Electron's powerMonitor that matters here. */
export interface PowerPort {
  getSystemIdleTime(): number;
  on(event: "suspend" | "lock-screen", listener: () => void): unknown;
}

export interface LockTriggersOptions {
  readonly power: PowerPort;
  readonly clock: Clock;
  readonly settings: () => PrivacySettings;
  readonly lock: () => void;
}

/** Returns the stop function. */
export function watchForLock({ power, clock, settings, lock }: LockTriggersOptions): () => void {
  let isStopped = false;
  let cancel = () => {};
  power.on("suspend", () => {
    if (!isStopped && settings().lockOnSleep) lock();
  });
  power.on("lock-screen", () => {
    if (!isStopped && settings().lockOnScreenLock) lock();
  });
  const look = () => {
    const { lockIdleMinutes } = settings();
    const leftMs = lockIdleMinutes > 0 ? lockIdleMinutes * 60_000 - power.getSystemIdleTime() * 1_000 : Infinity;
    if (leftMs <= 0) lock();
    const isClose = leftMs > 0 && leftMs < LONGEST_WAIT_MS;
    cancel = clock.schedule(isClose ? Math.max(SHORTEST_WAIT_MS, leftMs) : LONGEST_WAIT_MS, look);
  };
  cancel = clock.schedule(LONGEST_WAIT_MS, look);
  return () => {
    isStopped = true;
    cancel();
  };
}
