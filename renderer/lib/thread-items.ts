/**
 * Lays a thread out as a flat list of things to draw: day lines, messages, gaps, the unread line, waiting replies. Pure.
 *
 * Invariants: keys are stable while older messages are put in front (so the scroll position can be kept); a group is
 * a run of one side within five minutes on one day; input is in ascending order and stays so.
 */
import type { Coverage, Message, Millis, OutboxItem } from "../../shared/domain.ts";
import type { Format } from "./format.ts";

const GROUP_MS = 5 * 60_000;

export type ThreadItem =
  | { readonly kind: "unread"; readonly key: string }
  | { readonly kind: "gap"; readonly key: string; readonly gap: NonNullable<Coverage["gap"]> }
  | { readonly kind: "head"; readonly key: string }
  | { readonly kind: "day"; readonly key: string; readonly at: Millis }
  | {
      readonly kind: "message";
      readonly key: string;
      readonly message: Message;
      readonly startsGroup: boolean;
      readonly endsGroup: boolean;
      /** The delivery state belongs under the newest own message and under every one that failed or waits. */
      readonly showsStatus: boolean;
    }
  | { readonly kind: "outbox"; readonly key: string; readonly item: OutboxItem };

/** What stands between the messages. */
export interface ThreadMarks {
  /** Inbound messages later than this were unread when the thread was opened. */
  readonly unreadSince: Millis | null;
  readonly gap: Coverage["gap"];
}

const NO_MARKS: ThreadMarks = { unreadSince: null, gap: null };

/** -1: none, or it stands further up than what is loaded, or everything is new. */
function unreadIndex(messages: readonly Message[], since: Millis | null): number {
  if (since === null) return -1;
  const index = messages.findIndex(({ direction, createdAt }) => direction === "inbound" && createdAt > since);
  return index > 0 ? index : -1;
}

export function threadItems(
  messages: readonly Message[],
  outbox: readonly OutboxItem[],
  format: Format,
  { unreadSince, gap }: ThreadMarks = NO_MARKS,
): readonly ThreadItem[] {
  const items: ThreadItem[] = [{ kind: "head", key: "head" }];
  const firstUnread = unreadIndex(messages, unreadSince);
  // A gap before everything is told by the head.
  const gapAt = gap === null || gap.after === null ? -1 : messages.findLastIndex((one) => one.createdAt <= gap.after!);
  const lastOwn = messages.findLast((message) => message.direction === "outbound");
  const joined = (a: Message | undefined, b: Message | undefined) =>
    a !== undefined &&
    b !== undefined &&
    a.direction === b.direction &&
    b.createdAt - a.createdAt < GROUP_MS &&
    format.dayKey(a.createdAt) === format.dayKey(b.createdAt);

  let day = "";
  for (const [index, message] of messages.entries()) {
    const messageDay = format.dayKey(message.createdAt);
    if (messageDay !== day) items.push({ kind: "day", key: `day ${messageDay}`, at: message.createdAt });
    day = messageDay;
    if (index === firstUnread) items.push({ kind: "unread", key: "unread" });
    const isOwn = message.direction === "outbound";
    items.push({
      kind: "message",
      key: `message ${message.id}`,
      message,
      startsGroup: !joined(messages[index - 1], message),
      endsGroup: !joined(message, messages[index + 1]),
      showsStatus: isOwn && (message === lastOwn || message.status === "failed" || message.status === "queued"),
    });
    if (index === gapAt && gap !== null) items.push({ kind: "gap", key: "gap", gap });
  }
  for (const item of outbox) {
    const itemDay = format.dayKey(item.createdAt);
    // A reply that waited over night is still the newest thing: no day line may go back in time.
    if (itemDay > day) {
      items.push({ kind: "day", key: `day ${itemDay}`, at: item.createdAt });
      day = itemDay;
    }
    items.push({ kind: "outbox", key: `outbox ${item.id}`, item });
  }
  return items;
}
