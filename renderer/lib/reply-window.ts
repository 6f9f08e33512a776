/**
 * WhatsApp's reply window as the open thread shows it, by the rule that queue and dispatch follow too. Pure.
 */
import type { Message, Millis, ProviderName } from "../../shared/domain.ts";
import { replyWindowAt } from "../../shared/reply-window.ts";
import type { ReplyWindow } from "../../shared/reply-window.ts";
import { t } from "../i18n.ts";

export type { ReplyWindow } from "../../shared/reply-window.ts";

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
  const asked = messages.findLast(({ direction }) => direction === "inbound");
  const facts = {
    provider,
    channel: messages.at(-1)?.channel ?? null,
    askedAt: asked?.createdAt ?? null,
    isWhole: isWhole && messages.length > 0,
  };
  return replyWindowAt(facts, now);
}

const MINUTE_MS = 60_000;

/** "23 hours", "59 minutes": rounded down, so that it never promises more than is left. */
export function timeLeft(closesAt: Millis, now: Millis): string {
  const minutes = Math.floor(Math.max(0, closesAt - now) / MINUTE_MS);
  return minutes >= 60
    ? t("capabilities.hours", { count: Math.floor(minutes / 60) })
    : t("capabilities.minutes", { count: minutes });
}
