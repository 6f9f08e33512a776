/**
 * One open thread: its conversation, the loaded run of messages, the replies still on their way, coverage.
 *
 * A push means "read the loaded run again": it is replaced as a whole, so a removed text or a changed state
 * cannot linger. Invariants: messages are ascending and without doubles; answers of an older round
 * are dropped; a reply that became a message never disappears in between and never shows twice for longer than one round.
 */
import { createStore } from "zustand/vanilla";
import type {
  Conversation,
  ConversationId,
  Coverage,
  Message,
  MessageId,
  MessagePosition,
  Millis,
  OutboxItem,
} from "../../shared/domain.ts";
import type { Failure } from "../../shared/errors.ts";
import { failureOf } from "../../shared/errors.ts";
import type { BridgeClient } from "../bridge.ts";

export const THREAD_PAGE = 60;
const MAX_PAGE = 200;

export interface ThreadState {
  readonly phase: "loading" | "ready" | "gone" | "failed";
  readonly failure: Failure | null;
  readonly conversation: Conversation | null;
  readonly messages: readonly Message[];
  readonly outbox: readonly OutboxItem[];
  readonly coverage: Coverage | null;
  readonly hasOlder: boolean;
  readonly loadingOlder: boolean;
  /** Goes up with every page put in front, so that the view can keep its scroll position. */
  readonly prepends: number;
  /** Inbound messages later than this were unread when the thread was opened; it stands until the thread is left. */
  readonly unreadSince: Millis | null;
  /** A message to show; `turn` goes up with every wish, also for the same one. */
  readonly target: { readonly id: MessageId | "newest"; readonly turn: number } | null;
}

export type ThreadStore = ReturnType<typeof createThreadStore>;

