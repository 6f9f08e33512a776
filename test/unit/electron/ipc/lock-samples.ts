/** A good input and output of every call about the app lock and the support report, for the contract test. */
import type { CallOutput } from "../../../../shared/ipc.ts";

const state = {
  configured: true,
  locked: true,
  retryAt: 1_777_377_600_000,
  can: { touchId: false, hideFromCapture: true, screenLock: true },
} satisfies CallOutput<"lock.state">;

const answer = { result: "refused", state } satisfies CallOutput<"lock.unlock">;

export const lockSamples = {
  "lock.state": { input: undefined, output: state },
  "lock.now": { input: undefined, output: state },
  "lock.unlock": { input: { pin: "2580" }, output: answer },
  "lock.touchId": { input: undefined, output: answer },
  "lock.setPin": { input: { current: null, next: "2580" }, output: answer },
  "lock.reset": { input: { credential: "am_live_0123456789" }, output: answer },
  "support.report": {
    input: undefined,
    output: { id: 1, madeAt: 1_777_377_600_000, sections: [{ id: "app", lines: ["version: 0.1.0"] }] },
  },
  "support.save": { input: { id: 1, sections: ["app"] }, output: { result: "saved" } },
} as const;
