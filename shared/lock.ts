/**
 * The app lock as the window knows it: whether it is set up and locked, and what is tried next. Schemas only.
 *
 * Must never carry a PIN outwards. The lock guards against a glance at an open desk, not against programs.
 */
import { z } from "zod";
import { Millis } from "./domain.ts";

const MIN_PIN = 4;
const MAX_PIN = 128;

/** A PIN or a passphrase, as typed. Inbound only. */
export const Pin = z.string().min(1).max(MAX_PIN);
export const NewPin = z.string().min(MIN_PIN).max(MAX_PIN);

export const LockState = z.object({
  /** A PIN is set. */
  configured: z.boolean(),
  locked: z.boolean(),
  /** Too many wrong ones: nothing is tried before this moment. */
  retryAt: Millis.nullable(),
  can: z.object({
    /** The system can ask for a fingerprint. */
    touchId: z.boolean(),
    /** The system can keep the window out of screenshots and screen sharing. */
    hideFromCapture: z.boolean(),
    /** The system tells when its screen is locked. */
    screenLock: z.boolean(),
  }),
});
export type LockState = z.infer<typeof LockState>;

/** `refused`: wrong; `wait`: not even tried; `unreadable`: the keyring does not give the saved PIN now. */
export const LockAnswer = z.object({ result: z.enum(["ok", "refused", "wait", "unreadable"]), state: LockState });
export type LockAnswer = z.infer<typeof LockAnswer>;

/** When the app locks by itself, and whether its window may be captured. */
const privacy = {
  /** 0: never. */
  lockIdleMinutes: z.int().min(0).max(240),
  lockOnSleep: z.boolean(),
  lockOnScreenLock: z.boolean(),
  hideFromCapture: z.boolean(),
};
export const PrivacySettings = z.object(privacy);
export type PrivacySettings = z.infer<typeof PrivacySettings>;
export const PrivacyInput = z.strictObject(privacy);

export const defaultPrivacy = (): PrivacySettings => ({
  lockIdleMinutes: 15,
  lockOnSleep: true,
  lockOnScreenLock: true,
  hideFromCapture: false,
});
