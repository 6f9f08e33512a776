/**
 * What happens by itself after the shop writes: the message is sent, delivered, and the contact answers.
 *
 * Waits only through the injected `schedule`; `stop` cancels everything that has not happened. A second
 * message before the answer puts the answer off: people read both, then reply once.
 */
import { replies } from "./data/replies.ts";
import { hashOf } from "./random.ts";
import type { Store } from "./store.ts";
import type { SampleConversation, SampleMessage } from "./world.ts";

/** Calls back once after `delayMs`; returns the cancel function. */
export type Schedule = (delayMs: number, callback: () => void) => () => void;

export interface Life {
  afterSend(conversation: SampleConversation, message: SampleMessage): void;
  stop(): void;
}

const SENT_AFTER_MS = 900;
const DELIVERED_AFTER_MS = 2200;
/** Answers come this long after the message, up to `ANSWER_SPREAD_MS` later. */
const ANSWER_AFTER_MS = 4500;
const ANSWER_SPREAD_MS = 4000;

/** A text that offers the word STOP is taken up on it; everything else gets an answer that fits. */
export function answerTo(conversation: SampleConversation, text: string, turn: number): string {
  if (/\bSTOP\b/.test(text)) return "STOP";
  const { topics } = replies[conversation.language];
  const topic = topics.find(({ about }) => about === null || about.test(text))!;
  return topic.answers[(hashOf(conversation.id) + turn) % topic.answers.length]!;
}

export function createLife(store: Store, schedule: Schedule, now: () => number): Life {
  const pending = new Set<() => void>();
  const answers = new Map<string, () => void>();
  const turns = new Map<string, number>();

  const later = (delayMs: number, act: () => void): (() => void) => {
    const cancel = (): void => {
      pending.delete(cancel);
      stopTimer();
    };
    const stopTimer = schedule(delayMs, () => {
      pending.delete(cancel);
      act();
    });
    pending.add(cancel);
    return cancel;
  };

  return {
    afterSend(conversation, message) {
      later(SENT_AFTER_MS, () => Object.assign(message, { status: "sent", sentAt: now() }));
      later(DELIVERED_AFTER_MS, () => Object.assign(message, { status: "delivered", deliveredAt: now() }));
      answers.get(conversation.id)?.();
      const delayMs = ANSWER_AFTER_MS + (hashOf(message.id) % ANSWER_SPREAD_MS);
      const cancel = later(delayMs, () => {
        answers.delete(conversation.id);
        const turn = turns.get(conversation.id) ?? 0;
        turns.set(conversation.id, turn + 1);
        store.addInbound(conversation, answerTo(conversation, message.text, turn));
      });
      answers.set(conversation.id, cancel);
    },
    stop() {
      for (const cancel of pending) cancel();
      answers.clear();
    },
  };
}
