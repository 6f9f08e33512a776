/**
 * What comes back from a notification: which thread, which message, and a reply's stable key. Pure.
 *
 * Everything here is told by the system and may be forged by another program of the same person: ids are checked for
 * their form only, the database decides whether they exist. Invariant: an id is a local number, nothing longer.
 */
import { createHash } from "node:crypto";
import type { ConversationId, MessageId } from "../../shared/domain.ts";

export interface Activation {
  readonly kind: "open" | "reply";
  /** Null: the summary. */
  readonly conversationId: ConversationId | null;
  readonly messageId: MessageId | null;
  readonly text: string;
}

export const tagOf = (conversationId: ConversationId): string => `t${conversationId}`;

interface Target {
  readonly conversationId: ConversationId | null;
  readonly messageId: MessageId | null;
}

/** A thread's notification that is on the screen. */
export interface ShownNews {
  readonly tag: string;
  readonly conversationId: ConversationId;
  readonly messageId: MessageId;
}

/**
 * The id under which macOS keeps a notification: `t12-345`. It names the message too, so that a reply to one that an
 * earlier run left has the key of that message, not of the thread.
 */
export const shownId = ({ tag, messageId }: Pick<Target, "messageId"> & { readonly tag: string }): string =>
  messageId === null ? tag : `${tag}-${messageId}`;

/** Null: not the notification of a thread. */
export function readShownId(id: string): ShownNews | null {
  const match = /^(t(\d{1,15}))-(\d{1,15})$/.exec(id);
  const conversationId = toId<ConversationId>(match?.[2] ?? "");
  const messageId = toId<MessageId>(match?.[3] ?? "");
  return conversationId === null || messageId === null
    ? null
    : { tag: tagOf(conversationId), conversationId, messageId };
}

/** `type=reply&tag=t12-345`: split on `&` and `=` by the system, so nothing else may occur in it. */
export function replyArguments(type: "click" | "reply", { conversationId, messageId }: Target): string {
  return conversationId === null ? `type=${type}&tag=summary` : `type=${type}&tag=t${conversationId}-${messageId ?? 0}`;
}

/** Null: not one of ours. */
export function readActivation(text: string, reply: string | undefined): Activation | null {
  const match = /^type=(click|reply|action)&tag=(?:summary|t(\d{1,15})-(\d{1,15}))$/.exec(text);
  if (match === null) return null;
  const [, type, conversation, message] = match;
  const conversationId = conversation === undefined ? null : toId<ConversationId>(conversation);
  const messageId = message === undefined ? null : toId<MessageId>(message);
  const isReply = type === "reply" && conversationId !== null;
  return { kind: isReply ? "reply" : "open", conversationId, messageId, text: isReply ? (reply ?? "") : "" };
}

const toId = <T extends number>(digits: string): T | null => (Number(digits) > 0 ? (Number(digits) as T) : null);

/** The same reply to the same notification has the same key, whoever delivers it and how often. */
export function replyKey(conversationId: ConversationId, messageId: MessageId | null, text: string): string {
  const hash = createHash("sha256").update(text.trim()).digest("hex").slice(0, 32);
  return `notification-${conversationId}-${messageId ?? 0}-${hash}`;
}
