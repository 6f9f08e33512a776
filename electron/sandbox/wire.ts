/** Sample records as the API's JSON: field names and shapes exactly as documented. Pure; never adds contact names. */
import { isoTime, isoTimeOrNull } from "./http.ts";
import { segmentCount } from "./segments.ts";
import { lastMessageOf, optOutKeyword, type FeedItem, type Store, type VisibleMessage } from "./store.ts";
import type { SampleConsent, SampleConversation, SampleMessage, SampleNumber } from "./world.ts";

const PREVIEW_CHARACTERS = 160;

const channelOf = (message: { mediaUrls: readonly string[] }): "sms" | "mms" =>
  message.mediaUrls.length > 0 ? "mms" : "sms";

/** One line, cut at a whole character. */
function previewOf(text: string): string {
  const characters = Array.from(text.replace(/\s+/g, " ").trim());
  return characters.length <= PREVIEW_CHARACTERS
    ? characters.join("")
    : `${characters.slice(0, PREVIEW_CHARACTERS - 1).join("")}…`;
}

function wireConsentSummary(record: SampleConsent | null) {
  if (record === null) return null;
  return { opted_in: record.optedIn, opted_in_at: record.optedIn ? isoTimeOrNull(record.optedInAt) : null };
}

export function wireConversation(conversation: SampleConversation, store: Store) {
  const last = store.visible(lastMessageOf(conversation));
  return {
    id: conversation.id,
    phone_number_id: conversation.phoneNumberId,
    phone_number: conversation.phoneNumber,
    contact_number: conversation.contactNumber,
    last_message_at: isoTime(last.createdAt),
    last_message_direction: last.direction,
    last_message_preview: last.text === null ? "[redacted]" : previewOf(last.text),
    last_message_body_redacted_at: isoTimeOrNull(last.redactedAt),
    message_count: conversation.messages.length,
    consent: wireConsentSummary(store.findConsent(conversation.contactNumber)),
  };
}

/** `original` is the stored message: channel and segments are metadata and outlive the text. */
export function wireThreadMessage(original: SampleMessage, visible: VisibleMessage, phoneNumberId: string) {
  return {
    id: visible.id,
    direction: visible.direction,
    phone_number_id: phoneNumberId,
    from_number: visible.from,
    to_number: visible.to,
    body: visible.text,
    media_urls: visible.mediaUrls,
    channel: channelOf(original),
    segment_count: segmentCount(original.text),
    ...(visible.status === null ? {} : { status: visible.status }),
    created_at: isoTime(visible.createdAt),
    redacted_at: isoTimeOrNull(visible.redactedAt),
  };
}

export function wireAcceptedMessage(message: SampleMessage, priority: string) {
  return {
    id: message.id,
    from: message.from,
    to: message.to,
    text: message.text,
    channel: channelOf(message),
    priority,
    status: message.status,
    tag: message.tag,
    created_at: isoTime(message.createdAt),
  };
}

export function wireOutboundMessage({ conversation, message }: FeedItem) {
  const original = conversation.messages.find(({ id }) => id === message.id)!;
  return {
    id: message.id,
    from: message.from,
    to: message.to,
    text: message.text,
    media_urls: message.mediaUrls,
    channel: channelOf(original),
    priority: "default",
    status: message.status,
    tag: message.tag,
    segment_count: segmentCount(original.text),
    bandwidth_message_id: message.sentAt === null ? null : `${message.createdAt}-${message.id.slice(0, 8)}`,
    created_at: isoTime(message.createdAt),
    sent_at: isoTimeOrNull(message.sentAt),
    delivered_at: isoTimeOrNull(message.deliveredAt),
    redacted_at: isoTimeOrNull(message.redactedAt),
  };
}

export function wireInboundMessage({ conversation, message }: FeedItem, orgId: string) {
  const original = conversation.messages.find(({ id }) => id === message.id)!;
  const keyword = optOutKeyword(original.text);
  return {
    id: message.id,
    org_id: orgId,
    phone_number_id: conversation.phoneNumberId,
    from: message.from,
    to: message.to,
    body: message.text,
    channel: channelOf(original),
    media_urls: message.mediaUrls,
    segment_count: segmentCount(original.text),
    opt_out: { detected: keyword !== null, keyword },
    bandwidth_message_id: `${message.createdAt}-${message.id.slice(0, 8)}`,
    bandwidth_received_at: isoTime(message.createdAt),
    received_at: isoTime(message.createdAt),
    redacted_at: isoTimeOrNull(message.redactedAt),
  };
}

export function wirePhoneNumber(number: SampleNumber) {
  return {
    id: number.id,
    number: number.number,
    number_type: "local",
    inbound_url: null,
    status_url: null,
    label: number.label,
    campaign_id: null,
    sms_enabled: true,
    mms_enabled: true,
    created_at: isoTime(number.createdAt),
    updated_at: isoTime(number.createdAt),
  };
}

export function wireConsent(contactNumber: string, record: SampleConsent) {
  return {
    id: record.id,
    contact_number: contactNumber,
    opted_in: record.optedIn,
    opted_in_at: isoTimeOrNull(record.optedInAt),
    opted_out_at: isoTimeOrNull(record.optedOutAt),
    source: record.source,
  };
}
