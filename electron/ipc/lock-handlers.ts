/** Handlers of the app lock and the support report. Both work in every stage, the lock also while it is on. */
import type { Handlers } from "../../shared/ipc.ts";
import type { Services } from "./services.ts";

type Area =
  | "lock.state"
  | "lock.now"
  | "lock.unlock"
  | "lock.touchId"
  | "lock.setPin"
  | "lock.reset"
  | "support.report"
  | "support.save";

export function lockHandlers({ lock, support }: Services): Pick<Handlers, Area> {
  return {
    "lock.state": () => lock.state(),
    "lock.now": () => {
      lock.lock();
      return lock.state();
    },
    "lock.unlock": ({ pin }) => lock.unlock(pin),
    "lock.touchId": () => lock.unlockWithTouchId(),
    "lock.setPin": ({ current, next }) => lock.setPin(current, next),
    "lock.reset": ({ credential }) => lock.reset(credential),
    "support.report": () => support.report(),
    "support.save": ({ id, sections }) => support.save(id, sections),
  };
}
