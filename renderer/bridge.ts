/**
 * The renderer's side of the contract, and the only file that touches `window.threadkeep`.
 *
 * It turns outcomes into values or a thrown `AppError`, so that stores read like plain async code.
 * It must not keep state or retry. Invariant: whatever goes wrong below, what is thrown is an `AppError`.
 */
import { AppError } from "../shared/errors.ts";
import type { Bridge, CallInput, CallName, CallOutput, PushName, PushPayload } from "../shared/ipc.ts";

type Args<I> = undefined extends I ? [input?: I] : [input: I];

export interface BridgeClient {
  /** @throws AppError with the code main answered with; `internal` when the bridge itself failed. */
  call<N extends CallName>(name: N, ...args: Args<CallInput<N>>): Promise<CallOutput<N>>;
  /** Returns the unsubscribe function. */
  on<N extends PushName>(name: N, listener: (payload: PushPayload<N>) => void): () => void;
}

export function createBridgeClient(bridge: Bridge): BridgeClient {
  return {
    async call(name, ...args) {
      const outcome = await bridge.invoke(name, ...args).catch((cause: unknown) => {
        throw new AppError("internal", `the bridge refused ${name}`, { cause });
      });
      if (outcome.ok) return outcome.value;
      throw new AppError(outcome.error.code, `${name}: ${outcome.error.code}`, { detail: { ...outcome.error.detail } });
    },
    on(name, listener) {
      return bridge.subscribe(name, listener);
    },
  };
}

export function createWindowBridgeClient(): BridgeClient {
  return createBridgeClient(window.threadkeep);
}
