/**
 * What a notification says and how each system is told: pure builders.
 *
 * Must not show anything. Invariants: a level below `full` contains no word of the message, below `sender` no word of
 * who wrote; the ids handed to the system are short local ones; texts are bounded, on one line per line break, and
 * without the characters that XML 1.0 forbids or that reverse what follows.
 */
import type { ConversationId, MessageId } from "../../shared/domain.ts";
import { t } from "../i18n.ts";
import type { Level, News } from "./decide.ts";
import { replyArguments, shownId, tagOf } from "./activation.ts";

export interface Content {
  readonly title: string;
  readonly body: string;
}

/** A notification of a thread, or the one summary, before a system is chosen. */
export interface Notice extends Content {
  /** `t12`, `summary`, `draft12`: the same tag replaces. */
  readonly tag: string;
  readonly conversationId: ConversationId | null;
  readonly messageId: MessageId | null;
  /** A reply may be offered: consent allows it. */
  readonly canReply: boolean;
}

const TITLE_CHARS = 80;
const BODY_CHARS = 240;

/** Reasons a reply became a draft that have words of their own. */
const KEPT = ["opted_out", "consent_required", "text_empty", "text_too_long", "reply_crossed", "window_shut"] as const;

export function threadNotice(news: News, level: Level, manyAccounts: boolean): Notice {
  const { conversationId, messageId } = news;
  return {
    ...contentOf(news, level, manyAccounts),
    tag: tagOf(conversationId),
    conversationId,
    messageId,
    // A reply field names nobody, but whoever answers must know to whom.
    canReply: news.consent === "opted_in" && level !== "nothing",
  };
}

function contentOf(
  { contactName, contactNumber, accountName, count, text }: News,
  level: Level,
  manyAccounts: boolean,
): Content {
  if (level === "nothing") return { title: t("common.app"), body: t("notify.newMessages", { count }) };
  const who = clean(contactName ?? contactNumber, TITLE_CHARS);
  const title = manyAccounts ? clean(`${who} · ${accountName}`, TITLE_CHARS) : who;
  if (level === "sender") return { title, body: t("notify.newMessages", { count }) };
  return { title, body: text === null || text.trim() === "" ? t("list.media") : clean(text, BODY_CHARS) };
}

export function summaryNotice(messages: number, conversations: number): Notice {
  const title = t("notify.summary", { count: messages, in: t("notify.inConversations", { count: conversations }) });
  return {
    tag: "summary",
    title,
    body: t("notify.summaryHint"),
    conversationId: null,
    messageId: null,
    canReply: false,
  };
}

/** Told once, so that nobody wonders where the window went. */
export function backgroundNotice(): Notice {
  const title = t("notify.background.title");
  const body = t("notify.background.body");
  return { tag: "background", title, body, conversationId: null, messageId: null, canReply: false };
}

/** A reply is in memory only, because the disk refuses it. */
export function heldNotice(): Notice {
  const title = t("notify.held.title");
  const body = t("notify.held.body");
  return { tag: "held", title, body, conversationId: null, messageId: null, canReply: false };
}

/** The thread is no longer here, so this is the only place left for what the person wrote. */
export function goneNotice(text: string): Notice {
  const body = t("notify.gone", { text: clean(text, BODY_CHARS) });
  return { tag: "gone", title: t("notify.notSent"), body, conversationId: null, messageId: null, canReply: false };
}

/** "Your reply did not go": names no contact and quotes nothing. */
export function keptAsDraftNotice(conversationId: ConversationId, reason: string): Notice {
  const body = t(`notify.kept.${KEPT.find((known) => known === reason) ?? "other"}`);
  return {
    tag: `draft${conversationId}`,
    title: t("notify.notSent"),
    body,
    conversationId,
    messageId: null,
    canReply: false,
  };
}

/** Control and direction characters go (a lone surrogate, too), white space becomes plain, the rest stays. */
export function clean(text: string, maxChars: number): string {
  const plain = text
    .toWellFormed()
    .replace(/[\p{Zs}\t]+/gu, " ")
    .replace(/\r\n?|[\u2028\u2029]/g, "\n")
    .replace(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu, "")
    .replace(/\n{2,}/g, "\n")
    .trim();
  const characters = [...plain];
  return characters.length <= maxChars
    ? plain
    : `${characters
        .slice(0, maxChars - 1)
        .join("")
        .trimEnd()}…`;
}

// ---- macOS ---------------------------------------------------------------------------------------

/** Options of Electron's `Notification`. Action buttons clash with `hasReply` there, so it has none. */
export function macOptions(notice: Notice) {
  return {
    id: shownId(notice),
    groupId: notice.tag,
    title: notice.title,
    body: notice.body,
    hasReply: notice.canReply,
    ...(notice.canReply ? { replyPlaceholder: t("notify.replyPlaceholder") } : {}),
    silent: false,
  };
}

// ---- Linux ---------------------------------------------------------------------------------------

/** The body may be read as markup by the server: what could begin some is escaped. */
export function linuxOptions(notice: Notice) {
  const actions =
    notice.conversationId === null
      ? []
      : [{ type: "button" as const, text: notice.canReply ? t("notify.reply") : t("notify.open") }];
  return { title: notice.title, body: escapeXml(notice.body), actions, silent: false };
}

// ---- Windows -------------------------------------------------------------------------------------

/** Toast XML with a `launch` value on the body, so that a click after the app has ended still finds its thread. */
export function windowsToastXml(notice: Notice): string {
  const click = escapeXml(replyArguments("click", notice));
  const reply = escapeXml(replyArguments("reply", notice));
  const input = notice.canReply
    ? `<actions><input id="reply" type="text" placeHolderContent="${escapeXml(t("notify.replyPlaceholder"))}"/>` +
      `<action content="${escapeXml(t("notify.reply"))}" activationType="foreground" arguments="${reply}" hint-inputId="reply"/></actions>`
    : "";
  return (
    `<toast launch="${click}" activationType="foreground"><visual><binding template="ToastGeneric">` +
    `<text>${escapeXml(notice.title)}</text><text>${escapeXml(notice.body)}</text>` +
    `</binding></visual>${input}</toast>`
  );
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
