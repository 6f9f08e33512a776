/**
 * The part of the contract about the app lock and the support report; `shared/ipc.ts` spreads it into the whole.
 *
 * Invariant: a PIN or key goes in and never comes out.
 */
import { z } from "zod";
import { LockAnswer, LockState, NewPin, Pin } from "./lock.ts";
import { SupportReport, SupportSaved, SupportSectionId } from "./support.ts";

const noInput = z.undefined();

export const lockCalls = {
  "lock.state": { input: noInput, output: LockState },
  "lock.now": { input: noInput, output: LockState },
  "lock.unlock": { input: z.strictObject({ pin: Pin }), output: LockAnswer },
  /** Asks for a fingerprint where the system can. */
  "lock.touchId": { input: noInput, output: LockAnswer },
  /** Sets, changes (`current` needed) or removes (`next` null) the PIN. */
  "lock.setPin": {
    input: z.strictObject({ current: Pin.nullable(), next: NewPin.nullable() }),
    output: LockAnswer,
  },
  /** The PIN was forgotten: any key of a connected account takes the lock away. Nothing is deleted. */
  "lock.reset": { input: z.strictObject({ credential: z.string().min(1).max(4096) }), output: LockAnswer },

  /** Collects a report and keeps it in main until the next one. Nothing is written. */
  "support.report": { input: noInput, output: SupportReport },
  /** Asks where, then saves these sections of the report as it was shown. */
  "support.save": {
    input: z.strictObject({ id: z.int().positive(), sections: z.array(SupportSectionId).min(1).max(20) }),
    output: SupportSaved,
  },
} as const;
