/** Ambient types of the window: the bridge's type is the contract's own, nothing is written by hand. */
interface Window {
  readonly threadkeep: import("../shared/ipc.ts").Bridge;
}

declare module "*.css";
