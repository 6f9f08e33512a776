/**
 * Who may call and what becomes of a call: the rules of the border between the page and main, without Electron.
 *
 * Every call goes: own-property look-up, strict input schema, handler, output schema, outcome. Must not hold any
 * business rule. Invariants: nothing is thrown across; an unexpected error leaves as `internal` with no text; a
 * field the contract does not name cannot leave; while the app lock is on only what opens it is answered.
 */
import { AppError, failureOf } from "../../shared/errors.ts";
import { calls } from "../../shared/ipc.ts";
import type { CallName, Handlers, Outcome } from "../../shared/ipc.ts";
import { errorName } from "../log.ts";
import type { Log } from "../log.ts";
import { isOwnPage } from "./content-policy.ts";
import { passesLock } from "./lock/lock-gate.ts";

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

/** Runs one call from untrusted parts to an outcome. Never rejects. */
export async function answerCall(
  handlers: Handlers,
  name: unknown,
  input: unknown,
  log: Log,
  isLocked: () => boolean = () => false,
): Promise<Outcome<unknown>> {
  try {
    if (typeof name !== "string" || !Object.hasOwn(calls, name)) throw new AppError("unknown_call");
    const shut = () => isLocked() && !passesLock(name as CallName);
    if (shut()) throw new AppError("locked");
    const contract = calls[name as CallName];
    const parsed = contract.input.safeParse(input);
    if (!parsed.success) throw new AppError("bad_input", name, { cause: parsed.error });
    const handler = handlers[name as CallName] as (input: unknown) => unknown;
    const output = await handler(parsed.data);
    // Locked while it ran: it was done, but nothing is told.
    if (shut()) throw new AppError("locked");
    return { ok: true, value: contract.output.parse(output) };
  } catch (error) {
    const failure = failureOf(error);
    // The reason stays on this side, and only its kind: messages of unknown errors may quote data.
    log.warn("call failed", {
      call: typeof name === "string" && Object.hasOwn(calls, name) ? name : "unknown",
      code: failure.code,
      name: errorName(error),
    });
    return { ok: false, error: failure };
  }
}
