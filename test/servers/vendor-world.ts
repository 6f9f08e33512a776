/**
 * The data behind a conformance server: threads and messages, and what the world outside does to them.
 *
 * Knows no vendor; each server shows it in its own words. Invariants: a message's id never changes; several threads
 * share the date of their last message, so that a page's edge falls between equal values.
 */

export interface WorldMessage {
  readonly id: string;
  readonly direction: "inbound" | "outbound";
  readonly text: string;
  readonly at: number;
  /** When anything of it last changed. */
  changedAt: number;
  /** The vendor's own word. */
  status: string;
  /** Where its pictures are. */
  readonly media: readonly string[];
}

export interface WorldThread {
  readonly id: string;
  readonly index: number;
  readonly contact: string;
  readonly contactId: string;
  readonly name: string | null;
  readonly messages: WorldMessage[];
  unread: number;
  removedAt: number | null;
  touchedAt: number;
}

export interface WorldOptions {
  readonly threads?: number;
  readonly messages?: number;
  /** How many threads in a row share the date of their last message. */
  readonly tie?: number;
  readonly now: () => number;
  readonly sentStatus: string;
}

const MINUTE_MS = 60_000;

export interface World {
  readonly threads: WorldThread[];
  readonly own: string;
  /** Newest first, deleted ones left out. */
  listed(): WorldThread[];
  find(id: string): WorldThread | undefined;
  lastOf(thread: WorldThread): WorldMessage;
  append(
    index: number,
    direction: WorldMessage["direction"],
    text: string,
    at?: number,
    media?: readonly string[],
  ): WorldMessage;
  setStatus(message: WorldMessage, status: string): void;
  /** One message alone, as if it had never been. */
  deleteMessage(index: number, at: number): void;
  add(text: string): number;
  remove(index: number): void;
}

export function createWorld({ threads: count = 10, messages = 7, tie = 3, now, sentStatus }: WorldOptions): World {
  const threads: WorldThread[] = [];
  const startedAt = now();
  let nextMessage = 0;

  function append(
    index: number,
    direction: WorldMessage["direction"],
    text: string,
    at = now(),
    media: readonly string[] = [],
  ): WorldMessage {
    const thread = threads[index]!;
    nextMessage += 1;
    const id = String(nextMessage).padStart(6, "0");
    const message = {
      id,
      direction,
      text,
      at,
      changedAt: at,
      status: direction === "inbound" ? "received" : sentStatus,
      media,
    };
    thread.messages.push(message);
    thread.touchedAt = Math.max(thread.touchedAt, at);
    return message;
  }

  function create(): number {
    const index = threads.length;
    const digits = String(1000 + index);
    threads.push({
      id: `t${digits}`,
      index,
      contact: `+1555999${digits}`,
      contactId: `k${digits}`,
      name: index % 2 === 0 ? `Contact ${index}` : null,
      messages: [],
      unread: 0,
      removedAt: null,
      touchedAt: 0,
    });
    return index;
  }

  for (let index = 0; index < count; index += 1) {
    create();
    const last = startedAt - (1 + Math.floor(index / tie)) * MINUTE_MS;
    for (let n = 0; n < messages; n += 1) {
      append(
        index,
        n % 2 === 0 ? "inbound" : "outbound",
        `Text ${n} of thread ${index}`,
        last - (messages - 1 - n) * 1_000,
      );
    }
  }

  return {
    threads,
    own: "+15551110000",
    listed: () => threads.filter(({ removedAt }) => removedAt === null).toSorted((a, b) => b.touchedAt - a.touchedAt),
    find: (id) => threads.find((thread) => thread.id === id && thread.removedAt === null),
    lastOf: (thread) => thread.messages.toSorted((a, b) => a.at - b.at).at(-1)!,
    append(index, direction, text, at, media) {
      if (direction === "inbound") threads[index]!.unread += 1;
      return append(index, direction, text, at, media);
    },
    setStatus(message, status) {
      message.status = status;
      message.changedAt = now();
    },
    deleteMessage: (index, at) => void threads[index]!.messages.splice(at, 1),
    add(text) {
      const index = create();
      threads[index]!.unread = 1;
      append(index, "inbound", text);
      return index;
    },
    remove(index) {
      threads[index]!.removedAt = now();
      threads[index]!.touchedAt = now();
    },
  };
}

export const isoOf = (at: number): string => new Date(at).toISOString();