export function createThreadStore(bridge: BridgeClient, conversationId: ConversationId) {
  const store = createStore<ThreadState>(() => ({
    phase: "loading",
    failure: null,
    conversation: null,
    messages: [],
    outbox: [],
    coverage: null,
    hasOlder: false,
    loadingOlder: false,
    prepends: 0,
    unreadSince: null,
    target: null,
  }));
  const { getState: get, setState: set } = store;
  let running: Promise<void> | null = null;
  let again = false;
  let disposed = false;
  /** Goes up with every wish to see a message, and when there is none any more: finding one may take a while. */
  let wishes = 0;

  const page = (before: Message | undefined, limit: number) =>
    bridge.call("thread.page", {
      conversationId,
      before: before === undefined ? null : { createdAt: before.createdAt, id: before.id },
      limit: Math.min(MAX_PAGE, Math.max(1, limit)),
    });

  /** The newest messages back to the oldest one that is loaded now. */
  async function readLoadedRun() {
    const oldest = get().messages[0];
    let answer = await page(undefined, Math.max(THREAD_PAGE, get().messages.length));
    const pages = [answer.messages];
    let first = answer.messages[0];
    while (oldest !== undefined && answer.hasOlder && first !== undefined && isBefore(oldest, first)) {
      answer = await page(first, MAX_PAGE);
      pages.unshift(answer.messages);
      first = answer.messages[0];
    }
    const messages = pages.flat();
    // What the last page brought beyond the loaded run is left for scrolling: it would push the text down unasked.
    const loaded = oldest === undefined ? messages : messages.filter((message) => !isBefore(message, oldest));
    return {
      messages: loaded,
      hasOlder: answer.hasOlder || loaded.length < messages.length,
      coverage: answer.coverage,
    };
  }

  async function round(): Promise<void> {
    try {
      const asked = bridge.call("conversations.get", { id: conversationId });
      // Asked together: one round trip after the other would be frames of waiting. The database answers in order.
      const rest = Promise.all([readLoadedRun(), bridge.call("thread.outbox", { conversationId })]);
      // Of a conversation that is gone nothing else can be read: that failure says nothing new.
      rest.catch(() => undefined);
      const conversation = await asked;
      if (disposed) return;
      if (conversation === null) {
        set({ phase: "gone", conversation: null, messages: [], outbox: [] });
        return;
      }
      const [firstRun, outbox] = await rest;
      let run = firstRun;
      const isWaiting = new Set(outbox.map((item) => item.id));
      // A reply left the outbox since: it may have become a message after the messages were read.
      if (get().outbox.some((item) => !isWaiting.has(item.id))) run = await readLoadedRun();
      if (disposed) return;
      // Older messages that arrived by scrolling while this round read stay in front.
      const first = run.messages[0];
      const older = first === undefined ? [] : get().messages.filter((message) => isBefore(message, first));
      const keepsOlder = older.length > 0 && run.hasOlder;
      set({
        phase: "ready",
        failure: null,
        conversation,
        outbox,
        coverage: run.coverage,
        messages: keepsOlder ? [...older, ...run.messages] : run.messages,
        hasOlder: keepsOlder ? get().hasOlder : run.hasOlder,
      });
    } catch (error) {
      if (!disposed) set({ failure: failureOf(error), phase: get().phase === "ready" ? "ready" : "failed" });
    }
  }

  async function runRounds(): Promise<void> {
    do {
      again = false;
      await round();
    } while (again && !disposed);
  }

  /** Puts older messages in front until the one at `position` is among them. */
  async function loadBackTo(position: MessagePosition): Promise<boolean> {
    for (;;) {
      const [oldest] = get().messages;
      if (disposed || oldest === undefined) return false;
      if (!isBefore(position, oldest)) return true;
      if (!get().hasOlder) return false;
      const answer = await page(oldest, MAX_PAGE);
      const [first] = get().messages;
      if (disposed || first === undefined) return false;
      const older = answer.messages.filter((message) => isBefore(message, first));
      if (older.length === 0 && answer.hasOlder) return false;
      set({ messages: [...older, ...get().messages], hasOlder: answer.hasOlder, prepends: get().prepends + 1 });
    }
  }

  async function refresh(): Promise<void> {
    again = true;
    running ??= runRounds().finally(() => {
      running = null;
    });
    await running;
  }

  async function showMessage({ id, createdAt }: MessagePosition): Promise<boolean> {
    const wish = (wishes += 1);
    if (get().phase === "loading") await refresh();
    const isHere = await loadBackTo({ id, createdAt });
    if (wish !== wishes) return false;
    if (isHere && get().messages.some((message) => message.id === id)) {
      set({ target: { id, turn: (get().target?.turn ?? 0) + 1 } });
    }
    return isHere;
  }

  return {
    ...store,
    conversationId,

    /** Shows a message where it stands, loading what lies between. False: it is not held here, or not wanted any more. */
    showMessage,
    /** Shows the first message at or after `at`; answers its time, null when nothing is held there. */
    async jumpTo(at: Millis): Promise<Millis | null> {
      const wish = (wishes += 1);
      const { first } = await bridge.call("thread.since", { conversationId, at });
      return first !== null && wish === wishes && (await showMessage(first)) ? first.createdAt : null;
    },
    showNewest(): void {
      wishes += 1;
      set({ target: { id: "newest", turn: (get().target?.turn ?? 0) + 1 } });
    },
    /** The message that is looked for is not wanted any more: found later, it would move the text and take the focus. */
    stayHere: () => void (wishes += 1),
    /** The thread was opened with unread messages in it. The line stays where it was first drawn. */
    showUnread(unreadSince: Millis | null): void {
      if (unreadSince !== null && get().unreadSince === null) set({ unreadSince });
    },
    /** The person looks elsewhere. */
    leave(): void {
      wishes += 1;
      set({ unreadSince: null, target: null });
    },
    fetchMissing: () => bridge.call("thread.fetch", { conversationId }),

    /** Reads everything shown again; calls while a round runs become one more round. */
    refresh,

    async loadOlder(): Promise<void> {
      const { messages, hasOlder, loadingOlder } = get();
      const oldest = messages[0];
      if (!hasOlder || loadingOlder || oldest === undefined) return;
      set({ loadingOlder: true });
      try {
        const answer = await page(oldest, THREAD_PAGE);
        // Put in front only what is still in front: a refresh may have changed the run meanwhile.
        const first = get().messages[0];
        if (disposed || first === undefined) return;
        const older = answer.messages.filter((message) => isBefore(message, first));
        set({
          messages: [...older, ...get().messages],
          hasOlder: answer.hasOlder,
          prepends: get().prepends + 1,
        });
      } catch (error) {
        if (!disposed) set({ failure: failureOf(error) });
      } finally {
        if (!disposed) set({ loadingOlder: false });
      }
    },

    dispose(): void {
      disposed = true;
    },
  };
}

function isBefore(a: MessagePosition, b: MessagePosition): boolean {
  return a.createdAt < b.createdAt || (a.createdAt === b.createdAt && a.id < b.id);
}
