/**
 * The sample world while the server runs: reading it in the API's orders, and everything that can change in it.
 *
 * Holds no timers and speaks no HTTP. Invariants: messages of a conversation strictly rise in time; a
 * redacted text is never handed out; consent follows the contact's own words.
 */
import { randomUUID } from "node:crypto";
import { encodeConversationId } from "./ids.ts";
import { redactedAt } from "./retention.ts";
import type { SampleConsent, SampleConversation, SampleMessage, SampleNumber, World } from "./world.ts";

const OPT_OUT = new Set(["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT"]);
const OPT_IN = new Set(["START", "UNSTOP", "YES"]);

/** The opt-out keyword a text consists of, or null: "please stop texting me" is not one. */
export function optOutKeyword(text: string): string | null {
  const word = text.trim().toUpperCase();
  return OPT_OUT.has(word) ? word : null;
}

/** A message as it may be shown now: the text is null once the retention job has taken it. */
export interface VisibleMessage extends Omit<SampleMessage, "text"> {
  readonly text: string | null;
  readonly redactedAt: number | null;
}

/** A message in the organisation-wide feeds: a flat list needs to know whose it is. */
export interface FeedItem {
  readonly conversation: SampleConversation;
  readonly message: VisibleMessage;
}

export interface NewOutbound {
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly mediaUrls: readonly string[];
  readonly tag: string | null;
}

export interface Store {
  readonly orgId: string;
  readonly numbers: readonly SampleNumber[];
  /** Newest activity first; equal times by id. */
  conversations(): readonly SampleConversation[];
  findConversation(id: string): SampleConversation | null;
  findConsent(contactNumber: string): SampleConsent | null;
  consents(): readonly (readonly [contactNumber: string, record: SampleConsent])[];
  visible(message: SampleMessage): VisibleMessage;
  /** All messages of one direction, newest first. */
  feed(direction: SampleMessage["direction"]): readonly FeedItem[];
  /** Adds what the shop wrote; the conversation is made when there is none. `from` must be an own number. */
  addOutbound(input: NewOutbound): { conversation: SampleConversation; message: SampleMessage };
  /** Adds what the contact wrote, with its effect on consent. */
  addInbound(conversation: SampleConversation, text: string): SampleMessage;
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export function lastMessageOf(conversation: SampleConversation): SampleMessage {
  return conversation.messages.at(-1)!;
}

export function createStore(world: World, now: () => number): Store {
  const { orgId, numbers, conversations, consent } = world;
  const byId = new Map(conversations.map((conversation) => [conversation.id, conversation]));

  const visible = (message: SampleMessage): VisibleMessage => {
    const at = redactedAt(message.createdAt, now());
    return at === null ? { ...message, redactedAt: null } : { ...message, text: null, mediaUrls: [], redactedAt: at };
  };

  const nextTimeIn = (conversation: SampleConversation): number => {
    const last = conversation.messages.at(-1);
    return last ? Math.max(now(), last.createdAt + 1) : now();
  };

  const conversationFor = (from: string, to: string): SampleConversation => {
    const own = numbers.find(({ number }) => number === from);
    if (!own) throw new Error("not an own number");
    const id = encodeConversationId(own.id, to);
    const known = byId.get(id);
    if (known) return known;
    const made: SampleConversation = {
      id,
      phoneNumberId: own.id,
      phoneNumber: own.number,
      contactNumber: to,
      language: conversations.find((other) => other.contactNumber === to)?.language ?? "en",
      messages: [],
    };
    conversations.push(made);
    byId.set(id, made);
    return made;
  };

  const followKeyword = (contactNumber: string, text: string, at: number): void => {
    const record = consent.get(contactNumber);
    if (optOutKeyword(text) !== null) {
      if (record) Object.assign(record, { optedIn: false, optedOutAt: at, source: "keyword" });
      else
        consent.set(contactNumber, {
          id: randomUUID(),
          optedIn: false,
          optedInAt: null,
          optedOutAt: at,
          source: "keyword",
        });
    } else if (OPT_IN.has(text.trim().toUpperCase()) && record && !record.optedIn) {
      Object.assign(record, { optedIn: true, optedInAt: at, optedOutAt: null, source: "keyword" });
    }
  };

  return {
    orgId,
    numbers,
    visible,
    conversations: () =>
      conversations.toSorted((a, b) => lastMessageOf(b).createdAt - lastMessageOf(a).createdAt || byText(a.id, b.id)),
    findConversation: (id) => byId.get(id) ?? null,
    findConsent: (contactNumber) => consent.get(contactNumber) ?? null,
    consents: () => [...consent],
    feed: (direction) =>
      conversations
        .flatMap((conversation) =>
          conversation.messages
            .filter((message) => message.direction === direction)
            .map((message) => ({ conversation, message: visible(message) })),
        )
        .toSorted((a, b) => b.message.createdAt - a.message.createdAt || byText(a.message.id, b.message.id)),
    addOutbound(input) {
      const conversation = conversationFor(input.from, input.to);
      const message: SampleMessage = {
        ...input,
        id: randomUUID(),
        direction: "outbound",
        createdAt: nextTimeIn(conversation),
        status: "queued",
        sentAt: null,
        deliveredAt: null,
      };
      conversation.messages.push(message);
      return { conversation, message };
    },
    addInbound(conversation, text) {
      const message: SampleMessage = {
        id: randomUUID(),
        direction: "inbound",
        from: conversation.contactNumber,
        to: conversation.phoneNumber,
        text,
        mediaUrls: [],
        createdAt: nextTimeIn(conversation),
        tag: null,
        status: null,
        sentAt: null,
        deliveredAt: null,
      };
      conversation.messages.push(message);
      followKeyword(conversation.contactNumber, text, message.createdAt);
      return message;
    },
  };
}
