/** A good input and output of every call about the app lock and the support report, for the contract test. */
import type { CallInput, CallOutput } from "../../../../shared/ipc.ts";

const state = {
  configured: true,
  locked: true,
  retryAt: 1_777_377_600_000,
  can: { touchId: false, hideFromCapture: true, screenLock: true },
} satisfies CallOutput<"lock.state">;

const answer = { result: "refused", state } satisfies CallOutput<"lock.unlock">;

const report = {
  id: 1,
  madeAt: 1_777_377_600_000,
  sections: [{ id: "app", lines: ["version: 0.1.0"] }],
} satisfies CallOutput<"support.report">;

export const lockSamples = {
  "lock.state": { input: undefined, output: state },
  "lock.now": { input: undefined, output: state },
  "lock.unlock": { input: { pin: "2580" }, output: answer },
  "lock.touchId": { input: undefined, output: answer },
  "lock.setPin": { input: { current: null, next: "2580" }, output: answer },
  "lock.reset": { input: { credential: "am_live_0123456789" }, output: answer },
  "support.report": { input: undefined, output: report },
  "support.save": {
    input: { id: 1, sections: ["app"] } satisfies CallInput<"support.save">,
    output: { result: "saved" } satisfies CallOutput<"support.save">,
  },
};
