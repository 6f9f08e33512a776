/**
 * The data behind the conformance server: conversations and messages by number, made only when looked at.
 *
 * Written apart from the sample server on purpose, so that a misreading of the API in one is not repeated in the
 * other. Deterministic but for the ids of added records, which count up. Invariant: messages of a thread are
 * ordered by (time, sequence), conversations by (last activity descending, id).
 */

export type ConsentState = "in" | "out" | "none";
export type SendStatus = "queued" | "sending" | "sent" | "delivered" | "failed" | "undelivered";

export interface TestMessage {
  readonly id: string;
  readonly seq: number;
  readonly direction: "inbound" | "outbound";
  readonly from: string;
  readonly to: string;
  readonly createdAt: number;
  readonly tag: string | null;
  body: string | null;
  mediaUrls: readonly string[];
  redactedAt: number | null;
  status: SendStatus | null;
}

export interface TestConversation {
  readonly index: number;
  readonly id: string;
  readonly phoneNumberId: string;
  readonly phoneNumber: string;
  readonly contactNumber: string;
  consent: ConsentState;
  consentAt: number;
  removed: boolean;
  /** Set when activity was faked without a message; else the last message's time counts. */
  bumpedAt: number | null;
}

/** A row of the list with its sort key, worked out once per change. */
export interface Listed {
  readonly conversation: TestConversation;
  readonly at: number;
}

export interface WorldOptions {
  readonly conversations: number;
  readonly messagesOf: (index: number) => number;
  /** Text of a generated message; null makes it redacted from the start. */
  readonly bodyOf: (index: number, message: number) => string | null;
  readonly consentOf: (index: number) => ConsentState;
  /** Last message of conversation 0, Unix ms. */
  readonly newestAt: number;
  readonly conversationGapMs: number;
  readonly messageGapMs: number;
}

export const OWN_NUMBERS = [
  { id: "11111111-1111-4111-8111-111111111111", number: "+15550001001", label: "Front desk" },
  { id: "22222222-2222-4222-8222-222222222222", number: "+15550001002", label: null },
] as const;

const hex = (value: number, width: number): string => value.toString(16).padStart(width, "0");
const generatedId = (index: number, message: number): string =>
  `${hex(index, 8)}-${hex(message & 0xffff, 4)}-4${hex(message >> 16, 3)}-8000-000000000000`;

export class TestWorld {
  readonly conversations: TestConversation[] = [];
  readonly options: WorldOptions;
  private readonly threads = new Map<number, TestMessage[]>();
  private readonly counts: number[] = [];
  private readonly redactions: { before: number; at: number }[] = [];
  private order: Listed[] | null = null;
  private added = 0;

  constructor(options: WorldOptions) {
    this.options = options;
    for (let index = 0; index < options.conversations; index += 1) {
      this.push(`+1555${String(2_000_000 + index)}`, options.consentOf(index));
      this.counts[index] = Math.max(1, options.messagesOf(index));
    }
  }

  private push(contactNumber: string, consent: ConsentState): TestConversation {
    const index = this.conversations.length;
    const own = OWN_NUMBERS[index % 5 === 4 ? 1 : 0];
    const conversation: TestConversation = {
      index,
      id: Buffer.from(`conversation/${index}?+`).toString("base64url"),
      phoneNumberId: own.id,
      phoneNumber: own.number,
      contactNumber,
      consent,
      consentAt: this.options.newestAt - 400 * 86_400_000,
      removed: false,
      bumpedAt: null,
    };
    this.conversations.push(conversation);
    this.order = null;
    return conversation;
  }

  private generate({ index, phoneNumber, contactNumber }: TestConversation, message: number): TestMessage {
    const { newestAt, conversationGapMs, messageGapMs } = this.options;
    const createdAt = newestAt - index * conversationGapMs - (this.counts[index]! - 1 - message) * messageGapMs;
    const inbound = message % 2 === 0;
    const rule = this.redactions.find(({ before }) => createdAt < before);
    const body = rule ? null : this.options.bodyOf(index, message);
    return {
      id: generatedId(index, message),
      seq: message,
      direction: inbound ? "inbound" : "outbound",
      from: inbound ? contactNumber : phoneNumber,
      to: inbound ? phoneNumber : contactNumber,
      createdAt,
      tag: null,
      body,
      mediaUrls: [],
      redactedAt: body === null ? (rule?.at ?? createdAt + 90 * 86_400_000) : null,
      status: inbound ? null : "delivered",
    };
  }

  get(index: number): TestConversation {
    const conversation = this.conversations[index];
    if (!conversation) throw new Error(`no conversation ${index}`);
    return conversation;
  }

  find(id: string): TestConversation | null {
    return this.conversations.find((conversation) => conversation.id === id && !conversation.removed) ?? null;
  }

  /** All messages of a thread, oldest first; they are the stored ones, so a change to one stays. */
  thread(index: number): TestMessage[] {
    const known = this.threads.get(index);
    if (known) return known;
    const conversation = this.get(index);
    const made = Array.from({ length: this.counts[index]! }, (_, message) => this.generate(conversation, message));
    this.threads.set(index, made);
    return made;
  }

  last(index: number): TestMessage {
    return this.threads.get(index)?.at(-1) ?? this.generate(this.get(index), this.counts[index]! - 1);
  }

  count(index: number): number {
    return this.threads.get(index)?.length ?? this.counts[index]!;
  }

  activityAt(conversation: TestConversation): number {
    return Math.max(conversation.bumpedAt ?? 0, this.last(conversation.index).createdAt);
  }

  /** What the list shows, newest activity first. */
  listed(): readonly Listed[] {
    this.order ??= this.conversations
      .filter((conversation) => !conversation.removed)
      .map((conversation) => ({ conversation, at: this.activityAt(conversation) }))
      .toSorted((a, b) => b.at - a.at || (a.conversation.id < b.conversation.id ? -1 : 1));
    return this.order;
  }

  /** Call after a change that may move or hide a conversation. */
  touch(): void {
    this.order = null;
  }

  append(index: number, message: Omit<TestMessage, "id" | "seq" | "from" | "to" | "redactedAt">): TestMessage {
    const { phoneNumber, contactNumber } = this.get(index);
    const thread = this.thread(index);
    const inbound = message.direction === "inbound";
    this.added += 1;
    const made: TestMessage = {
      ...message,
      id: `ffffffff-0000-4000-8000-${hex(this.added, 12)}`,
      seq: thread.length,
      from: inbound ? contactNumber : phoneNumber,
      to: inbound ? phoneNumber : contactNumber,
      redactedAt: null,
    };
    // A message may arrive late: it takes its place by time, after those of the same time.
    let at = thread.length;
    while (at > 0 && thread[at - 1]!.createdAt > made.createdAt) at -= 1;
    thread.splice(at, 0, made);
    this.touch();
    return made;
  }

  /** A new conversation without messages yet; the caller appends at least one before it is listed. */
  add(contactNumber: string | null, consent: ConsentState): TestConversation {
    const conversation = this.push(contactNumber ?? `+1555${String(7_000_000 + this.conversations.length)}`, consent);
    this.counts[conversation.index] = 0;
    this.threads.set(conversation.index, []);
    return conversation;
  }

  redact(message: TestMessage, at: number): void {
    if (message.redactedAt !== null) return;
    Object.assign(message, { body: null, mediaUrls: [], redactedAt: at });
  }

  redactOlderThan(before: number, at: number): void {
    this.redactions.push({ before, at });
    for (const thread of this.threads.values()) {
      for (const message of thread) if (message.createdAt < before) this.redact(message, at);
    }
  }
}
