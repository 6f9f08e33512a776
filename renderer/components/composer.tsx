/**
 * Writes a reply to one conversation, fixed when this is mounted (the parent keys it by conversation).
 *
 * Invariants: what is sent goes to that conversation, never to "the current one"; the text leaves the box only
 * after the reply is in the durable outbox; one intent keeps one key, so pressing again after an unclear answer cannot
 * make two replies; an opted-out contact cannot be written to, one without a record only after a confirmation; nothing
 * leaves with a variable of a saved reply still open, or longer than its provider takes.
 */
import { ArrowUp, Clock, MessageSquareQuote, Paperclip, Smile } from "lucide-react";
import type { KeyboardEvent, Ref } from "react";
import { useEffect, useImperativeHandle, useRef } from "react";
import { Button } from "react-aria-components";
import { flushSync } from "react-dom";
import { useStore } from "zustand";
import type { Conversation } from "../../shared/domain.ts";
import { findGaps } from "../../shared/template-text.ts";
import { findPassedLimit } from "../../shared/text-limit.ts";
import { t } from "../i18n.ts";
import { allowAgain, decideConsent } from "../lib/consent-decisions.ts";
import { errorSentence } from "../lib/error-words.ts";
import { contactTitle } from "../lib/names.ts";
import { focusList } from "../lib/places.ts";
import { useAccounts, useNav, useStores } from "../stores/context.tsx";
import { FileChips, FileTroubles } from "./composer-files.tsx";
import { ConsentGate, Counter, Crossed, GapMirror } from "./composer-parts.tsx";
import { ConsentChip } from "./consent-chip.tsx";
import { EmojiPicker } from "./emoji-picker.tsx";
import { SendLater } from "./send-later.tsx";
import { TemplatePicker } from "./template-picker.tsx";
import { Alert, IconButton, TextButton } from "./ui.tsx";
import type { SendOptions } from "./use-reply.ts";
import { useFiles } from "./use-files.ts";
import { useReply } from "./use-reply.ts";
import { useTypingHelp } from "./use-typing-help.ts";
import "./composer.css";

const MAX_TEXT = 20_000;

export interface ComposerHandle {
  focus(): void;
  /** Runs what puts words into the stored draft, and shows them in front of what is being written. */
  takeBack(work: () => Promise<unknown>): Promise<void>;
  /** Files that were dropped beside it. */
  addFiles(given: readonly File[]): void;
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
  const stores = useStores();
  const { nav, format, settings, threadOf } = stores;
  const files = useFiles(conversation);
  const reply = useReply(conversation, files, onSent);
  const { conversationId, text, crossed, problem, change } = reply;
  const box = useRef<HTMLTextAreaElement>(null);
  const mirror = useRef<HTMLDivElement>(null);
  const gate = useRef<HTMLDivElement>(null);
  const emojiButton = useRef<HTMLSpanElement>(null);
  const sendKey = useStore(settings, (state) => state.view?.settings.composer.sendKey ?? "enter");
  const crossing = useStore(threadOf(conversationId), ({ messages }) => messages.find(({ id }) => id === crossed?.id));

  const consentState = conversation.consent.state;
  const isOptedOut = consentState === "opted_out";
  const isBlocked = isOptedOut || isShut;
  const needsTick = consentState === "unknown" && conversation.consentConfirmedAt === null;
  const provider = useAccounts((state) => state.accounts?.find(({ id }) => id === conversation.accountId)?.provider);
  const passed = provider === undefined ? null : findPassedLimit(provider, text);
  const isEmpty = text.trim() === "" && files.files.length === 0;
  const canSend = !isBlocked && !needsTick && !reply.isSending && !files.isBusy && passed === null && !isEmpty;
  const gaps = findGaps(text);

  /** In place of [start, end); the caret goes behind it, or onto the first variable that is still open. */
  function replace(start: number, end: number, piece: string): void {
    const before = reply.current();
    flushSync(() => change(before.slice(0, start) + piece + before.slice(end)));
    const [gap] = findGaps(piece);
    const goOn = () => {
      box.current?.focus();
      box.current?.setSelectionRange(start + (gap?.start ?? piece.length), start + (gap?.end ?? piece.length));
    };
    // Whoever types on has the caret there before the next letter; a dialog gives the focus back first.
    if (document.activeElement === box.current) goOn();
    else requestAnimationFrame(goOn);
  }

  const insert = (piece: string) => {
    const { selectionStart, selectionEnd } = box.current ?? { selectionStart: text.length, selectionEnd: text.length };
    replace(selectionStart, selectionEnd, piece);
  };

  const help = useTypingHelp({ conversation, box, text, onChoose: replace });

  const isAsked = useNav((state) => state.answerId === conversationId);
  useEffect(() => {
    if (!isAsked) return;
    box.current?.focus();
    nav.answer(null);
  }, [isAsked, nav]);

  useImperativeHandle(ref, () => ({
    focus: () => box.current?.focus(),
    addFiles(given) {
      if (!isBlocked) files.add(given);
      box.current?.focus();
    },
    takeBack: async (work) => {
      await reply.takeBack(work);
      box.current?.focus();
    },
  }));

  async function send(options: SendOptions = {}): Promise<void> {
    if (needsTick && !isEmpty) gate.current?.querySelector("input")?.focus();
    if (!canSend) return;
    const [gap] = gaps;
    // Also where the press was on the button, which can do no more once the box is empty.
    box.current?.focus();
    if (gap === undefined) return reply.send(options);
    box.current?.setSelectionRange(gap.start, gap.end);
  }

