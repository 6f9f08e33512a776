/**
 * The reply being written to one conversation: its text, its draft, and sending it.
 *
 * Bound to one conversation for its whole life. Invariants: the text leaves only after the reply is in the durable outbox;
 * one intent keeps one key; what held it back stays until the person has seen it; a text that is removed leaves the box
 * as it leaves the stored draft, or the next key would store it again.
 */
import { useEffect, useRef, useState } from "react";
import type { Conversation, MessageId, Millis } from "../../shared/domain.ts";
import { failureOf } from "../../shared/errors.ts";
import { t } from "../i18n.ts";
import { errorSentence } from "../lib/error-words.ts";
import { contactTitle } from "../lib/names.ts";
import { withoutRemoved } from "../lib/removed-texts.ts";
import { useStores } from "../stores/context.tsx";
import { createDraft } from "../stores/draft.ts";
import type { Files } from "./use-files.ts";

const UNDO_MS = 8_000;

export interface SendOptions {
  /** Scheduled: not before this moment. */
  readonly at?: Millis | null;
  /** Others' replies up to this one were seen. */
  readonly seenUpTo?: MessageId;
}

export type Reply = ReturnType<typeof useReply>;

/** @param files  what goes out with the text */
export function useReply(conversation: Conversation, files: Files, onSent: () => void) {
  const { bridge, format, toasts, threadOf, answer } = useStores();
  const [{ conversationId, draft }] = useState(() => ({
    conversationId: conversation.id,
    draft: createDraft(bridge, conversation.id),
  }));
  const [text, setText] = useState("");
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState<{ text: string; at: number } | null>(null);
  /** Another's reply that held this one back, and when this one was meant to go. */
  const [crossed, setCrossed] = useState<{ id: MessageId; at: Millis | null } | null>(null);
  const seen = useRef<MessageId | null>(null);
  const intent = useRef<{ what: string; key: string } | null>(null);
  const latest = useRef("");
  /** The thread was left; a toast or an answer that comes later may still lead here. */
  const isGone = useRef(false);

  function change(value: string): void {
    latest.current = value;
    setText(value);
    draft.change(value);
  }

  useEffect(() => {
    isGone.current = false;
    draft.load().then(
      (saved) => {
        if (isGone.current) return;
        latest.current = saved;
        setText(saved);
      },
      () => undefined,
    );
    const flush = () => void draft.flush();
    window.addEventListener("pagehide", flush);
    return () => {
      isGone.current = true;
      window.removeEventListener("pagehide", flush);
      flush();
    };
  }, [draft]);

  useEffect(() => {
    const show = (value: string) => {
      latest.current = value;
      setText(value);
    };
    return threadOf(conversationId).subscribe(({ messages }, before) => {
      if (messages === before.messages) return;
      const written = latest.current;
      const left = withoutRemoved(written, before.messages, messages);
      if (left !== written) {
        show(left);
        toasts.add({ text: t("composer.quoteGone"), tone: "plain" }, { timeout: UNDO_MS });
        draft.change(left);
        void draft.flush();
        return;
      }
      // A quote of a message that is not loaded is known to the store alone.
      draft.follow().then(
        (stored) => {
          if (stored !== null && stored !== latest.current) show(stored);
        },
        () => undefined,
      );
    });
  }, [draft, conversationId, threadOf, toasts]);

  async function send({ at = null, seenUpTo }: SendOptions = {}): Promise<void> {
    const sending = latest.current;
    const { files: going } = files;
    if (isSending || files.isBusy || (sending.trim() === "" && going.length === 0)) return;
    const ids = going.map((file) => file.id);
    const what = [sending, ...ids].join("\n");
    if (seenUpTo !== undefined) seen.current = seenUpTo;
    if (intent.current?.what !== what) intent.current = { what, key: crypto.randomUUID() };
    const { key } = intent.current;
    setSending(true);
    setProblem(null);
    try {
      // The draft knows since when others' replies count: it is on record before the question is asked.
      await draft.flush();
      const reply = { conversationId, text: sending.trim(), files: ids, key, sendAt: at, seenUpTo: seen.current };
      await bridge.call("outbox.send", reply);
      intent.current = null;
      seen.current = null;
      files.sent(going);
      setCrossed(null);
      // What was typed while the reply was being stored stays.
      change(latest.current.startsWith(sending) ? latest.current.slice(sending.length).trimStart() : "");
      void draft.flush();
      if (at !== null) {
        toasts.add({ text: t("schedule.done", { time: format.moment(at) }), tone: "plain" }, { timeout: UNDO_MS });
      }
      onSent();
    } catch (error) {
      const failure = failureOf(error);
      const messageId = Number(failure.detail["messageId"]);
      if (isGone.current) {
        // Whoever went on takes it for sent. The text is in the draft.
        const to = t("outboxView.to", { contact: contactTitle(conversation, format) });
        const action = { label: t("outboxView.open"), run: () => answer(conversationId) };
        toasts.add({ text: `${to}: ${errorSentence(failure)}`, tone: "alert", action }, {});
      } else if (failure.code === "reply_crossed" && messageId > 0) {
        setCrossed({ id: messageId as MessageId, at });
        void threadOf(conversationId).refresh();
      } else setProblem({ text: errorSentence(failure), at: Date.now() });
    } finally {
      setSending(false);
    }
  }

  return {
    conversationId,
    text,
    isSending,
    problem,
    crossed,
    change,
    send,
    /** The text as it is at this moment, also inside a handler that was made before the last key. */
    current: () => latest.current,
    flush: () => void draft.flush(),
    /** The other's reply was seen; this one is written on. */
    goOn(): void {
      seen.current = crossed?.id ?? null;
      setCrossed(null);
    },
    /** With the way back in a toast. */
    discard(): void {
      const gone = latest.current;
      const before = threadOf(conversationId).getState().messages;
      const { undo, commit } = files.hide();
      setCrossed(null);
      change("");
      const run = async () => {
        undo();
        // A text that was removed meanwhile does not come back in a quote.
        await threadOf(conversationId).refresh();
        const back = withoutRemoved(gone, before, threadOf(conversationId).getState().messages);
        const inFront = (typed: string) => [back, typed].filter(Boolean).join("\n");
        if (!isGone.current) return change(inFront(latest.current));
        // Another box stands there by now, or none: it follows what is stored.
        const stored = await bridge.call("drafts.get", { conversationId });
        await bridge.call("drafts.save", { conversationId, text: inFront(stored) });
        await threadOf(conversationId).refresh();
      };
      const complain = (error: unknown) =>
        void toasts.add({ text: errorSentence(failureOf(error)), tone: "alert" }, { timeout: UNDO_MS });
      const action = { label: t("common.undo"), run: () => void run().catch(complain) };
      toasts.add({ text: t("composer.discarded"), tone: "plain", action }, { timeout: UNDO_MS, onClose: commit });
    },
    /** Something puts words into the stored draft: what is typed is stored before, and both are shown after. */
    async takeBack(work: () => Promise<unknown>): Promise<void> {
      await draft.flush();
      await work();
      change(await bridge.call("drafts.get", { conversationId }));
      await files.reload();
    },
  };
}
