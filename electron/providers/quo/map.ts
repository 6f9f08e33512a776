/**
 * Quo's JSON as domain values. Pure.
 *
 * Messages are listed by own number and participants, not by conversation: the conversation's remote id here
 * carries all three, `CN…~PN…~+1…,+1…`. Invariant: what is written by `writeRef` is read back by `readRef`.
 */
import type { MessageStatus } from "../../../shared/domain.ts";
import type { RemoteConversation, RemoteMessage, RemoteNumber } from "../../sync/ports.ts";
import type { WireContact, WireConversation, WireMessage, WireNumber } from "./wire.ts";

const STATUSES: Readonly<Record<string, MessageStatus>> = {
  queued: "queued",
  sent: "sent",
  delivered: "delivered",
  undelivered: "failed",
  failed: "failed",
  received: "received",
};

/** The vendor's status word; a word we do not know is `unknown`, never a guess. */
export function mapStatus(word: string): MessageStatus {
  return Object.hasOwn(STATUSES, word) ? STATUSES[word]! : "unknown";
}

export interface QuoRef {
  readonly conversationId: string;
  readonly phoneNumberId: string;
  readonly participants: readonly string[];
}

const writeRef = ({ conversationId, phoneNumberId, participants }: QuoRef): string =>
  [conversationId, phoneNumberId, participants.join(",")].join("~");

/** Null for what is no such id. */
export function readRef(remoteId: string): QuoRef | null {
  const [conversationId, phoneNumberId, participants] = remoteId.split("~");
  if (!conversationId || !phoneNumberId || !participants) return null;
  return { conversationId, phoneNumberId, participants: participants.split(",") };
}

/** Names and own numbers by their keys, as far as the key may read them. */
export interface Directory {
  readonly numberOf: ReadonlyMap<string, string>;
  readonly nameOf: ReadonlyMap<string, string>;
}

export function mapConversation(wire: WireConversation, { numberOf, nameOf }: Directory): RemoteConversation {
  const { id: conversationId, phoneNumberId, participants } = wire;
  const known = participants.map((number) => nameOf.get(number) ?? null);
  const isNamed = known.some((name) => name !== null);
  const names = isNamed ? participants.map((number, i) => known[i] ?? number).join(", ") : null;
  return {
    remoteId: writeRef({ conversationId, phoneNumberId, participants }),
    ownNumber: numberOf.get(phoneNumberId) ?? phoneNumberId,
    ownNumberRemoteId: phoneNumberId,
    contactNumber: participants.join(", "),
    contactName: wire.name?.trim() || names,
    lastMessageAt: wire.activeAt,
    // The list tells nothing of the last message; what it calls activity may be a call.
    lastDirection: null,
    preview: null,
    previewRedactedAt: null,
    messageCount: null,
    consent: null,
    unreadCount: null,
  };
}

export function mapMessage(wire: WireMessage): RemoteMessage {
  const direction = wire.direction === "incoming" ? "inbound" : "outbound";
  return {
    remoteId: wire.id,
    direction,
    from: wire.from,
    to: wire.to.join(", "),
    body: wire.text ?? null,
    redactedAt: null,
    mediaUrls: [],
    channel: "sms",
    segmentCount: null,
    status: direction === "inbound" ? "received" : wire.status ? mapStatus(wire.status) : null,
    createdAt: wire.createdAt,
  };
}

export function mapNumber(wire: WireNumber): RemoteNumber {
  return { remoteId: wire.id, number: wire.number, label: wire.name?.trim() || null };
}

/** The contact's name, or null where none is written down. */
export function contactNameOf({ defaultFields: { firstName, lastName, company } }: WireContact): string | null {
  const person = [firstName, lastName].map((part) => part?.trim() ?? "").filter((part) => part !== "");
  return person.join(" ") || company?.trim() || null;
}
