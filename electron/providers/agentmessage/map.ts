/**
 * AgentMessage's JSON as domain values. Pure.
 *
 * Invariant: only the timestamp means redacted. With it, whatever text came along is dropped; without it,
 * the text "[redacted]" is what somebody typed.
 */
import type { MessageStatus } from "../../../shared/domain.ts";
import type { RemoteConversation, RemoteMessage, RemoteNumber } from "../../sync/ports.ts";
import type { WireConversation, WireMessage, WireNumber } from "./wire.ts";

const STATUSES: Readonly<Record<string, MessageStatus>> = {
  queued: "queued",
  sending: "queued",
  sent: "sent",
  delivered: "delivered",
  failed: "failed",
  undelivered: "failed",
};

/** The vendor's status word; a word we do not know is `unknown`, never a guess. */
export function mapStatus(word: string): MessageStatus {
  return Object.hasOwn(STATUSES, word) ? STATUSES[word]! : "unknown";
}

export function mapConversation(wire: WireConversation): RemoteConversation {
  const redactedAt = wire.last_message_body_redacted_at;
  return {
    remoteId: wire.id,
    ownNumber: wire.phone_number,
    ownNumberRemoteId: wire.phone_number_id ?? null,
    contactNumber: wire.contact_number,
    contactName: null,
    lastMessageAt: wire.last_message_at,
    lastDirection: wire.last_message_direction ?? null,
    preview: redactedAt === null ? (wire.last_message_preview ?? null) : null,
    previewRedactedAt: redactedAt,
    messageCount: wire.message_count ?? null,
    consent: wire.consent ? { optedIn: wire.consent.opted_in, since: wire.consent.opted_in_at } : null,
    unreadCount: null,
  };
}

export function mapMessage(wire: WireMessage): RemoteMessage {
  const removed = wire.redacted_at !== null;
  return {
    remoteId: wire.id,
    direction: wire.direction,
    from: wire.from_number,
    to: wire.to_number,
    body: removed ? null : (wire.body ?? null),
    redactedAt: wire.redacted_at,
    mediaUrls: removed ? [] : wire.media_urls,
    channel: wire.channel,
    segmentCount: wire.segment_count ?? null,
    status: wire.direction === "inbound" ? "received" : wire.status ? mapStatus(wire.status) : null,
    createdAt: wire.created_at,
  };
}

export function mapNumber(wire: WireNumber): RemoteNumber {
  return { remoteId: wire.id ?? null, number: wire.number, label: wire.label?.trim() || null };
}
