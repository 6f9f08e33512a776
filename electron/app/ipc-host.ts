/**
 * The border between the page and main as Electron sees it: one channel in, one channel out.
 *
 * The rules stand in `ipc-border.ts`. Invariants: a sender that is not our own page is refused before its call is
 * looked at; a push is parsed by the contract before it leaves.
 */
import type { IpcMainInvokeEvent, WebContents } from "electron";
import { ipcMain } from "electron";
import { pushes } from "../../shared/ipc.ts";
import type { Handlers, PushName, PushPayload } from "../../shared/ipc.ts";
import type { Log } from "../log.ts";
import { answerCall, isTrustedSender } from "./ipc-border.ts";
import type { Sender } from "./ipc-border.ts";
import { pushPassesLock } from "./lock/lock-gate.ts";

export const INVOKE_CHANNEL = "threadkeep:invoke";
export const PUSH_CHANNEL = "threadkeep:push";

export interface IpcHost {
  /** Calls from this window are answered until it is gone. */
  trust(contents: WebContents): void;
  push<N extends PushName>(name: N, payload: PushPayload<N>): void;
}

export function createIpcHost(handlers: Handlers, log: Log, isLocked: () => boolean = () => false): IpcHost {
  const trusted = new Map<number, WebContents>();

  ipcMain.handle(INVOKE_CHANNEL, async (event: IpcMainInvokeEvent, name: unknown, input: unknown) => {
    const { senderFrame } = event;
    const sender: Sender = {
      webContentsId: event.sender.id,
      frame: senderFrame && { url: senderFrame.url, isTop: senderFrame.parent === null },
    };
    if (!isTrustedSender(sender, new Set(trusted.keys()))) {
      log.warn("call refused", { code: "untrusted_sender" });
      return { ok: false, error: { code: "untrusted_sender", detail: {} } };
    }
    return answerCall(handlers, name, input, log, isLocked);
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
