/**
 * What locks the app by itself: idle time, sleep, the system's own lock screen. No Electron; the system is a port.
 *
 * Must not unlock anything, ever. Idle time is polled: systems tell it, but do not announce it.
 */
import type { PrivacySettings } from "../../../shared/lock.ts";
import type { Clock } from "../../sync/ports.ts";

const POLL_MS = 5_000;

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
    if (lockIdleMinutes > 0 && power.getSystemIdleTime() >= lockIdleMinutes * 60) lock();
    cancel = clock.schedule(POLL_MS, look);
  };
  cancel = clock.schedule(POLL_MS, look);
  return () => {
    isStopped = true;
    cancel();
  };
}
