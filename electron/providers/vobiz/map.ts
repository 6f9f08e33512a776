/**
 * Vobiz's JSON as domain values. Pure.
 *
 * The remote id of a thread says which generation it came from and what a reply needs:
 * `thread~conversation~channel` or `windows~channel~contact`.
 */
import type { MessageStatus } from "../../../shared/domain.ts";
import type { RemoteConversation, RemoteMessage, RemoteNumber } from "../../sync/ports.ts";
import type { ThreadRow, WindowRow, WireChannel, WireMessage } from "./wire.ts";

const STATUSES: Readonly<Record<string, MessageStatus>> = {
  pending: "queued",
  sent: "sent",
  delivered: "delivered",
  read: "read",
  failed: "failed",
};

/** The vendor's status word; a word we do not know is `unknown`, never a guess. */
export function mapStatus(word: string): MessageStatus {
  return Object.hasOwn(STATUSES, word) ? STATUSES[word]! : "unknown";
}

export type VobizRef =
  | { readonly kind: "thread"; readonly conversationId: string; readonly channelId: string }
  | { readonly kind: "windows"; readonly channelId: string; readonly contactId: string };

export const writeRef = (ref: VobizRef): string =>
  ref.kind === "thread"
    ? ["thread", ref.conversationId, ref.channelId].join("~")
    : ["windows", ref.channelId, ref.contactId].join("~");

/** Null for what is no such id. */
export function readRef(remoteId: string): VobizRef | null {
  const [kind, first, second] = remoteId.split("~");
  if (!first || !second) return null;
  if (kind === "thread") return { kind, conversationId: first, channelId: second };
  return kind === "windows" ? { kind, channelId: first, contactId: second } : null;
}

export function mapThread(row: ThreadRow, ownNumber: string): RemoteConversation {
  const last = row.last_message ?? null;
  return {
    remoteId: writeRef({ kind: "thread", conversationId: row.id, channelId: row.channel_id }),
    ownNumber,
    ownNumberRemoteId: row.channel_id,
    contactNumber: row.contact.phone,
    contactName: row.contact.name?.trim() || null,
    // Without any date it stands last until its thread gives one.
    lastMessageAt: last?.timestamp ?? row.created_at ?? 0,
    lastDirection: last?.direction ?? null,
    preview: last?.direction == null ? null : (last.body ?? null),
    previewRedactedAt: null,
    messageCount: null,
    consent: null,
    unreadCount: row.unread_count ?? null,
  };
}

export interface WindowFacts {
  readonly ownNumber: string;
  readonly contactNumber: string;
  readonly contactName: string | null;
  /** The newest message of an open window, where it was looked up. */
  readonly last: RemoteMessage | null;
}

export function mapWindow(row: WindowRow, facts: WindowFacts): RemoteConversation {
  return {
    remoteId: writeRef({ kind: "windows", channelId: row.channel_id, contactId: row.contact_id }),
    ownNumber: facts.ownNumber,
    ownNumberRemoteId: row.channel_id,
    contactNumber: facts.contactNumber,
    contactName: facts.contactName,
    lastMessageAt: facts.last?.createdAt ?? row.started_at,
    lastDirection: facts.last?.direction ?? null,
    preview: facts.last === null ? null : (facts.last.body ?? ""),
    previewRedactedAt: null,
    messageCount: null,
    consent: null,
    unreadCount: null,
  };
}

export function mapMessage(wire: WireMessage): RemoteMessage {
  const media = [wire.media, wire.image, wire.video, wire.document, wire.audio];
  const links = media.map((item) => item?.link ?? item?.url ?? null).filter((link) => link !== null);
  const caption = media.find((item) => item?.caption)?.caption ?? null;
  return {
    remoteId: wire.id,
    direction: wire.direction,
    from: "",
    to: "",
    body: wire.body ?? textOf(wire.content) ?? caption,
    redactedAt: null,
    mediaUrls: links,
    channel: "whatsapp",
    segmentCount: null,
    status: wire.direction === "inbound" ? "received" : wire.status ? mapStatus(wire.status) : null,
    createdAt: wire.at,
  };
}

function textOf(content: WireMessage["content"]): string | null {
  if (content == null || typeof content === "string") return content ?? null;
  const inner = typeof content.text === "string" ? content.text : content.text?.body;
  return content.body ?? inner ?? content.caption ?? null;
}

export function mapChannel(wire: WireChannel): RemoteNumber {
  return { remoteId: wire.id, number: wire.phone_number, label: wire.display_name?.trim() || null };
}
