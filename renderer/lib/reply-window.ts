/**
 * WhatsApp's reply window: how long free text may still answer. Pure.
 *
 * Counted from the contact's last message on this device. Invariant: where that message may exist but is not loaded,
 * nothing is said and nothing is closed.
 */
import { CAPABILITIES, REPLY_WINDOW_MS } from "../../shared/capabilities.ts";
import type { Message, Millis, ProviderName } from "../../shared/domain.ts";
import { t } from "../i18n.ts";

export type ReplyWindow = { readonly kind: "open"; readonly closesAt: Millis } | { readonly kind: "shut" };

/**
 * @param messages  the loaded run, oldest first
 * @param isWhole   whether the thread has no message that is not loaded
 * @returns null where no window applies or it cannot be told
 */
export function replyWindowOf(
  provider: ProviderName,
  messages: readonly Pick<Message, "direction" | "createdAt" | "channel">[],
  isWhole: boolean,
  now: Millis,
): ReplyWindow | null {
  const { replyWindow } = CAPABILITIES[provider];
  if (replyWindow === "never") return null;
  if (replyWindow === "whatsapp" && messages.at(-1)?.channel !== "whatsapp") return null;
  const asked = messages.findLast(({ direction }) => direction === "inbound");
  if (asked === undefined) return isWhole && messages.length > 0 ? { kind: "shut" } : null;
  const closesAt = asked.createdAt + REPLY_WINDOW_MS;
  return closesAt > now ? { kind: "open", closesAt } : { kind: "shut" };
}

const MINUTE_MS = 60_000;

/** "23 hours", "59 minutes": rounded down, so that it never promises more than is left. */
export function timeLeft(closesAt: Millis, now: Millis): string {
  const minutes = Math.floor(Math.max(0, closesAt - now) / MINUTE_MS);
  return minutes >= 60
    ? t("capabilities.hours", { count: Math.floor(minutes / 60) })
    : t("capabilities.minutes", { count: minutes });
}
