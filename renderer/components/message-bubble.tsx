/** One message: an article with a one-sentence name, its text or what became of it, its delivery state. */
import { CircleAlert, CloudDownload, EyeOff, Paperclip } from "lucide-react";
import { memo } from "react";
import { assertNever } from "../../shared/assert.ts";
import type { Body, Message } from "../../shared/domain.ts";
import { redactionSentence } from "../lib/body.ts";
import type { Format } from "../lib/format.ts";
import { messageName } from "../lib/names.ts";
import { t } from "../i18n.ts";
import { MessageMedia } from "./message-media.tsx";
import { MessageText } from "./message-text.tsx";
import "./message-bubble.css";

interface Props {
  readonly message: Message;
  /** Numbers without a country code in a text are of its country. */
  readonly ownNumber?: string;
  readonly contact: string;
  readonly format: Format;
  readonly startsGroup: boolean;
  readonly endsGroup: boolean;
  readonly showsStatus: boolean;
}

export const MessageBubble = memo(function MessageBubble(props: Props) {
  const { message, ownNumber, contact, format, startsGroup, endsGroup, showsStatus } = props;
  const time = format.time(message.createdAt);
  const isFailed = message.status === "failed";
  return (
    <article
      className="message"
      aria-label={messageName(message, contact, format)}
      data-direction={message.direction}
      data-starts={startsGroup}
      data-ends={endsGroup}
    >
      <div className="bubble" data-kind={message.body.kind} title={format.moment(message.createdAt)}>
        <BodyView body={message.body} format={format} ownNumber={ownNumber} />
        {(message.media?.length ?? 0) > 0 && <MessageMedia message={message} contact={contact} format={format} />}
        {message.mediaCount > 0 && !message.media?.length && message.body.kind !== "redacted" && (
          <p className="message-note">
            <Paperclip aria-hidden size="1.077rem" /> {t("thread.attachments", { count: message.mediaCount })}
          </p>
        )}
      </div>
      {(endsGroup || showsStatus) && (
        <p className="message-meta" data-alert={isFailed}>
          {isFailed && <CircleAlert aria-hidden size="1rem" />}
          <time>{time}</time>
          {showsStatus && <span> · {t(`delivery.${message.status}`)}</span>}
        </p>
      )}
    </article>
  );
});

function BodyView({ body, format, ownNumber }: { body: Body; format: Format; ownNumber: string | undefined }) {
  switch (body.kind) {
    case "text":
      return <MessageText text={body.text} ownNumber={ownNumber} />;
    case "redacted":
      return (
        <p className="message-note">
          <EyeOff aria-hidden size="1.077rem" />
          <span>{redactionSentence(body.redaction, format)}</span>
        </p>
      );
    case "missing":
      return (
        <p className="message-note">
          <CloudDownload aria-hidden size="1.077rem" />
          <span>{t("thread.missing")}</span>
        </p>
      );
    case "empty":
      return null;
    default:
      return assertNever(body, "body");
  }
}
