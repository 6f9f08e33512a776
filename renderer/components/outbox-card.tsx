/**
 * One reply in the outbox: to whom, what, how it stands, what can be done.
 *
 * A reply of unknown outcome is resent only after a person was told that it may arrive twice and agreed; one that is
 * being sent can only be watched.
 */
import { useState } from "react";
import { outboxStateLine, OutboxStateIcon, SendAgain } from "./outbox-bubble.tsx";
import { t } from "../i18n.ts";
import { contactTitle } from "../lib/names.ts";
import { isScheduled } from "../lib/scheduled.ts";
import type { OutboxEntry } from "../stores/outbox-store.ts";
import { isProblem } from "../stores/outbox-store.ts";
import { useNow, useStores } from "../stores/context.tsx";
import { ReplyFiles } from "./composer-files.tsx";
import { Avatar } from "./avatar.tsx";
import { TextButton } from "./ui.tsx";

interface Props {
  readonly entry: OutboxEntry;
  readonly onOpen: () => void;
  readonly onRetry: () => void;
  readonly onEdit: () => void;
  readonly onDiscard: () => void;
}

export function OutboxCard({ entry: { item, conversation }, onOpen, onRetry, onEdit, onDiscard }: Props) {
  const { format } = useStores();
  const now = useNow();
  const [asks, setAsks] = useState(false);
  const contact = contactTitle(conversation, format);
  const isWaiting = item.state === "queued";
  const waits = isWaiting && item.notBefore !== null && item.notBefore > now ? format.moment(item.notBefore) : null;
  const line =
    waits === null || isScheduled(item)
      ? outboxStateLine(item, format)
      : item.error === null
        ? t("outboxView.scheduled", { time: waits })
        : t("outboxView.waitsUntil", { time: waits });
  return (
    <li className="card outbox-card" data-alert={isProblem(item)} data-outbox={item.state}>
      <div className="outbox-card-head">
        <Avatar contact={conversation} />
        <div className="outbox-card-who">
          <h2 dir="auto">{t("outboxView.to", { contact })}</h2>
          <p className="outbox-card-sub">
            {format.moment(item.createdAt)} · <bdi>{conversation.accountName}</bdi>
          </p>
        </div>
      </div>
      {item.text !== "" && (
        <p className="outbox-card-text" dir="auto">
          {item.text}
        </p>
      )}
      <ReplyFiles files={item.files} />
      <p className="message-meta" data-alert={isProblem(item)}>
        <OutboxStateIcon state={item.isUploading === true ? "sending" : item.state} />
        <span>{line}</span>
      </p>
      {asks ? (
        <SendAgain
          startsAsking
          onConfirm={() => {
            setAsks(false);
            onRetry();
          }}
          onCancel={() => setAsks(false)}
        />
      ) : (
        <div className="outbox-card-actions">
          <TextButton tone="quiet" aria-label={t("outboxView.openOf", { contact })} onPress={onOpen}>
            {t("outboxView.open")}
          </TextButton>
          {isScheduled(item) && (
            <TextButton tone="quiet" aria-label={t("schedule.sendNowOf", { contact })} onPress={onRetry}>
              {t("schedule.sendNow")}
            </TextButton>
          )}
          {item.state === "failed" && (
            <TextButton tone="quiet" aria-label={t("outboxView.retryOf", { contact })} onPress={onRetry}>
              {t("outbox.retry")}
            </TextButton>
          )}
          {item.state === "unknown" && (
            <TextButton tone="quiet" onPress={() => setAsks(true)}>
              {t("outbox.again")}
            </TextButton>
          )}
          {(isWaiting || item.state === "failed") && (
            <TextButton tone="quiet" aria-label={t("outboxView.editOf", { contact })} onPress={onEdit}>
              {t("outbox.edit")}
            </TextButton>
          )}
          {item.state !== "sending" && (
            <TextButton
              tone="quiet"
              aria-label={isWaiting ? t("outboxView.cancelOf", { contact }) : t("outboxView.discardOf", { contact })}
              onPress={onDiscard}
            >
              {isWaiting ? t("outboxView.cancel") : t("outboxView.discard")}
            </TextButton>
          )}
        </div>
      )}
    </li>
  );
}
