/**
 * Twilio Conversations v2 JSON as domain values. Pure.
 *
 * A closed conversation is followed by another one, so a thread is what one customer says on one own address:
 * its remote id is `own>customer`, and a conversation that names no customer stands for itself. Communications have
 * no direction; who wrote is decided by the author's participant, then by the addresses.
 */
import type { Direction, MessageStatus } from "../../../shared/domain.ts";
import type { RemoteConversation, RemoteMessage, RemoteNumber } from "../../sync/ports.ts";
import type { Participant, WireCommunication, WireConversation, WireNumber } from "./wire.ts";

const STATUSES: Readonly<Record<string, MessageStatus>> = {
  INITIATED: "queued",
  PENDING: "queued",
  IN_PROGRESS: "sent",
  COMPLETED: "sent",
  DELIVERED: "delivered",
  READ: "read",
  FAILED: "failed",
};

/** The vendor's status word; a word we do not know is `unknown`, never a guess. */
function mapStatus(word: string): MessageStatus {
  return Object.hasOwn(STATUSES, word) ? STATUSES[word]! : "unknown";
}

/** Least advanced first: a group has received a text when all of it has. */
const PROGRESS: readonly MessageStatus[] = ["failed", "unknown", "queued", "sent", "delivered", "read"];

export interface Parties {
  /** With their channel's prefix (`whatsapp:+1…`), as they are sent to; sorted. */
  readonly customers: readonly string[];
  readonly own: string | null;
  readonly customerIds: ReadonlySet<string>;
  readonly ownIds: ReadonlySet<string>;
  readonly channel: string;
}

const isCustomer = ({ type }: Participant): boolean => type === "CUSTOMER";
const isOurs = ({ type }: Participant): boolean => ["HUMAN_AGENT", "AI_AGENT", "AGENT"].includes(type);

export function partiesOf(wire: WireConversation): Parties {
  const participants = wire.participants ?? [];
  const customers = participants.filter(isCustomer);
  const others = participants.filter((participant) => !isCustomer(participant));
  const addresses = (of: readonly Participant[]) => of.flatMap((participant) => participant.addresses ?? []);
  const texted = addresses(customers).filter(({ channel }) => channel !== "VOICE");
  const reached = texted.length > 0 ? texted : addresses(customers);
  const channel = reached[0]?.channel ?? "SMS";
  // One customer may be reachable on several channels: the thread answers on the first.
  const sameChannel = reached.filter((address) => address.channel === channel);
  const own = addresses(others);
  const ids = (of: readonly Participant[]) => new Set(of.map(({ id }) => id).filter((id) => id != null));
  return {
    customers: [...new Set(sameChannel.map(({ address }) => address))].toSorted(),
    own: (own.find((address) => address.channel === channel) ?? own[0])?.address ?? null,
    customerIds: ids(customers),
    ownIds: ids(participants.filter(isOurs)),
    channel,
  };
}

export const threadIdOf = (wire: WireConversation, { customers, own }: Parties): string =>
  customers.length === 0 ? `conversation:${wire.id}` : `${own ?? ""}>${customers.join(",")}`;

/** "whatsapp:+1…" is written to with its prefix and read without. */
const bareAddress = (address: string): string => address.replace(/^[a-z]+:/i, "");

export function mapConversation(wire: WireConversation): RemoteConversation {
  const parties = partiesOf(wire);
  const names = (wire.participants ?? []).filter(isCustomer).map(({ name }) => name?.trim() || null);
  const known = names.filter((name) => name !== null);
  return {
    remoteId: threadIdOf(wire, parties),
    ownNumber: parties.own === null ? wire.id : bareAddress(parties.own),
    ownNumberRemoteId: null,
    contactNumber: parties.customers.map(bareAddress).join(", ") || wire.name?.trim() || wire.id,
    contactName: known.join(", ") || null,
    // Any change counts as activity; whether a message caused it, the thread will tell.
    lastMessageAt: wire.activeAt,
    lastDirection: null,
    preview: null,
    previewRedactedAt: null,
    messageCount: null,
    consent: null,
    unreadCount: null,
  };
}

function directionOf({ author }: WireCommunication, parties: Parties): Direction {
  if (author.participantId != null && parties.customerIds.has(author.participantId)) return "inbound";
  if (author.participantId != null && parties.ownIds.has(author.participantId)) return "outbound";
  if (author.address == null) return "outbound";
  if (parties.customers.includes(author.address)) return "inbound";
  return author.address === parties.own ? "outbound" : "inbound";
}

/** Ends the path that lists one message's media. */
export const MEDIA_LIST = "/Media.json";

/**
 * A communication does not speak of media; the message behind it does, by its SID: MM… has some. How many, and where,
 * its list tells when somebody asks.
 */
function mediaOf({ resourceId }: WireCommunication, accountSid: string): string[] {
  if (resourceId == null || !/^MM[0-9a-f]{32}$/i.test(resourceId)) return [];
  return [`/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/Messages/${resourceId}${MEDIA_LIST}`];
}

export function mapCommunication(wire: WireCommunication, parties: Parties, accountSid: string): RemoteMessage {
  const direction = directionOf(wire, parties);
  const recipients = wire.recipients ?? [];
  const told = recipients.map(({ deliveryStatus }) => deliveryStatus).filter((word) => word != null);
  const statuses = new Set(told.map(mapStatus));
  const least = PROGRESS.find((status) => statuses.has(status)) ?? null;
  return {
    remoteId: wire.id,
    direction,
    from: bareAddress(wire.author.address ?? ""),
    to: recipients.map(({ address }) => bareAddress(address ?? "")).join(", "),
    body: wire.content?.text ?? null,
    redactedAt: null,
    mediaUrls: mediaOf(wire, accountSid),
    channel: (wire.author.channel ?? parties.channel).toLowerCase(),
    segmentCount: null,
    status: direction === "inbound" ? "received" : least,
    createdAt: wire.at,
  };
}

export function mapNumber(wire: WireNumber): RemoteNumber {
  return { remoteId: wire.sid ?? null, number: wire.phone_number, label: wire.friendly_name?.trim() || null };
}
