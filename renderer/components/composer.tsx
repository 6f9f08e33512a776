/**
 * Writes a reply to one conversation, fixed when this is mounted (the parent keys it by conversation).
 *
 * Invariants: what is sent goes to that conversation, never to "the current one"; the text leaves the box only
 * after the reply is in the durable outbox; one intent keeps one key, so pressing again after an unclear answer cannot
 * make two replies; an opted-out contact cannot be written to, one without a record only after a confirmation.
 */
import { ArrowUp } from "lucide-react";
import type { KeyboardEvent, Ref } from "react";
import { useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from "react";
import { Button, Checkbox } from "react-aria-components";
import type { Conversation } from "../../shared/domain.ts";
import { failureOf } from "../../shared/errors.ts";
import { errorSentence } from "../lib/error-words.ts";
import { contactTitle } from "../lib/names.ts";
import { smsSegments } from "../lib/sms-segments.ts";
import { useNav, useStores } from "../stores/context.tsx";
import { createDraft } from "../stores/draft.ts";
import { contactKey } from "../stores/nav-store.ts";
import { t } from "../i18n.ts";
import { ConsentChip } from "./consent-chip.tsx";
import { Alert } from "./ui.tsx";
import "./composer.css";

const COUNTER_FROM = 120;
const MAX_TEXT = 20_000;

export interface ComposerHandle {
  focus(): void;
  /** Puts a text taken back from the outbox in front of what is being written. */
  restore(text: string): void;
}

interface Props {
  readonly conversation: Conversation;
  /** The provider takes no free text now; whoever renders this says why in `#reply-window`. */
  readonly isShut?: boolean;
  /** Called once the reply is in the outbox. */
  readonly onSent: () => void;
  readonly ref?: Ref<ComposerHandle>;
}

export function Composer({ conversation, isShut = false, onSent, ref }: Props) {
  const { bridge, nav, format } = useStores();
  const [{ conversationId, draft }] = useState(() => ({
    conversationId: conversation.id,
    draft: createDraft(bridge, conversation.id),
  }));
  const [text, setText] = useState("");
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState<{ text: string; at: number } | null>(null);
  const intent = useRef<{ text: string; key: string } | null>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  const gate = useRef<HTMLDivElement>(null);
  const latest = useRef("");

  const consentState = conversation.consent.state;
  const isConfirmed = useNav((all) => all.confirmedContacts.has(contactKey(conversation)));
  const isOptedOut = consentState === "opted_out";
  const isBlocked = isOptedOut || isShut;
  const needsTick = consentState === "unknown" && !isConfirmed;
  const canSend = !isBlocked && !needsTick && !isSending && text.trim() !== "";

  function change(value: string): void {
    latest.current = value;
    setText(value);
    draft.change(value);
  }

  useEffect(() => {
    let isGone = false;
    draft.load().then(
      (saved) => {
        if (isGone || saved === null || latest.current !== "") return;
        latest.current = saved;
        setText(saved);
      },
      () => undefined,
    );
    const flush = () => void draft.flush();
    window.addEventListener("pagehide", flush);
    return () => {
      isGone = true;
      window.removeEventListener("pagehide", flush);
      flush();
    };
  }, [draft]);

  const isAsked = useNav((state) => state.answerId === conversationId);
  useEffect(() => {
    if (!isAsked) return;
    box.current?.focus();
    nav.answer(null);
  }, [isAsked, nav]);

  useImperativeHandle(ref, () => ({
    focus: () => box.current?.focus(),
    restore: (restored) => {
      change(latest.current.trim() === "" ? restored : `${restored}\n${latest.current}`);
      box.current?.focus();
    },
  }));

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight}px`;
  }, [text]);

  async function send(): Promise<void> {
    if (needsTick && text.trim() !== "") gate.current?.querySelector("input")?.focus();
    if (!canSend) return;
    const sending = text;
    if (intent.current?.text !== sending) intent.current = { text: sending, key: crypto.randomUUID() };
    setSending(true);
    setProblem(null);
    try {
      await bridge.call("outbox.send", { conversationId, text: sending.trim(), key: intent.current.key });
      intent.current = null;
      // What was typed while the reply was being stored stays.
      change(latest.current.startsWith(sending) ? latest.current.slice(sending.length).trimStart() : "");
      void draft.flush();
      onSent();
    } catch (error) {
      setProblem({ text: errorSentence(failureOf(error)), at: Date.now() });
    } finally {
      setSending(false);
    }
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send();
  };

  const to = contactTitle(conversation, format);
  const from = conversation.ownLabel ?? format.phone(conversation.ownNumber, conversation.ownNumber);
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {problem !== null && <Alert text={problem.text} focusKey={problem.at} />}
      {needsTick && (
        <ConsentGate
          ref={gate}
          onConfirm={() => {
            nav.confirmContact(contactKey(conversation));
            box.current?.focus();
          }}
        />
      )}
      {isOptedOut && (
        <p className="composer-blocked" id="composer-blocked">
          {t("consent.blocked")}
        </p>
      )}
      <div className="composer-box" data-disabled={isBlocked}>
        <textarea
          ref={box}
          className="composer-input"
          aria-label={t("composer.label")}
          aria-describedby={`${isOptedOut ? "composer-blocked " : ""}${isShut ? "reply-window " : ""}composer-route`}
          placeholder={t("composer.placeholder")}
          rows={1}
          dir="auto"
          maxLength={MAX_TEXT}
          disabled={isBlocked}
          value={text}
          spellCheck
          onChange={(event) => change(event.target.value)}
          onBlur={() => void draft.flush()}
          onKeyDown={onKeyDown}
        />
        <Button className="send" type="submit" aria-label={t("composer.send")} isDisabled={!canSend}>
          <ArrowUp aria-hidden size="1.231rem" strokeWidth={2.25} />
        </Button>
      </div>
      <div className="composer-foot">
        <p className="composer-route" id="composer-route">
          {t("composer.from")} <bdi>{from}</bdi> {t("composer.to")} <bdi>{to}</bdi>
        </p>
        <ConsentChip consent={conversation.consent} />
        <Counter text={text} />
      </div>
    </form>
  );
}

function Counter({ text }: { text: string }) {
  const { format } = useStores();
  const trimmed = text.trim();
  if (trimmed.length <= COUNTER_FROM) return null;
  return (
    <p className="composer-counter">
      {t("composer.counter", {
        characters: format.count([...trimmed].length),
        segments: smsSegments(trimmed).segments,
      })}
    </p>
  );
}

function ConsentGate({ onConfirm, ref }: { onConfirm: () => void; ref: Ref<HTMLDivElement> }) {
  return (
    <div ref={ref} className="composer-gate" role="group" aria-label={t("consent.confirm")}>
      <p>
        <strong>{t("consent.confirm")}.</strong> {t("consent.confirmHint")}
      </p>
      <Checkbox className="checkbox" onChange={(isOn) => isOn && onConfirm()}>
        <span className="checkbox-box" aria-hidden />
        {t("consent.confirmTick")}
      </Checkbox>
    </div>
  );
}
