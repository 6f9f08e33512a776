/**
 * HighLevel's JSON as domain values. Pure.
 *
 * A reply goes to a contact, not to a conversation: the remote id here carries both, `conversation~contact`.
 * Invariant: what no customer wrote or read (activity rows, internal comments) never becomes a message.
 */
import type { MessageStatus } from "../../../shared/domain.ts";
import type { ChangedMessage, RemoteConversation, RemoteMessage, RemoteNumber } from "../../sync/ports.ts";
import type { WireConversation, WireExported, WireMessage, WireNumber } from "./wire.ts";

const STATUSES: Readonly<Record<string, MessageStatus>> = {
  pending: "queued",
  scheduled: "queued",
  queued: "queued",
  sent: "sent",
  delivered: "delivered",
  connected: "delivered",
  read: "read",
  opened: "read",
  clicked: "read",
  failed: "failed",
  undelivered: "failed",
  opt_out: "failed",
};

/** The vendor's status word; a word we do not know is `unknown`, never a guess. */
function mapStatus(word: string): MessageStatus {
  return Object.hasOwn(STATUSES, word) ? STATUSES[word]! : "unknown";
}

export interface HighLevelRef {
  readonly conversationId: string;
  readonly contactId: string;
}

const writeRef = ({ conversationId, contactId }: HighLevelRef): string => `${conversationId}~${contactId}`;

/** Null for what is no such id. */
export function readRef(remoteId: string): HighLevelRef | null {
  const [conversationId, contactId] = remoteId.split("~");
  return conversationId && contactId ? { conversationId, contactId } : null;
}

/** "TYPE_SMS" and "SMS" are the same channel. */
export const channelOf = (type: string | null | undefined): string =>
  (type ?? "TYPE_SMS").replace(/^TYPE_/, "").toLowerCase();

const SEND_TYPES: Readonly<Record<string, string>> = {
  sms: "SMS",
  whatsapp: "WhatsApp",
  rcs: "RCS",
  facebook: "FB",
  instagram: "IG",
  live_chat: "Live_Chat",
};

/** The `type` a reply is sent with on this channel; null where a plain text cannot answer (email, a call). */
export const sendTypeOf = (channel: string): string | null =>
  Object.hasOwn(SEND_TYPES, channel) ? SEND_TYPES[channel]! : null;

const isHumanType = (type: string | null | undefined): boolean =>
  !/^(TYPE_)?(ACTIVITY_|INTERNAL_COMMENT)/.test(type ?? "");

export function mapConversation(wire: WireConversation, ownNumber: string): RemoteConversation {
  // Without a direction the preview may be anything: the thread will tell.
  const direction = isHumanType(wire.lastMessageType) ? (wire.lastMessageDirection ?? null) : null;
  const name = wire.fullName?.trim() || wire.contactName?.trim() || null;
  const address = wire.phone?.trim() || wire.email?.trim() || wire.contactId;
  return {
    remoteId: writeRef({ conversationId: wire.id, contactId: wire.contactId }),
    ownNumber,
    ownNumberRemoteId: null,
    contactNumber: address,
    contactName: name === address ? null : name,
    lastMessageAt: wire.activeAt,
    lastDirection: direction,
    preview: direction === null ? null : (wire.lastMessageBody ?? null),
    previewRedactedAt: null,
    messageCount: null,
    consent: null,
    unreadCount: wire.unreadCount ?? null,
  };
}

/** Null for rows of a thread that are no messages. */
export function mapMessage(wire: WireMessage): RemoteMessage | null {
  if (!isHumanType(wire.messageType)) return null;
  // A row without a direction is the platform speaking about itself.
  if (wire.direction == null) return null;
  const { direction } = wire;
  return {
    remoteId: wire.id,
    direction,
    from: "",
    to: "",
    body: wire.body ?? null,
    redactedAt: null,
    mediaUrls: wire.attachments ?? [],
    channel: channelOf(wire.messageType),
    segmentCount: null,
    status: direction === "inbound" ? "received" : wire.status ? mapStatus(wire.status) : null,
    createdAt: wire.dateAdded,
  };
}

/** Null for what is no message, and for a row that does not say whose thread it belongs to. */
export function mapExported(wire: WireExported): ChangedMessage | null {
  const message = mapMessage(wire);
  const { conversationId, contactId } = wire;
  if (message === null || !conversationId || !contactId) return null;
  return { conversationRemoteId: writeRef({ conversationId, contactId }), message };
}

export function mapNumber(wire: WireNumber): RemoteNumber {
  return { remoteId: wire.sid ?? null, number: wire.phoneNumber, label: wire.friendlyName?.trim() || null };
}
