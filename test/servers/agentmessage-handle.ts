/** The hands of a test on the server's data: what the world outside does between two requests. */
import type { ConsentState, SendStatus, TestConversation, TestMessage, TestWorld } from "./agentmessage-world.ts";

export interface DataHandle {
  conversation(index: number): Readonly<TestConversation>;
  /** The thread as the server holds it, oldest first; a snapshot. */
  messages(index: number): readonly Readonly<TestMessage>[];
  /** The contact writes: the conversation moves to the top. `at` dates it otherwise (a late arrival). */
  receive(index: number, text: string, options?: { at?: number; mediaUrls?: readonly string[] }): TestMessage;
  /** A colleague writes from another console. */
  sendElsewhere(index: number, text: string): TestMessage;
  /** Moves a conversation to the top without a message. */
  bump(index: number, at?: number): void;
  /** Returns the new conversation's index. It begins with one inbound message. */
  addConversation(options?: { contactNumber?: string; consent?: ConsentState; text?: string; at?: number }): number;
  redactMessage(index: number, message: number, at?: number): void;
  /** Clears every body created before `before`, also of conversations nobody has looked at yet. */
  redactOlderThan(before: number, at?: number): void;
  /** Clears all texts and media of a contact, on every own number. */
  eraseContact(contactNumber: string, at?: number): void;
  /** Gone from the list; its thread answers 404. */
  removeConversation(index: number): void;
  setConsent(index: number, consent: ConsentState, at?: number): void;
  setStatus(messageId: string, status: SendStatus): void;
}

export function createHandle(world: TestWorld, now: () => number): DataHandle {
  const append = (
    index: number,
    direction: TestMessage["direction"],
    body: string,
    at: number,
    media: readonly string[] = [],
  ) =>
    world.append(index, {
      direction,
      body,
      createdAt: at,
      mediaUrls: media,
      tag: null,
      status: direction === "inbound" ? null : "sent",
    });

  return {
    conversation: (index) => ({ ...world.get(index) }),
    messages: (index) => world.thread(index).map((message) => ({ ...message })),
    receive: (index, text, options = {}) => append(index, "inbound", text, options.at ?? now(), options.mediaUrls),
    sendElsewhere: (index, text) => append(index, "outbound", text, now()),
    bump(index, at = now()) {
      world.get(index).bumpedAt = at;
      world.touch();
    },
    addConversation({ contactNumber, consent = "in", text = "Hello, first time here", at = now() } = {}) {
      const { index } = world.add(contactNumber ?? null, consent);
      append(index, "inbound", text, at);
      return index;
    },
    redactMessage(index, message, at = now()) {
      const found = world.thread(index)[message];
      if (!found) throw new Error(`conversation ${index} has no message ${message}`);
      world.redact(found, at);
    },
    redactOlderThan: (before, at = now()) => world.redactOlderThan(before, at),
    eraseContact(contactNumber, at = now()) {
      for (const conversation of world.conversations) {
        if (conversation.contactNumber !== contactNumber) continue;
        for (const message of world.thread(conversation.index)) world.redact(message, at);
      }
    },
    removeConversation(index) {
      world.get(index).removed = true;
      world.touch();
    },
    setConsent: (index, consent, at = now()) => void Object.assign(world.get(index), { consent, consentAt: at }),
    setStatus(messageId, status) {
      const all = world.conversations.flatMap(({ index }) => world.thread(index));
      const message = all.find(({ id }) => id === messageId);
      if (!message) throw new Error("no such message");
      message.status = status;
    },
  };
}