  function goOnWriting(): void {
    reply.goOn();
    box.current?.focus();
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || help.onKeyDown(event)) return;
    if (event.key === "Escape") {
      // Where the thread hides the list the key goes on, and leads back to it.
      if (crossed !== null) goOnWriting();
      else if (!focusList()) return;
      event.preventDefault();
      return;
    }
    const hasMod = event.ctrlKey || event.metaKey;
    if (event.key !== "Enter" || event.shiftKey || (sendKey === "mod_enter" && !hasMod)) return;
    event.preventDefault();
    // Still held down from a row or a picker that led here, it was not meant for the text.
    if (!event.repeat) void send();
  };

  const to = contactTitle(conversation, format);
  const from = conversation.ownLabel ?? format.phone(conversation.ownNumber, conversation.ownNumber);
  const described = [
    isOptedOut && "composer-blocked",
    isShut && "reply-window",
    gaps.length > 0 && "composer-gap",
    passed !== null && "composer-limit",
  ];
  return (
    <>
      <form
        className="composer"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        {problem !== null && <Alert text={problem.text} focusKey={problem.at} />}
        {crossed !== null && (
          <Crossed
            message={crossing ?? null}
            onSend={() => void send({ seenUpTo: crossed.id, at: crossed.at })}
            onEdit={goOnWriting}
            onDiscard={() => {
              reply.discard();
              box.current?.focus();
            }}
          />
        )}
        {needsTick && (
          <ConsentGate
            ref={gate}
            onConfirm={() => {
              box.current?.focus();
              return decideConsent(stores, conversation, "confirmed", null);
            }}
          />
        )}
        {isOptedOut && (
          <div className="composer-blocked">
            <p id="composer-blocked">{conversation.isOptedOutHere ? t("consent.blockedHere") : t("consent.blocked")}</p>
            {conversation.isOptedOutHere && (
              <TextButton tone="quiet" onPress={() => void allowAgain(stores, conversation)}>
                {t("consent.allow")}
              </TextButton>
            )}
          </div>
        )}
        {gaps[0] !== undefined && (
          <p className="composer-gap" id="composer-gap" role="status">
            {t("templates.gap", { variable: gaps[0].written })}
          </p>
        )}
        {passed !== null && (
          <p className="composer-gap" id="composer-limit" role="status">
            {errorSentence({ code: "text_too_long", detail: { max: format.count(passed) } })}
          </p>
        )}
        <FileTroubles files={files} />
        {help.view}
        <FileChips files={files} onRemoved={() => box.current?.focus()} />
        <div className="composer-box" data-disabled={isBlocked}>
          <div className="composer-text">
            {gaps.length > 0 && <GapMirror ref={mirror} text={text} gaps={gaps} />}
            <textarea
              ref={box}
              className="composer-input"
              aria-label={t("composer.label")}
              aria-describedby={[...described.filter(Boolean), "composer-route"].join(" ")}
              {...help.aria}
              placeholder={t("composer.placeholder")}
              rows={1}
              dir="auto"
              maxLength={MAX_TEXT}
              disabled={isBlocked}
              value={text}
              spellCheck
              onChange={(event) => {
                change(event.target.value);
                help.look(event.target);
              }}
              onSelect={(event) => help.look(event.currentTarget)}
              onScroll={(event) => mirror.current?.scrollTo(0, event.currentTarget.scrollTop)}
              onBlur={() => {
                help.close();
                reply.flush();
              }}
              onKeyDown={onKeyDown}
              onPaste={(event) => {
                // What was copied from a document comes as words and as a picture of them: the words are meant.
                const { files: pasted } = event.clipboardData;
                if (files.rules === null || pasted.length === 0 || event.clipboardData.types.includes("text/plain"))
                  return;
                event.preventDefault();
                files.add([...pasted]);
              }}
            />
          </div>
          {files.rules !== null && (
            <IconButton
              className="composer-attach"
              label={t("attachments.button")}
              icon={Paperclip}
              isDisabled={isBlocked}
              onPress={files.pick}
            />
          )}
          <IconButton
            label={t("composer.templates")}
            icon={MessageSquareQuote}
            isDisabled={isBlocked}
            onPress={() => nav.openDialog({ kind: "template" })}
          />
          <span ref={emojiButton}>
            <IconButton
              label={t("composer.emoji")}
              icon={Smile}
              isDisabled={isBlocked}
              onPress={() => nav.openDialog({ kind: "emoji" })}
            />
          </span>
          <IconButton
            label={t("composer.later")}
            icon={Clock}
            isDisabled={!canSend || gaps.length > 0}
            onPress={() => nav.openDialog({ kind: "send_later" })}
          />
          <Button className="send" type="submit" aria-label={t("composer.send")} isDisabled={!canSend}>
            <ArrowUp aria-hidden size="1.231rem" strokeWidth={2.25} />
          </Button>
        </div>
        <div className="composer-foot">
          <p className="composer-route" id="composer-route">
            {t("composer.from")} <bdi>{from}</bdi> {t("composer.to")} <bdi>{to}</bdi>
          </p>
          <ConsentChip conversation={conversation} />
          <Counter text={text} provider={provider} />
        </div>
      </form>
      {/* Beside the form: what is submitted in one of these must not submit the message. */}
      <EmojiPicker triggerRef={emojiButton} onChoose={insert} />
      <TemplatePicker conversation={conversation} onChoose={insert} />
      <SendLater onChoose={(at) => void send({ at })} />
    </>
  );
}
