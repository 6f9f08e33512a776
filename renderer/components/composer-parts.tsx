/** The parts around the composer's text: counter, consent question, held replies, open variables. No sending here. */
import type { Ref } from "react";
import { useState } from "react";
import { Checkbox } from "react-aria-components";
import { CAPABILITIES } from "../../shared/capabilities.ts";
import type { Message, ProviderName } from "../../shared/domain.ts";
import type { Gap } from "../../shared/template-text.ts";
import { charactersOf } from "../../shared/text-limit.ts";
import { t } from "../i18n.ts";
import { cleanLine } from "../lib/bidi.ts";
import { smsSegments } from "../lib/sms-segments.ts";
import { useNow, useStores } from "../stores/context.tsx";
import { TextButton } from "./ui.tsx";

const COUNTER_FROM = 120;
/** The share of the provider's limit from which on the limit is worth showing. */
const LIMIT_FROM = 0.8;

export function Counter({ text, provider }: { text: string; provider: ProviderName | undefined }) {
  const { format } = useStores();
  const { segments } = smsSegments(text.trim());
  const length = charactersOf(text);
  // A short text that already costs two is worth knowing: an emoji halves what fits into one.
  if (length <= COUNTER_FROM && segments < 2) return null;
  const max = provider === undefined ? null : CAPABILITIES[provider].maxTextLength;
  const counts = { characters: format.count(length), count: segments };
  return (
    <p className="composer-counter" data-passed={max !== null && length > max}>
      {max === null || length < max * LIMIT_FROM
        ? t("composer.counter", counts)
        : t("composer.counterOf", { ...counts, max: format.count(max) })}
    </p>
  );
}

interface ConsentGateProps {
  /** Resolves when it was noted, or said that it could not be. */
  readonly onConfirm: () => Promise<void>;
  readonly ref: Ref<HTMLDivElement>;
}

/** Stays until main has the answer: then the conversation says so, and whoever renders this takes it away. */
export function ConsentGate({ onConfirm, ref }: ConsentGateProps) {
  const [isBusy, setBusy] = useState(false);
  return (
    <div ref={ref} className="composer-gate" role="group" aria-label={t("consent.confirm")}>
      <p>
        <strong>{t("consent.confirm")}.</strong> {t("consent.confirmHint")}
      </p>
      <Checkbox
        className="checkbox"
        isSelected={isBusy}
        onChange={(isOn) => {
          if (!isOn) return;
          setBusy(true);
          void onConfirm().then(() => setBusy(false));
        }}
      >
        <span className="checkbox-box" aria-hidden />
        {t("consent.confirmTick")}
      </Checkbox>
    </div>
  );
}

interface CrossedProps {
  /** Null: it is not among what is shown of the thread. */
  readonly message: Message | null;
  readonly onSend: () => void;
  readonly onEdit: () => void;
  readonly onDiscard: () => void;
}

/** Another's reply that crossed this one. Said, and in sight, but it never takes the focus from the text. */
export function Crossed({ message, onSend, onEdit, onDiscard }: CrossedProps) {
  const { format } = useStores();
  const now = useNow();
  const time = message === null ? "…" : format.listTime(message.createdAt, now);
  return (
    <div className="composer-crossed" role="alert">
      <p>
        <strong>{t("composer.crossed", { time })}</strong>
      </p>
      <blockquote dir="auto">
        {message?.body.kind === "text" ? cleanLine(message.body.text) : t("composer.crossedGone")}
      </blockquote>
      <div className="composer-crossed-actions">
        <TextButton tone="quiet" onPress={onSend}>
          {t("composer.sendAnyway")}
        </TextButton>
        <TextButton tone="quiet" onPress={onEdit}>
          {t("composer.edit")}
        </TextButton>
        <TextButton tone="quiet" onPress={onDiscard}>
          {t("composer.discard")}
        </TextButton>
      </div>
    </div>
  );
}

/** The same text behind the box, so that open variables can be marked: a text box cannot mark anything itself. */
export function GapMirror({ text, gaps, ref }: { text: string; gaps: readonly Gap[]; ref: Ref<HTMLDivElement> }) {
  const pieces = gaps.flatMap(({ start, end }, index) => [
    text.slice(gaps[index - 1]?.end ?? 0, start),
    <mark key={start}>{text.slice(start, end)}</mark>,
  ]);
  return (
    <div ref={ref} className="composer-input composer-mirror" aria-hidden dir="auto">
      {pieces}
      {text.slice(gaps.at(-1)?.end ?? 0)}
      {"\n"}
    </div>
  );
}
