/**
 * The border between the page and main: one channel in, one channel out.
 *
 * Every call goes: sender check, own-property look-up, strict input schema, handler, output schema, outcome.
 * Must not hold any business rule. Invariants: nothing is thrown across; an unexpected error leaves as
 * `internal` with no text; a field the contract does not name cannot leave.
 */
import type { IpcMainInvokeEvent, WebContents } from "electron";
import { ipcMain } from "electron";
import { AppError, failureOf } from "../../shared/errors.ts";
import { calls, pushes } from "../../shared/ipc.ts";
import type { CallName, Handlers, Outcome, PushName, PushPayload } from "../../shared/ipc.ts";
import type { Log } from "../log.ts";
import { isOwnPage } from "./content-policy.ts";

export const INVOKE_CHANNEL = "threadkeep:invoke";
export const PUSH_CHANNEL = "threadkeep:push";

/** What is known of who sent a call; null frame: it navigated away meanwhile. */
export interface Sender {
  readonly webContentsId: number;
  readonly frame: { readonly url: string; readonly isTop: boolean } | null;
}

/** Only the top frame of our own page in a window we made. Pure. */
export function isTrustedSender(sender: Sender, ownWebContentsIds: ReadonlySet<number>): boolean {
  const { frame } = sender;
  return frame !== null && frame.isTop && isOwnPage(frame.url) && ownWebContentsIds.has(sender.webContentsId);
}

/** Runs one call from untrusted parts to an outcome. Exported for tests; the host only adds the channel. */
export async function answerCall(
  handlers: Handlers,
  name: unknown,
  input: unknown,
  log: Log,
): Promise<Outcome<unknown>> {
  try {
    if (typeof name !== "string" || !Object.hasOwn(calls, name)) throw new AppError("unknown_call");
    const contract = calls[name as CallName];
    const parsed = contract.input.safeParse(input);
    if (!parsed.success) throw new AppError("bad_input", name, { cause: parsed.error });
    const handler = handlers[name as CallName] as (input: unknown) => unknown;
    const output = await handler(parsed.data);
    return { ok: true, value: contract.output.parse(output) };
  } catch (error) {
    const failure = failureOf(error);
    // The reason stays on this side, and only its kind: messages of unknown errors may quote data.
    log.warn("call failed", {
      call: typeof name === "string" && Object.hasOwn(calls, name) ? name : "unknown",
      code: failure.code,
      name: error instanceof Error ? error.name : null,
    });
    return { ok: false, error: failure };
  }
}

export interface IpcHost {
  /** Calls from this window are answered until it is gone. */
  trust(contents: WebContents): void;
  push<N extends PushName>(name: N, payload: PushPayload<N>): void;
}

export function createIpcHost(handlers: Handlers, log: Log): IpcHost {
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
    return answerCall(handlers, name, input, log);
  });

  return {
    trust(contents) {
      const { id } = contents;
      trusted.set(id, contents);
      contents.once("destroyed", () => trusted.delete(id));
    },
    push(name, payload) {
      const checked = pushes[name].parse(payload);
      for (const contents of trusted.values()) contents.send(PUSH_CHANNEL, name, checked);
    },
  };
}
