/**
 * A reply that is not a message yet, with its state and what can be done.
 *
 * A reply of unknown outcome is resent only after a person was told that it may arrive twice and agreed.
 */
import { CircleAlert, Clock, HelpCircle } from "lucide-react";
import { useState } from "react";
import type { OutboxItem } from "../../shared/domain.ts";
import { errorSentence, errorWords } from "../lib/error-words.ts";
import type { Format } from "../lib/format.ts";
import { outboxName } from "../lib/names.ts";
import { isScheduled } from "../lib/scheduled.ts";
import { useStores } from "../stores/context.tsx";
import { t } from "../i18n.ts";
import { ReplyFiles } from "./composer-files.tsx";
import { MessageText } from "./message-text.tsx";
import { Spinner, TextButton } from "./ui.tsx";

interface Props {
  readonly item: OutboxItem;
  readonly contact: string;
  readonly onRetry: () => void;
  /** Takes the reply back into the composer. */
  readonly onEdit: () => void;
  /** Takes a scheduled reply out of the outbox. */
  readonly onCancel: () => void;
  /** Gives up one that needs the person, with the way back in a toast. */
  readonly onDiscard: () => void;
}

export function OutboxBubble({ item, contact, onRetry, onEdit, onCancel, onDiscard }: Props) {
  const { format } = useStores();
  const isProblem = item.state === "failed" || item.state === "unknown";
  return (
    <article
      className="message"
      aria-label={outboxName(item, contact, format)}
      data-direction="outbound"
      data-starts="true"
      data-ends="true"
      data-outbox={item.state}
    >
      <div className="bubble">
        {item.text !== "" && <MessageText text={item.text} />}
        <ReplyFiles files={item.files} />
      </div>
      <p className="message-meta" data-alert={isProblem}>
        <OutboxStateIcon state={item.isUploading === true ? "sending" : item.state} />
        <span>{outboxStateLine(item, format)}</span>
      </p>
      {isScheduled(item) && (
        <div className="message-actions">
          <TextButton tone="quiet" onPress={onRetry}>
            {t("schedule.sendNow")}
          </TextButton>
          <TextButton tone="quiet" onPress={onEdit}>
            {t("outbox.edit")}
          </TextButton>
          <TextButton tone="quiet" onPress={onCancel}>
            {t("schedule.cancel")}
          </TextButton>
        </div>
      )}
      {item.state === "failed" && (
        <div className="message-actions">
          <TextButton tone="quiet" onPress={onRetry}>
            {item.error?.code === "reply_crossed"
              ? t("composer.sendAnyway")
              : item.error?.code === "schedule_missed"
                ? t("schedule.sendNow")
                : t("outbox.retry")}
          </TextButton>
          <TextButton tone="quiet" onPress={onEdit}>
            {t("outbox.edit")}
          </TextButton>
          <TextButton tone="quiet" aria-label={t("outboxView.discardOf", { contact })} onPress={onDiscard}>
            {t("outboxView.discard")}
          </TextButton>
        </div>
      )}
      {item.state === "unknown" && <SendAgain onConfirm={onRetry} />}
    </article>
  );
}

interface SendAgainProps {
  /** Somebody asked already. */
  readonly startsAsking?: boolean;
  readonly onConfirm: () => void;
  readonly onCancel?: () => void;
}

export function SendAgain({ startsAsking = false, onConfirm, onCancel }: SendAgainProps) {
  const [asks, setAsks] = useState(startsAsking);
  if (!asks) {
    return (
      <div className="message-actions">
        <TextButton tone="quiet" onPress={() => setAsks(true)}>
          {t("outbox.again")}
        </TextButton>
      </div>
    );
  }
  return (
    <div className="message-confirm" role="group" aria-label={t("outbox.againTitle")}>
      <p>{t("outbox.againBody")}</p>
      <div className="message-actions">
        <TextButton tone="quiet" autoFocus onPress={onCancel ?? (() => setAsks(false))}>
          {t("common.cancel")}
        </TextButton>
        <TextButton tone="danger" onPress={onConfirm}>
          {t("outbox.again")}
        </TextButton>
      </div>
    </div>
  );
}

export function outboxStateLine(item: OutboxItem, format: Format): string {
  if (isScheduled(item)) return t("schedule.scheduledFor", { time: format.moment(item.scheduledAt ?? 0) });
  switch (item.state) {
    case "failed":
      return item.error === null ? t("outbox.failed") : `${t("outbox.failed")}. ${errorSentence(item.error)}`;
    case "queued":
      if (item.isUploading === true) return t("attachments.uploading");
      if (item.error === null) return t("outbox.queued");
      // It is tried again by itself: why it waits is enough.
      return item.error.code === "offline"
        ? t("outbox.queuedOffline")
        : `${t("outbox.queued")}. ${errorWords(item.error.code, item.error.detail).what}`;
    default:
      return t(`outbox.${item.state}`);
  }
}

export function OutboxStateIcon({ state }: { state: OutboxItem["state"] }) {
  if (state === "sending") return <Spinner />;
  const Icon = state === "failed" ? CircleAlert : state === "unknown" ? HelpCircle : Clock;
  return <Icon aria-hidden size="1rem" />;
}
