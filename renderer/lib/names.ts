/**
 * The names people see and screen readers speak for contacts, list rows and messages. Pure.
 *
 * Accessible names are a contract with tests and assistive technology: one sentence holds everything the row
 * or bubble shows by colour, weight or icon.
 */
import type { Conversation, Message, Millis, OutboxItem, View } from "../../shared/domain.ts";
import { t } from "../i18n.ts";
import { isScheduled } from "./scheduled.ts";
import { cleanLine, cleanText } from "./bidi.ts";
import { preview, spokenBody } from "./body.ts";
import type { Format } from "./format.ts";

type Contact = Pick<Conversation, "contactName" | "contactNumber" | "ownNumber">;

export function contactTitle(contact: Contact, format: Format): string {
  const name = contact.contactName === null ? "" : cleanLine(contact.contactName);
  return name === "" ? format.phone(contact.contactNumber, contact.ownNumber) : name;
}

function previewLine(conversation: Conversation, now: Millis, format: Format): string {
  const { kind, text } = preview(conversation.preview, now, format);
  return conversation.lastDirection === "outbound" && kind !== "redacted" ? t("list.you", { preview: text }) : text;
}

/** Why a row stands in a view, in words; empty where the view says it all. */
export function triageWords({ triage }: Conversation, view: View, now: Millis, format: Format): string {
  if (view === "needs_reply" && triage.waitingSince !== null) {
    return t("list.waiting", { since: format.listTime(triage.waitingSince, now) });
  }
  if (view === "done") return "";
  if (triage.snoozedUntilReply) return t("list.snoozedUntilReply");
  return triage.snoozedUntil === null ? "" : t("list.snoozedUntil", { time: format.moment(triage.snoozedUntil) });
}

/** What was begun and not sent: its words, or its files where there are none; null: nothing was. */
export function draftLine({ draft, draftFiles }: Pick<Conversation, "draft" | "draftFiles">): string | null {
  if (draft !== null) return cleanLine(draft);
  return draftFiles === undefined ? null : t("attachments.draftFiles", { count: draftFiles });
}

export function rowName(
  conversation: Conversation,
  options: { now: Millis; format: Format; withAccount: boolean; view?: View },
): string {
  const { now, format } = options;
  const draft = draftLine(conversation);
  const latest = previewLine(conversation, now, format);
  return [
    // What is visible comes first and in the order it is seen, so that people who speak to click can read it out.
    contactTitle(conversation, format),
    format.listTime(conversation.lastMessageAt, now),
    draft === null ? latest : t("list.draft", { text: draft }),
    options.withAccount ? cleanLine(conversation.accountName) : "",
    draft === null ? "" : latest,
    options.view === undefined ? "" : triageWords(conversation, options.view, now, format),
    conversation.triage.pinnedAt === null ? "" : t("list.row.pinned"),
    conversation.unreadCount > 0 ? t("list.row.unread", { count: conversation.unreadCount }) : "",
    conversation.outboxProblems > 0 ? t("list.row.problems") : "",
    conversation.consent.state === "opted_out" ? t("list.row.optedOut") : "",
    conversation.optOutHint === null ? "" : t("consent.hintRow"),
  ]
    .filter((part) => part !== "")
    .join(t("common.separator"));
}

/** "Inbound from (555) 010-0123, 6:53 PM: text". */
export function messageName(message: Message, contact: string, format: Format): string {
  const text = spokenBody(message.body, message.mediaCount, format);
  const time = format.time(message.createdAt);
  const sentence =
    message.direction === "inbound"
      ? t("thread.inbound", { from: contact, time, text })
      : t("thread.outbound", { to: contact, time, text });
  return message.status === "failed" ? `${sentence}. ${t("delivery.failed")}` : sentence;
}

export function outboxName(item: OutboxItem, contact: string, format: Format): string {
  const state = isScheduled(item)
    ? t("schedule.scheduledFor", { time: format.moment(item.scheduledAt ?? 0) })
    : t(`outbox.${item.state}`);
  const files = item.files === undefined ? "" : t("attachments.articleFiles", { count: item.files.length });
  const text = [cleanText(item.text), files].filter(Boolean).join(t("common.separator"));
  return t("outbox.article", { state, to: contact, text });
}

export interface Avatar {
  /** One or two letters, or the last two digits of a bare number; null where there is neither. */
  readonly initials: string | null;
  /** Index of the colour token, 0 to 7, the same for the same contact always. */
  readonly hue: number;
}

const HUES = 8;

export function avatarOf(contact: Pick<Conversation, "contactName" | "contactNumber">): Avatar {
  // FNV-1a: spreads neighbouring numbers over the colours
  let hash = 0x811c9dc5;
  for (const unit of contact.contactNumber) hash = Math.imul(hash ^ unit.codePointAt(0)!, 0x01000193) >>> 0;
  const words = cleanLine(contact.contactName ?? "")
    .split(" ")
    .map((word) => word.match(/\p{L}/u)?.[0])
    .filter((letter) => letter !== undefined);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  // A bare number is told apart by its last two digits.
  const mark = letters.length === 0 ? (/\d\d$/.exec(contact.contactNumber)?.[0] ?? null) : letters.join("");
  return { initials: mark?.toLocaleUpperCase() ?? null, hue: hash % HUES };
}
