/**
 * WhatsApp's reply window: how long free text may still answer. The one rule behind composer, queue and dispatch. Pure.
 *
 * Counted from the contact's last message that is known. Invariant: where that message may exist but is not known,
 * nothing is said and nothing is closed.
 */
import { CAPABILITIES, REPLY_WINDOW_MS } from "./capabilities.ts";
import type { Millis, ProviderName } from "./domain.ts";

export type ReplyWindow = { readonly kind: "open"; readonly closesAt: Millis } | { readonly kind: "shut" };

export interface WindowFacts {
  readonly provider: ProviderName;
  /** Of the thread's newest message, in lower case; null: not known. */
  readonly channel: string | null;
  /** When the contact last wrote; null: no such message is known. */
  readonly askedAt: Millis | null;
  /** Whether every message of the thread is known, and there is one. */
  readonly isWhole: boolean;
}

/** Null where no window applies or it cannot be told. */
export function replyWindowAt({ provider, channel, askedAt, isWhole }: WindowFacts, now: Millis): ReplyWindow | null {
  const { replyWindow } = CAPABILITIES[provider];
  if (replyWindow === "never") return null;
  if (replyWindow === "whatsapp" && channel !== "whatsapp") return null;
  if (askedAt === null) return isWhole ? { kind: "shut" } : null;
  const closesAt = askedAt + REPLY_WINDOW_MS;
  return closesAt > now ? { kind: "open", closesAt } : { kind: "shut" };
}
