/**
 * The channel from the page to main, open before there is anybody to answer: a page that is up first waits.
 *
 * The only file that listens to raw IPC. Knows no call and judges nobody: who asked is noted at once (the frame may be
 * gone later) and judged by `ipc-host.ts`. Invariants: what comes before the host is answered once it is there, in the
 * order it came; nothing is dropped.
 */
import { ipcMain } from "electron";
import type { IpcMainInvokeEvent } from "electron";
import type { Sender } from "./ipc-border.ts";

export const INVOKE_CHANNEL = "threadkeep:invoke";

export type Answer = (sender: Sender, name: unknown, input: unknown) => Promise<unknown>;

export interface IpcDoor {
  /** Whoever waited, and all who come later, are answered by this. */
  answerWith(answer: Answer): void;
}

export function openIpcDoor(): IpcDoor {
  let open: (answer: Answer) => void = () => {};
  const answer = new Promise<Answer>((resolve) => {
    open = resolve;
  });
  ipcMain.handle(INVOKE_CHANNEL, async (event: IpcMainInvokeEvent, name: unknown, input: unknown) => {
    const { senderFrame } = event;
    const sender: Sender = {
      webContentsId: event.sender.id,
      frame: senderFrame && { url: senderFrame.url, isTop: senderFrame.parent === null },
    };
    return (await answer)(sender, name, input);
  });
  return { answerWith: open };
}
