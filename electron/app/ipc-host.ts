/**
 * The border between the page and main as Electron sees it: one channel in, one channel out.
 *
 * The rules stand in `ipc-border.ts`, the way in is `ipc-door.ts`. Invariants: a sender that is not our own page is
 * refused before its call is looked at; a push is parsed by the contract before it leaves.
 */
import type { WebContents } from "electron";
import { pushes } from "../../shared/ipc.ts";
import type { Handlers, PushName, PushPayload } from "../../shared/ipc.ts";
import type { Log } from "../log.ts";
import { answerCall, isTrustedSender } from "./ipc-border.ts";
import type { IpcDoor } from "./ipc-door.ts";
import { pushPassesLock } from "./lock/lock-gate.ts";

export const PUSH_CHANNEL = "threadkeep:push";

export interface IpcHost {
  /** Calls from this window are answered until it is gone. */
  trust(contents: WebContents): void;
  push<N extends PushName>(name: N, payload: PushPayload<N>): void;
}

export interface IpcHostOptions {
  readonly door: IpcDoor;
  readonly handlers: Handlers;
  readonly log: Log;
  readonly isLocked?: () => boolean;
  /** After a call of a trusted page was answered. */
  readonly onAnswered?: (name: unknown) => void;
}

export function createIpcHost({ door, handlers, log, isLocked = () => false, onAnswered }: IpcHostOptions): IpcHost {
  const trusted = new Map<number, WebContents>();

  door.answerWith(async (sender, name, input) => {
    if (!isTrustedSender(sender, new Set(trusted.keys()))) {
      log.warn("call refused", { code: "untrusted_sender" });
      return { ok: false, error: { code: "untrusted_sender", detail: {} } };
    }
    const outcome = await answerCall(handlers, name, input, log, isLocked);
    onAnswered?.(name);
    return outcome;
  });

  return {
    trust(contents) {
      const { id } = contents;
      trusted.set(id, contents);
      contents.once("destroyed", () => trusted.delete(id));
    },
    push(name, payload) {
      // What a locked window does not hear it reads again when it is opened.
      if (isLocked() && !pushPassesLock(name)) return;
      const checked = pushes[name].parse(payload);
      for (const contents of trusted.values()) contents.send(PUSH_CHANNEL, name, checked);
    },
  };
}
