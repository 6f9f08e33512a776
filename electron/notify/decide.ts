/**
 * Which news become which notifications. Pure.
 *
 * Must not know how a notification looks or is shown. Invariants: nothing for the thread in view of a focused
 * window, for a muted account, in quiet hours or when switched off; one notification per thread, which replaces the
 * one before; a backlog is one summary, never a stack.
 */
import type { AccountId, ConversationId, MessageId, ProviderName } from "../../shared/domain.ts";
import type { NotificationSettings } from "../../shared/settings.ts";

/** The news of one thread; as `ThreadNews` of the cache. */
export interface News {
  readonly conversationId: ConversationId;
  readonly accountId: AccountId;
  readonly accountName: string;
  readonly provider: ProviderName;
  readonly contactName: string | null;
  readonly contactNumber: string;
  readonly consent: "opted_in" | "opted_out" | "unknown";
  readonly count: number;
  readonly messageId: MessageId;
  readonly text: string | null;
  readonly textsAreRemoved: boolean;
}

export interface Circumstances {
  readonly settings: NotificationSettings;
  /** Local time of day in minutes. */
  readonly minuteOfDay: number;
  readonly isFocused: boolean;
  readonly openId: ConversationId | null;
  /** The app is catching up: after a start, a sleep or a time without network. */
  readonly isCatchingUp: boolean;
}

export type Level = "full" | "sender" | "nothing";

export type Decision =
  | { readonly kind: "none" }
  | { readonly kind: "threads"; readonly threads: readonly { readonly news: News; readonly level: Level }[] }
  | { readonly kind: "summary"; readonly conversations: number; readonly messages: number };

/** More threads than this at once are a backlog, also when the app was running all the time. */
const MOST_AT_ONCE = 4;

export function decide(news: readonly News[], now: Circumstances): Decision {
  const { settings } = now;
  if (!settings.enabled || isQuiet(settings.quiet, now.minuteOfDay)) return { kind: "none" };
  const told = news.filter(({ conversationId, accountId }) => {
    const isInView = now.isFocused && conversationId === now.openId;
    return !isInView && !settings.mutedAccounts.includes(accountId);
  });
  if (told.length === 0) return { kind: "none" };
  if (told.length > MOST_AT_ONCE || (now.isCatchingUp && told.length > 1)) {
    return { kind: "summary", conversations: told.length, messages: told.reduce((sum, { count }) => sum + count, 0) };
  }
  return { kind: "threads", threads: told.map((one) => ({ news: one, level: levelOf(one, settings) })) };
}

/** How much a notification of this thread may say. */
export function levelOf({ textsAreRemoved }: Pick<News, "textsAreRemoved">, { privacy }: NotificationSettings): Level {
  if (privacy !== "auto") return privacy;
  // A system keeps notifications we cannot take back; a text that will be removed does not belong there.
  return textsAreRemoved ? "sender" : "full";
}

/** By the person's own clock. */
export const minuteOfDay = (at: Date): number => at.getHours() * 60 + at.getMinutes();

export function isQuiet({ on, from, to }: NotificationSettings["quiet"], minute: number): boolean {
  if (!on || from === to) return false;
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}
